namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>Arrays joined along an axis that they have. Their other extents agree.</summary>
    /// <exception cref="ArgumentException">There are no arrays, their ranks differ, or their extents off the axis do.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static NDArray<T> Concatenate<T>(ReadOnlySpan<NDArray<T>> arrays, int axis = 0) where T : unmanaged
    {
        if (arrays.Length == 0)
        {
            throw new ArgumentException("Concatenate needs at least one array, but got none.", nameof(arrays));
        }

        var operands = new Node[arrays.Length];
        for (var i = 0; i < operands.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(arrays[i], nameof(arrays));
            operands[i] = arrays[i];
        }

        var place = Axes.Normalize("Concatenate", axis, operands[0].Rank);
        var first = operands[0].Shape;
        for (var i = 1; i < operands.Length; i++)
        {
            var other = operands[i].Shape;
            if (other.Rank != first.Rank || Axes.Remove(other, [place]) != Axes.Remove(first, [place]))
            {
                throw new ArgumentException(
                    $"Concatenate needs arrays that differ in nothing but their extent along axis {place}, but array 0 has shape {first} and array {i} "
                    + $"has shape {other}. " + (other.Rank == first.Rank ? "Slice or Pad one of them." : "Reshape one of them, or Stack them."),
                    nameof(arrays));
            }
        }

        return operands.Length == 1 ? arrays[0] : (NDArray<T>)new ConcatenateOp(place).Apply(operands);
    }
}

internal sealed class ConcatenateOp(int axis) : JoinOp(axis), IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new ConcatenateOp(0), OperandSpec.Real(-5, 5, [3]), OperandSpec.Real(-5, 5, [1]), OperandSpec.Real(-5, 5, [2])),
        new(new ConcatenateOp(1), OperandSpec.Real(-5, 5, [2, 3, 2]), OperandSpec.Real(-5, 5, [2, 1, 2])),
        new(new ConcatenateOp(0), OperandSpec.Real(-5, 5, [0, 2]), OperandSpec.Real(-5, 5, [2, 2])),
    ];

    public override string Name => "Concatenate";

    public override Node Apply(ReadOnlySpan<Node> operands)
    {
        var extents = operands[0].Shape.AsSpan().ToArray();
        var extent = 0L;
        foreach (var operand in operands)
        {
            extent += operand.Shape[Axis];
        }

        extents[Axis] = (int)Math.Min(extent, int.MaxValue);
        return operands[0].Make(this, Shape.Create(extents), operands.ToArray());
    }

    protected override int Extent(Node operand) => operand.Shape[Axis];

    protected override JoinOp Along(int axis) => new ConcatenateOp(axis);
}
