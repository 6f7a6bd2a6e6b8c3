using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The tangent of x radians; NaN for ±∞.</summary>
    /// <remarks>Max ULP: float 2, double 2, for arguments of any size. Slope 1 + tan² x. Poles at odd multiples of π/2.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Tan<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<TanOp>.Call(x);
}

internal readonly struct TanOp : IUnaryOp
{
    public static string Name => "Tan";

    public static IEnumerable<OpSample> Samples =>
        [OpSample.Unary<TanOp>(-1.5, 1.5) with { MaxUlp = (3.2, 3.2), Kink = x => Math.Cos(x[0]), HasPoles = true }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Tan(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 1 + (y * y);
}
