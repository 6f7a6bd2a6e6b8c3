using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The logarithm to base 2, exact for powers of 2; −∞ at 0, NaN below.</summary>
    /// <remarks>Max ULP: float 1, double 1. Slope 1 / (x · ln 2); +∞ at x = 0.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Log2<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<Log2Op>.Call(x);
}

internal readonly struct Log2Op : IUnaryOp
{
    public static string Name => "Log2";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<Log2Op>(0, 1e6) with { MaxUlp = (1, 1) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Log2(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 1 / x * 1.4426950408889634;
}
