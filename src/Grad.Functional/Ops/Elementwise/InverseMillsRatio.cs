using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// The density of the standard normal over its distribution function, the slope of the logarithm of that: an op of its own, since in the left tail both
/// vanish.
/// </summary>
internal readonly struct InverseMillsRatioOp : IUnaryOp
{
    public static string Name => "InverseMillsRatio";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<InverseMillsRatioOp>(-6, 4) with { MaxUlp = (4, 4) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.InverseMillsRatio(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => -(y * (x + y));
}
