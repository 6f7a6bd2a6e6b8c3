using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The logarithm to base 10, exact for powers of 10; −∞ at 0, NaN below.</summary>
    /// <remarks>Max ULP: float 1, double 1. Slope 1 / (x · ln 10); +∞ at x = 0.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Log10<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<Log10Op>.Call(x);
}

internal readonly struct Log10Op : IUnaryOp
{
    public static string Name => "Log10";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<Log10Op>(0, 1e6) with { MaxUlp = (1, 1) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Log10(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 1 / x * 0.4342944819032518;
}
