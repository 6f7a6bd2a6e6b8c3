using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The logarithm of the magnitude of the gamma function; +∞ at its poles, 0 and the negative integers.</summary>
    /// <remarks>
    /// Max ULP: float 4, double 4, at the zeros 1 and 2 too; below −½ in units of the larger of the result and 1 + |x|·log(1 + |x|). Slope
    /// <see cref="Digamma"/>: ∓∞ at ±0, NaN at negative integers.
    /// </remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> LogGamma<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<LogGammaOp>.Call(x);
}

internal readonly struct LogGammaOp : IUnaryOp
{
    public static string Name => "LogGamma";

    public static IEnumerable<OpSample> Samples =>
        [OpSample.Unary<LogGammaOp>(0.05, 20) with { MaxUlp = (4, 4), Scale = x => x[0] <= -0.5 ? 1 - x[0] * Math.Log(1 - x[0]) : 0 }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.LogGamma(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Digamma(x);
}
