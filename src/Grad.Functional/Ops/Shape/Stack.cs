namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>Arrays of one shape joined along a new axis.</summary>
    /// <exception cref="ArgumentException">There are no arrays, or their shapes differ.</exception>
    public static NDArray<T> Stack<T>(ReadOnlySpan<NDArray<T>> arrays, int axis = 0) where T : unmanaged
    {
        if (arrays.Length == 0)
        {
            throw new ArgumentException("Stack needs at least one array, but got none.", nameof(arrays));
        }

        var operands = new Node[arrays.Length];
        for (var i = 0; i < operands.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(arrays[i], nameof(arrays));
            operands[i] = arrays[i];
            if (arrays[i].Shape != arrays[0].Shape)
            {
                throw new ArgumentException(
                    $"Stack needs arrays of one shape, but array 0 has shape {arrays[0].Shape} and array {i} has shape {arrays[i].Shape}. " +
                    "Reshape or BroadcastTo them first.",
                    nameof(arrays));
            }
        }

        return (NDArray<T>)new StackOp(Axes.Normalize("Stack", axis, arrays[0].Rank + 1)).Apply(operands);
    }
}

internal sealed class StackOp(int axis) : JoinOp(axis), IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new StackOp(0), OperandSpec.Real(-5, 5, [3]), OperandSpec.Real(-5, 5, [3]), OperandSpec.Real(-5, 5, [3])),
        new(new StackOp(1), OperandSpec.Real(-5, 5, [2, 3]), OperandSpec.Real(-5, 5, [2, 3])),
        new(new StackOp(0), OperandSpec.Real(-5, 5, []), OperandSpec.Real(-5, 5, [])),
    ];

    public override string Name => "Stack";

    public override Node Apply(ReadOnlySpan<Node> operands)
    {
        var shape = operands[0].Shape.AsSpan();
        return operands[0].Make(this, Shape.Create([.. shape[..Axis], operands.Length, .. shape[Axis..]]), operands.ToArray());
    }

    protected override int Extent(Node operand) => 1;

    protected override JoinOp Along(int axis) => new StackOp(axis);
}
