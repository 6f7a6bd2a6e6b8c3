using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The cosine of x radians; NaN for ±∞.</summary>
    /// <remarks>Max ULP: float 1.7, double 2, for arguments of any size. Slope −sin x.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Cos<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<CosOp>.Call(x);
}

internal readonly struct CosOp : IUnaryOp
{
    public static string Name => "Cos";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<CosOp>(-30, 30) with { MaxUlp = (1.7, 2) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Cos(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => -V.Sin(x);
}
