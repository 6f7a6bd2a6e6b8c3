using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The lesser of x and y, elementwise, with broadcasting; NaN if either is NaN, and −0 below +0.</summary>
    /// <remarks>Exact. The cotangent goes to the operand that was taken; a tie splits it evenly, as in PyTorch and JAX.</remarks>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<T> Minimum<T>(NDArray<T> x, NDArray<T> y) where T : unmanaged, INumber<T> => Binary<MinimumOp>.Call(x, y);
}

internal readonly struct MinimumOp : IBinaryOp
{
    public static string Name => "Minimum";

    public static IEnumerable<OpSample> Samples =>
        [OpSample.Binary<MinimumOp>(OperandSpec.Real(-20, 20), OperandSpec.Real(-20, 20)) with { Kink = v => v[0] - v[1] }];

    public static T Integer<T>(T x, T y) where T : unmanaged, IBinaryInteger<T> => T.Min(x, y);

    /// <summary>Of x and x it is x.</summary>
    public static Node? Simplify(Node node, ReadOnlySpan<Node> operands) => ReferenceEquals(operands[0], operands[1]) ? Simpler.Fits(operands[0], node) : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Min(x, y);

    public V SlopeX<V>(V x, V y, V z) where V : struct, ILane<V> => Share(x, y, V.LessThanOrEqual(x, y));

    public V SlopeY<V>(V x, V y, V z) where V : struct, ILane<V> => Share(x, y, V.LessThanOrEqual(y, x));

    // One test with an exact zero on its other side, so that the operand not taken is masked out rather than multiplied by zero.
    private static V Share<V>(V x, V y, V taken) where V : struct, ILane<V> =>
        V.Select(taken, V.Select(V.Equal(x, y), V.Constant(0.5), V.Constant(1)), V.Constant(0));
}
