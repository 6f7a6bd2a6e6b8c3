using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The logistic function 1 / (1 + e⁻ˣ).</summary>
    /// <remarks>Max ULP: float 2, double 2, in both tails too. Slope σ(x)·σ(−x), to full relative accuracy in both tails.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Sigmoid<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<SigmoidOp>.Call(x);
}

internal readonly struct SigmoidOp : IUnaryOp
{
    public static string Name => "Sigmoid";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<SigmoidOp>(-30, 30) with { MaxUlp = (2, 2) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Sigmoid(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => y * V.Sigmoid(-x);
}
