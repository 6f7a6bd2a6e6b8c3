using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The Euclidean norm √Σx² of all elements, of rank 0, without overflow or underflow on the way; 0 for none.</summary>
    /// <remarks>
    /// Relative error at most (14 + log₂ n) half ulps. The gradient is x / ‖x‖; it is 0 at x = 0, as in PyTorch, where JAX has NaN.
    /// </remarks>
    public static NDArray<T> Norm<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Norm(x, keepDims: false);

    /// <summary>The Euclidean norm of all elements; with <paramref name="keepDims"/> every axis stays, with extent 1.</summary>
    /// <inheritdoc cref="Norm{T}(NDArray{T})" path="/remarks"/>
    public static NDArray<T> Norm<T>(NDArray<T> x, bool keepDims) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return NormOp.Along(x, Axes.All(x.Rank), keepDims);
    }

    /// <summary>The Euclidean norm along an axis, counted from the end if negative.</summary>
    /// <inheritdoc cref="Norm{T}(NDArray{T})" path="/remarks"/>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static NDArray<T> Norm<T>(NDArray<T> x, int axis, bool keepDims = false) where T : unmanaged, IFloatingPointIeee754<T> =>
        Norm(x, [axis], keepDims);

    /// <summary>The Euclidean norm along several axes: of two, the Frobenius norm of matrices.</summary>
    /// <inheritdoc cref="Norm{T}(NDArray{T})" path="/remarks"/>
    /// <exception cref="ArgumentException">There is no such axis, or one is named twice.</exception>
    public static NDArray<T> Norm<T>(NDArray<T> x, ReadOnlySpan<int> axes, bool keepDims = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return NormOp.Along(x, Axes.Normalize("Norm", axes, x.Rank), keepDims);
    }
}

internal sealed class NormOp(int[] axes) : ReductionOp(axes), IReduction, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new NormOp([0]), OperandSpec.Real(0.2, 5, [4])) { Accumulates = true, IsCurved = true, MaxUlp = (2, 2) },
        new(new NormOp([1]), OperandSpec.Real(0.2, 5, [3, 2])) { Accumulates = true, IsCurved = true, MaxUlp = (2, 2) },
        new(new NormOp([0, 2]), OperandSpec.Real(-5, -0.2, [2, 3, 2])) { Accumulates = true, IsCurved = true, MaxUlp = (2, 2) },
    ];

    public static string Operation => "Norm";

    public static bool NeedsElements => false;

    public override string Name => Operation;

    public static ReductionOp Of(int[] axes) => new NormOp(axes);

    /// <summary>Over no axes, the norm of a number is its magnitude.</summary>
    public static NDArray<T> Along<T>(NDArray<T> x, int[] axes, bool keepDims) where T : unmanaged, IFloatingPointIeee754<T> =>
        axes.Length == 0 ? NDMath.Abs(x) : Reduction<NormOp>.Over(x, axes, keepDims);

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = Times(Stretch(cotangent, node.Operand(0)), node);

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Add(Times(tangents[0], node));

    protected override ReductionOp Over(int[] axes) => Of(axes);

    protected override void Fold<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination) =>
        Simd.Fold.NormAxis(x, outer, axis, inner, destination);

    // Times x / z, where z is not zero.
    private Masked Times(in Masked value, Node node)
    {
        var (x, z) = (node.Operand(0), new NodeLane(node));
        var counts = NodeLane.Not(NodeLane.Equal(z, NodeLane.Constant(0))).ToNode(node);
        var product = Pending.Multiply(value, new NodeLane(x) / new NodeLane(Stretch(node, x)));
        return Pending.Restrict(product, Stretch(counts, x));
    }
}
