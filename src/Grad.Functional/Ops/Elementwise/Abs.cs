using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>|x|: the sign cleared.</summary>
    /// <remarks>Exact. Slope sign(x); 0 at x = 0, as in PyTorch and JAX.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Abs<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<AbsOp>.Call(x);
}

internal readonly struct AbsOp : IUnaryOp
{
    public static string Name => "Abs";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<AbsOp>(-20, 20) with { Kink = x => x[0] }];

    /// <summary>|−x| = |x|; ||x|| = |x|; |x²| = x².</summary>
    public static Node? Simplify(Node node, ReadOnlySpan<Node> operands) =>
        Simpler.OperandOf<NegateOp>(operands[0]) is { } x ? Simpler.Of<AbsOp>(x)
        : operands[0].Op is Unary<AbsOp> or Unary<SquareOp> ? operands[0]
        : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Abs(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> =>
        V.Select(V.LessThan(V.Constant(0), x), V.Constant(1), V.Select(V.LessThan(x, V.Constant(0)), V.Constant(-1), V.Constant(0)));
}
