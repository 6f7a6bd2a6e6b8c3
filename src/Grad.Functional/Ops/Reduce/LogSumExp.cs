using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>log Σ eˣ over all elements, of rank 0, without overflow on the way.</summary>
    /// <remarks>
    /// With m the greatest, m + log1p(Σ exp(x − m)), the sum over the others: the error is a few ulps of the larger of m and the result.
    /// The gradient is the softmax. If all elements are −∞, or there are none, the result is −∞ and the gradient 0; PyTorch and JAX have
    /// NaN. If one is +∞, so is the result; the gradient is 0 for finite elements and NaN for infinite ones, as in PyTorch.
    /// </remarks>
    public static NDArray<T> LogSumExp<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        Reduction<LogSumExpOp>.Call(x, keepDims: false);

    /// <summary>log Σ eˣ over all elements; with <paramref name="keepDims"/> every axis stays, with extent 1.</summary>
    /// <inheritdoc cref="LogSumExp{T}(NDArray{T})" path="/remarks"/>
    public static NDArray<T> LogSumExp<T>(NDArray<T> x, bool keepDims) where T : unmanaged, IFloatingPointIeee754<T> =>
        Reduction<LogSumExpOp>.Call(x, keepDims);

    /// <summary>log Σ eˣ along an axis, counted from the end if negative.</summary>
    /// <inheritdoc cref="LogSumExp{T}(NDArray{T})" path="/remarks"/>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static NDArray<T> LogSumExp<T>(NDArray<T> x, int axis, bool keepDims = false) where T : unmanaged, IFloatingPointIeee754<T> =>
        Reduction<LogSumExpOp>.Call(x, [axis], keepDims);

    /// <summary>log Σ eˣ along several axes.</summary>
    /// <inheritdoc cref="LogSumExp{T}(NDArray{T})" path="/remarks"/>
    /// <exception cref="ArgumentException">There is no such axis, or one is named twice.</exception>
    public static NDArray<T> LogSumExp<T>(NDArray<T> x, ReadOnlySpan<int> axes, bool keepDims = false)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Reduction<LogSumExpOp>.Call(x, axes, keepDims);
}

internal sealed class LogSumExpOp(int[] axes) : ReductionOp(axes), IReduction, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new LogSumExpOp([0]), OperandSpec.Real(-3, 3, [5])) { Accumulates = true, IsCurved = true, MaxUlp = (4, 4) },
        new(new LogSumExpOp([1]), OperandSpec.Real(-3, 3, [2, 3])) { Accumulates = true, IsCurved = true, MaxUlp = (4, 4) },
        new(new LogSumExpOp([0, 2]), OperandSpec.Real(-3, 3, [2, 3, 2])) { Accumulates = true, IsCurved = true, MaxUlp = (4, 4) },
    ];

    public static string Operation => "LogSumExp";

    public static bool NeedsElements => false;

    public override string Name => Operation;

    public static ReductionOp Of(int[] axes) => new LogSumExpOp(axes);

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = node.Operand(0).Length == 0 ? default : Pending.Multiply(Stretch(cotangent, node.Operand(0)), Slope(node));

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) =>
        node.Operand(0).Length == 0 ? default : Add(Pending.Multiply(tangents[0], Slope(node)));

    protected override ReductionOp Over(int[] axes) => Of(axes);

    protected override void Fold<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination) =>
        Simd.Softmax.LogSumExp(x, outer, axis, inner, destination);

    // exp(x − z). Where z is −∞, so are all x: against 0 instead their exponentials are the zeros that the slope is to be.
    private NodeLane Slope(Node node)
    {
        var (x, z) = (node.Operand(0), new NodeLane(node));
        var isFinite = NodeLane.Not(NodeLane.Equal(z, NodeLane.Constant(double.NegativeInfinity)));
        var shift = NodeLane.Select(isFinite, z, NodeLane.Constant(0)).ToNode(node);
        return NodeLane.Exp(new NodeLane(x) - new NodeLane(Stretch(shift, x)));
    }
}
