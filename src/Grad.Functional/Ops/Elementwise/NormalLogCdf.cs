using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The logarithm of the distribution function of the standard normal, finite wherever x²/2 is.</summary>
    /// <remarks>
    /// Max ULP: float 3, double 3, in both tails too. Slope the density over the distribution function, −x − 1/x far left of zero, without overflow or NaN;
    /// its own slope is <c>−s·(x + s)</c> of that slope s, whose sum cancels there: by x² units in the last place; NaN at ±∞.
    /// </remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> NormalLogCdf<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<NormalLogCdfOp>.Call(x);
}

internal readonly struct NormalLogCdfOp : IUnaryOp
{
    public static string Name => "NormalLogCdf";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<NormalLogCdfOp>(-6, 4) with { MaxUlp = (3, 3) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.NormalLogCdf(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.InverseMillsRatio(x);
}
