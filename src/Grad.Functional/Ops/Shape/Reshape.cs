using System.Diagnostics;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The same elements, in row-major order, under another shape; one extent may be −1 and is then worked out.</summary>
    /// <exception cref="ArgumentException">The shape does not hold as many elements as the array, or has more than one −1.</exception>
    public static NDArray<T> Reshape<T>(NDArray<T> x, params ReadOnlySpan<int> shape) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        return (NDArray<T>)ReshapeOp.To(x, ReshapeOp.Complete(x.Shape, shape));
    }

    /// <summary>The array with a new axis of extent 1 before <paramref name="axis"/>; −1 adds it innermost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public static NDArray<T> ExpandDims<T>(NDArray<T> x, int axis) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        var place = Axes.Normalize("ExpandDims", axis, x.Rank + 1);
        return (NDArray<T>)ReshapeOp.To(x, Shape.Create([.. x.Shape.AsSpan()[..place], 1, .. x.Shape.AsSpan()[place..]]));
    }

    /// <summary>The array without the named axes, which have extent 1; without all axes of extent 1 if none is named.</summary>
    /// <exception cref="ArgumentException">A named axis has another extent.</exception>
    public static NDArray<T> Squeeze<T>(NDArray<T> x, params ReadOnlySpan<int> axes) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] gone = axes.Length == 0
            ? [.. Axes.All(x.Rank).Where(axis => x.Shape[axis] == 1)]
            : Axes.Normalize("Squeeze", axes, x.Rank);
        foreach (var axis in gone)
        {
            if (x.Shape[axis] != 1)
            {
                throw new ArgumentException(
                    $"Squeeze removes axes of extent 1, but axis {axis} of shape {x.Shape} has extent {x.Shape[axis]}. Reduce it (Sum, Mean) or index it.",
                    nameof(axes));
            }
        }

        return (NDArray<T>)ReshapeOp.To(x, Axes.Remove(x.Shape, gone));
    }
}

internal sealed class ReshapeOp(Shape shape) : StructuralOp, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new ReshapeOp([3, 4]), OperandSpec.Real(-5, 5, [2, 6])),
        new(new ReshapeOp([]), OperandSpec.Real(-5, 5, [1, 1])),
        new(new ReshapeOp([0, 7]), OperandSpec.Real(-5, 5, [3, 0])),
    ];

    public override string Name => "Reshape";

    public override string Attributes => shape.ToString();

    public static Node To(Node x, Shape shape) => x.Shape == shape ? x : x.Make(new ReshapeOp(shape), shape, x);

    /// <summary>The shape asked for, with a −1 replaced by the extent that fits.</summary>
    public static Shape Complete(Shape from, ReadOnlySpan<int> wanted)
    {
        var unknown = wanted.IndexOf(-1);
        var extents = wanted.ToArray();
        if (unknown >= 0 && wanted[(unknown + 1)..].Contains(-1))
        {
            throw new ArgumentException($"Reshape can work out one extent, but {Shape.Format(wanted)} leaves several open. Give all but one.", "shape");
        }

        if (unknown >= 0)
        {
            extents[unknown] = 1;
            var known = Shape.Create(extents).ElementCount;
            if (known == 0 || from.ElementCount % known != 0)
            {
                throw Mismatch(from, wanted);
            }

            extents[unknown] = from.ElementCount / known;
        }

        var shape = Shape.Create(extents);
        return shape.ElementCount == from.ElementCount ? shape : throw Mismatch(from, wanted);
    }

    public override void Describe(OpKey key) => key.Add(shape.AsSpan());

    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, shape, operands[0]);

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = Pending.Through(cotangent, new ReshapeOp(node.Operand(0).Shape), adds: false);

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Pending.Through(tangents[0], this, adds: false);

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        To(operands[0], Axes.Prepend(size, shape));

    public override bool IsView => true;

    protected override void Evaluate<T>(in Evaluation e) => throw new UnreachableException();

    private static ArgumentException Mismatch(Shape from, ReadOnlySpan<int> wanted) => new(
        $"Reshape keeps the number of elements, but {from} has {from.ElementCount} and {Shape.Format(wanted)} cannot hold exactly that many. " +
        "To repeat elements use BroadcastTo, to drop some index the array.",
        "shape");
}
