using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>
    /// The elements at the given positions along an axis: NumPy's take. The shape of <paramref name="indices"/> takes the place of the axis.
    /// </summary>
    /// <remarks>
    /// Negative positions count from the end, as in NumPy, PyTorch and JAX. One outside the axis is an error, as in NumPy and PyTorch; JAX
    /// gives NaN. The reverse adds the cotangents of elements that were taken several times, in the order of the indices; elements that
    /// were not taken have derivative zero, even past an infinite slope. Indices are checked before anything is computed; those that are
    /// themselves computed from traced values when they are computed.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index points outside it.</exception>
    public static NDArray<T> Take<T>(NDArray<T> x, NDArray<int> indices, int axis = 0) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(indices);
        var place = Axes.Normalize("Take", axis, x.Rank);
        Indices.CheckReady("Take", indices, place, x.Shape[place]);
        return (NDArray<T>)new TakeOp(place).Apply([x, indices]);
    }
}

/// <summary>
/// Picks along an axis by the indices of the second operand. The first axes may be shared: there each part has indices of its own.
/// The adjoint of <see cref="ScatterAddOp"/> on the same axes.
/// </summary>
/// <param name="axis">The axis that the indices point into.</param>
/// <param name="shared">How many leading axes operand and indices have in common, at most <paramref name="axis"/>.</param>
internal sealed class TakeOp(int axis, int shared = 0) : StructuralOp, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new TakeOp(0), OperandSpec.Real(-5, 5, [4]), OperandSpec.Index(4, [5])),
        new(new TakeOp(1), OperandSpec.Real(-5, 5, [2, 3, 2]), OperandSpec.Index(3, [2, 2])),
        new(new TakeOp(0), OperandSpec.Real(-5, 5, [3, 2]), OperandSpec.Index(3, [])),
        new(new TakeOp(1, 1), OperandSpec.Real(-5, 5, [3, 4]), OperandSpec.Index(4, [3, 1])),
        new(new TakeOp(2, 1), OperandSpec.Real(-5, 5, [2, 2, 3, 2]), OperandSpec.Index(3, [2, 4])),
        new(new TakeOp(0), OperandSpec.Real(-5, 5, [3, 2]), OperandSpec.Index(3, [0])),
    ];

    public override string Name => "Take";

    public override string Attributes => Indices.Attributes(axis, shared);

    public override void Describe(OpKey key)
    {
        key.Add(axis);
        key.Add(shared);
    }

    public override Node Apply(ReadOnlySpan<Node> operands)
    {
        var x = operands[0].Shape.AsSpan();
        var indices = operands[1].Shape.AsSpan();
        return operands[0].Make(this, Shape.Create([.. x[..axis], .. indices[shared..], .. x[(axis + 1)..]]), operands[0], operands[1]);
    }

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = new ScatterAddOp(axis, node.Operand(0).Shape[axis], shared).Place(cotangent, [node.Operand(1)]);

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Through(tangents[0], node.Operand(1));

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size)
    {
        var (x, indices) = (operands[0], operands[1]);
        if (shared == 0 && !batched[1])
        {
            return new TakeOp(axis + 1).Apply(operands);
        }

        if (shared == 0 && !batched[0])
        {
            return Indices.ToFront(Apply(operands), axis);
        }

        return new TakeOp(axis + 1, shared + 1).Apply([Indices.InBatch(x, batched[0], size), Indices.InBatch(indices, batched[1], size)]);
    }

    /// <summary>Both parts of a value picked in the same way.</summary>
    public Masked Through(in Masked x, Node indices) =>
        new(Apply([x.Value!, indices]), Pending.Holds(x) is { } mask ? Apply([mask, indices]) : null, Dirty: x.Dirty);

    protected override void Evaluate<T>(in Evaluation e)
    {
        var shape = e.OperandShape();
        var indices = e.Operand<int>(1);
        Indices.Check(Name, indices, e.OperandShape(1), axis, shape[axis]);
        var (batch, outer, inner) = Indices.Split(shape, axis, shared);
        SpanLayout.GatherRows(e.Operand<T>(), indices, batch, outer, shape[axis], inner, e.Result<T>());
    }
}
