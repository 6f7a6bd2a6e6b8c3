namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>All axes in reverse order; a matrix becomes its transpose.</summary>
    public static NDArray<T> Transpose<T>(NDArray<T> x) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        var axes = Axes.All(x.Rank);
        Array.Reverse(axes);
        return (NDArray<T>)PermuteOp.Of(x, axes);
    }

    /// <summary>The axes in the order given: axis i of the result is axis <c>axes[i]</c> of the array.</summary>
    /// <exception cref="ArgumentException">Not every axis is named exactly once.</exception>
    public static NDArray<T> Permute<T>(NDArray<T> x, params ReadOnlySpan<int> axes) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        if (axes.Length != x.Rank)
        {
            throw new ArgumentException(
                $"Permute needs every axis once, but got {Shape.Format(axes)} for an array of shape {x.Shape}, which has {x.Rank} axes.", nameof(axes));
        }

        Axes.Normalize("Permute", axes, x.Rank);
        var order = axes.ToArray();
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = Axes.Normalize("Permute", order[i], x.Rank);
        }

        return (NDArray<T>)PermuteOp.Of(x, order);
    }
}

internal sealed class PermuteOp(int[] axes) : StructuralOp, IRowwise, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new PermuteOp([1, 0]), OperandSpec.Real(-5, 5, [3, 4])),
        new(new PermuteOp([2, 0, 1]), OperandSpec.Real(-5, 5, [2, 3, 5])),
        new(new PermuteOp([1, 2, 0]), OperandSpec.Real(-5, 5, [2, 0, 5])),
    ];

    public override string Name => "Permute";

    private int[] Order => axes;

    public override string Attributes => Shape.Format(axes);

    public static Node Of(Node x, int[] axes) => axes.AsSpan().SequenceEqual(Axes.All(x.Rank)) ? x : new PermuteOp(axes).Apply([x]);

    public override void Describe(OpKey key) => key.Add(axes);

    public override Node Apply(ReadOnlySpan<Node> operands)
    {
        var x = operands[0];
        return x.Make(this, new Shape(Array.ConvertAll(axes, axis => x.Shape[axis])), x);
    }

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        var inverse = new int[axes.Length];
        for (var i = 0; i < axes.Length; i++)
        {
            inverse[axes[i]] = i;
        }

        contributions[0] = Pending.Through(cotangent, new PermuteOp(inverse), adds: false);
    }

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Pending.Through(tangents[0], this, adds: false);

    /// <summary>One order after another is one order; where no element moves, there is nothing to do.</summary>
    public override Node? Simplify(Node node, ReadOnlySpan<Node> operands)
    {
        var x = operands[0];
        if (x.Op is PermuteOp inner && !x.HasValue)
        {
            return Of(x.Operand(0), Array.ConvertAll(axes, axis => inner.Order[axis]));
        }

        // Axes of extent 1 may go anywhere, as long as the others keep their order.
        var last = -1;
        foreach (var axis in axes)
        {
            if (x.Shape[axis] != 1)
            {
                if (axis < last)
                {
                    return null;
                }

                last = axis;
            }
        }

        return ReshapeOp.To(x, node.Shape);
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        new PermuteOp([0, .. Axes.Shift(axes)]).Apply(operands);

    /// <summary>Whether a node that has no value takes the transposes of its operand's matrices, in the last two axes.</summary>
    public static bool IsTranspose(Node node) =>
        !node.HasValue && node.Op is PermuteOp op && node.Rank >= 2 && op.SwapsLastTwo();

    public override Node? SimplifyAlone(Node node, ReadOnlySpan<Node> operands) =>
        IsTranspose(node) && operands[0] is { HasValue: false, Op: MatMulOp product } ? product.Transposed(operands[0], node.Shape) : null;

    private bool SwapsLastTwo()
    {
        for (var i = 0; i < axes.Length - 2; i++)
        {
            if (axes[i] != i)
            {
                return false;
            }
        }

        return axes[^1] == axes.Length - 2;
    }

    public override OpLayout Layout(Node node) => new PermutedCopy(node.Operand(0).Shape, axes);

    public Node? RowOf(Node node, ElementRow row, OperandRow operand)
    {
        var strides = StridedCopy.RowMajor(node.Operand(0).Shape);
        return RowPlace.Of(node.Shape, row) is { } at ? operand(0, at.In(Array.ConvertAll(axes, axis => strides[axis]))) : null;
    }

    protected override void Evaluate<T>(in Evaluation e) => e.Layout<PermutedCopy>().Run(e.Operand<T>(), e.Result<T>());
}
