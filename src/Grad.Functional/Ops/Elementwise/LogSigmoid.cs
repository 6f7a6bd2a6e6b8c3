using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>ln(1 / (1 + e⁻ˣ)), without overflow: −(max(−x, 0) + log1p(e^−|x|)).</summary>
    /// <remarks>
    /// Max ULP: float 3, double 3, in both tails too. Slope the logistic function of −x; it and its own slope keep their accuracy in the tails.
    /// </remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> LogSigmoid<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<LogSigmoidOp>.Call(x);
}

internal readonly struct LogSigmoidOp : IUnaryOp
{
    public static string Name => "LogSigmoid";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<LogSigmoidOp>(-30, 30) with { MaxUlp = (3, 3) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => -(V.Max(-x, V.Constant(0)) + V.LogP1(V.Exp(-V.Abs(x))));

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Sigmoid(-x);
}
