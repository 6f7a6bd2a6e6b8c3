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

internal sealed class StackOp(int axis) : StructuralOp, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new StackOp(0), OperandSpec.Real(-5, 5, [3]), OperandSpec.Real(-5, 5, [3]), OperandSpec.Real(-5, 5, [3])),
        new(new StackOp(1), OperandSpec.Real(-5, 5, [2, 3]), OperandSpec.Real(-5, 5, [2, 3])),
        new(new StackOp(0), OperandSpec.Real(-5, 5, []), OperandSpec.Real(-5, 5, [])),
    ];

    public override string Name => "Stack";

    public override string Attributes => FormattableString.Invariant($"axis {axis}");

    public override Node Apply(ReadOnlySpan<Node> operands)
    {
        var shape = operands[0].Shape.AsSpan();
        return operands[0].Make(this, Shape.Create([.. shape[..axis], operands.Length, .. shape[axis..]]), operands.ToArray());
    }

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        for (var i = 0; i < contributions.Length; i++)
        {
            if (needed[i])
            {
                var part = Pending.Through(cotangent, Slice.At(node.Shape, axis, i), adds: false);
                contributions[i] = Pending.Through(part, new ReshapeOp(node.Operand(i).Shape), adds: false);
            }
        }
    }

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents)
    {
        var (values, masks) = (new Node[tangents.Length], new Node[tangents.Length]);
        var (anyMask, dirty) = (false, false);
        for (var i = 0; i < tangents.Length; i++)
        {
            var operand = node.Operand(i);
            values[i] = tangents[i].Value ?? operand.Constant(0, operand.Shape);

            // An absent tangent is zero everywhere, and stays so past any slope; one without a mask counts everywhere.
            masks[i] = Pending.Holds(tangents[i]) ?? NDArray.Full(!tangents[i].IsZero, operand.Shape);
            anyMask |= tangents[i].IsZero || tangents[i].Mask is not null;
            dirty |= tangents[i].Dirty;
        }

        return anyMask ? new Masked(Apply(values), Apply(masks), Dirty: dirty) : new Masked(Apply(values));
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size)
    {
        var all = new Node[operands.Length];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = batched[i] ? operands[i] : Broadcast.To(operands[i], Axes.Prepend(size, operands[i].Shape));
        }

        return new StackOp(axis + 1).Apply(all);
    }

    protected override void Evaluate<T>(NDArray<T> node)
    {
        var result = GC.AllocateUninitializedArray<T>(node.Length);
        var inner = Shape.Create(node.Operand(0).Shape.AsSpan()[axis..]).ElementCount;
        var step = inner * node.OperandCount;
        for (var i = 0; i < node.OperandCount; i++)
        {
            var part = Value(node, i);
            for (int from = 0, to = i * inner; from < part.Length; from += inner, to += step)
            {
                part.AsSpan(from, inner).CopyTo(result.AsSpan(to));
            }
        }

        node.SetValue(result);
    }
}
