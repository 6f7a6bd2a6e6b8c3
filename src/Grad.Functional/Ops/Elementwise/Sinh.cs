using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The hyperbolic sine, accurate near zero; it overflows only where the result does.</summary>
    /// <remarks>Max ULP: float 1.8, double 1.5. Slope cosh x.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Sinh<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<SinhOp>.Call(x);
}

internal readonly struct SinhOp : IUnaryOp
{
    public static string Name => "Sinh";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<SinhOp>(-30, 30) with { MaxUlp = (1.8, 1.5) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Sinh(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Cosh(x);
}
