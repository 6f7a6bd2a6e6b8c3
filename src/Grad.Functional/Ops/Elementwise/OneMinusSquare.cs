using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// 1 − x², accurate near ±1: the radicand in the slopes of the inverse circular functions. An op of its own, because the rule of a product
/// (1 − x)(1 + x) would multiply an infinite cotangent by the zero of its other factor.
/// </summary>
internal readonly struct OneMinusSquareOp : IUnaryOp
{
    public static string Name => "OneMinusSquare";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<OneMinusSquareOp>(-20, 20) with { MaxUlp = (1.6, 1.6) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.OneMinusSquare(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => -2 * x;
}
