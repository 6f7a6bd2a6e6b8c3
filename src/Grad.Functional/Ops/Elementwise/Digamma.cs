using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>ψ, the derivative of <see cref="LogGamma"/>; ∓∞ at ±0, NaN at negative integers.</summary>
    /// <remarks>
    /// Max ULP: float 3.5, double 3.5, at the positive zero too; for negative x in units of the larger of the result and 1 + log(1 + |x|). Slope
    /// <see cref="Polygamma"/> of order 1: +∞ at the poles.
    /// </remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Digamma<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<DigammaOp>.Call(x);
}

internal readonly struct DigammaOp : IUnaryOp
{
    public static string Name => "Digamma";

    public static IEnumerable<OpSample> Samples =>
        [OpSample.Unary<DigammaOp>(0.05, 20) with { MaxUlp = (3.5, 3.5), Scale = x => x[0] < 0 ? 1 + Math.Log(1 - x[0]) : 0 }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Digamma(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Polygamma(x, 1);
}
