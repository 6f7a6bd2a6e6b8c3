namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The array stretched to a shape: aligned at the innermost axis, an extent of 1 repeats (NumPy's rule).</summary>
    /// <remarks>The reverse sums the cotangent back over what was repeated.</remarks>
    /// <exception cref="ArgumentException">The array does not broadcast to the shape.</exception>
    public static NDArray<T> BroadcastTo<T>(NDArray<T> x, params ReadOnlySpan<int> shape) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        var target = Shape.Create(shape);
        if (Axes.Broadcast("BroadcastTo", x.Shape, target) != target)
        {
            throw new ArgumentException(
                $"BroadcastTo can stretch extents of 1 and add leading axes, which does not lead from {x.Shape} to {target}. Reduce or reshape first.",
                nameof(shape));
        }

        return (NDArray<T>)Broadcast.To(x, target);
    }
}

/// <summary>Repeats its operand along new axes. The exact adjoint of <see cref="SumOp"/> over the same axes.</summary>
/// <param name="result">The shape of the result.</param>
/// <param name="axes">The axes of the result, ascending, that the operand lacks.</param>
internal sealed class Broadcast(Shape result, int[] axes) : StructuralOp, IRepeatsOperand, IRowwise, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new Broadcast([3, 4], [0]), OperandSpec.Real(-5, 5, [4])),
        new(new Broadcast([2, 3, 4], [0, 2]), OperandSpec.Real(-5, 5, [3])),
        new(new Broadcast([3, 2], [0, 1]), OperandSpec.Real(-5, 5, [])),
        new(new Broadcast([0, 2], [0]), OperandSpec.Real(-5, 5, [2])),
    ];

    public override string Name => "Broadcast";

    public override string Attributes => result.ToString();

    public ReadOnlySpan<int> RepeatedAxes => axes;

    /// <summary>The operand stretched to a shape that it is known to broadcast to.</summary>
    public static Node To(Node x, Shape shape)
    {
        if (x.Shape == shape)
        {
            return x;
        }

        var lead = shape.Rank - x.Rank;
        var repeated = new List<int>();
        var kept = new List<int>();
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            if (axis < lead || x.Shape[axis - lead] != shape[axis])
            {
                repeated.Add(axis);
            }
            else
            {
                kept.Add(shape[axis]);
            }
        }

        return new Broadcast(shape, [.. repeated]).Apply([ReshapeOp.To(x, new Shape([.. kept]))]);
    }

    public override void Describe(OpKey key)
    {
        key.Add(result.AsSpan());
        key.Add(axes);
    }

    // Whoever reads the result may read the operand instead, so it is carried out only for those who cannot.
    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].MakeLazy(this, result, operands[0]);

    // What was repeated no times has no influence: a structural zero rather than a sum of nothing.
    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = node.Length == 0 ? default : Pending.Through(cotangent, new SumOp(axes), adds: true);

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Pending.Through(tangents[0], this, adds: false);

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        new Broadcast(Axes.Prepend(size, result), Axes.Shift(axes)).Apply(operands);

    public Node? RowOf(Node node, ElementRow row, OperandRow operand) =>
        RowPlace.Of(result, row) is { } at ? operand(0, at.In(Strides(node.Operand(0).Shape))) : null;

    public override OpLayout Layout(Node node) => new RowWalk(node.Shape, [Strides(node.Operand(0).Shape)]);

    protected override void Evaluate<T>(in Evaluation e)
    {
        var row = new Row<T>(e.Operand<T>(), e.Result<T>());
        e.Layout<RowWalk>().ForEach(ref row);
    }

    // How the axes of the result move in the operand.
    private int[] Strides(Shape operand)
    {
        var (strides, own) = (new int[result.Rank], StridedCopy.RowMajor(operand));
        for (int axis = 0, next = 0; axis < strides.Length; axis++)
        {
            strides[axis] = axes.AsSpan().Contains(axis) ? 0 : own[next++];
        }

        return strides;
    }

    private readonly ref struct Row<T>(ReadOnlySpan<T> source, Span<T> data) : IRow where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _source = source;
        private readonly Span<T> _data = data;

        public void Run(int start, int length, scoped ReadOnlySpan<int> offsets, scoped ReadOnlySpan<bool> runs)
        {
            if (runs[0])
            {
                _source.Slice(offsets[0], length).CopyTo(_data[start..]);
            }
            else
            {
                _data.Slice(start, length).Fill(_source[offsets[0]]);
            }
        }
    }
}
