namespace Grad.Functional;

/// <summary>Arrays one after the other along an axis. The adjoint is a slice for each.</summary>
internal abstract class JoinOp(int axis) : StructuralOp, IRowwise
{
    public sealed override string Attributes => FormattableString.Invariant($"axis {axis}");

    protected int Axis => axis;

    public sealed override void Describe(OpKey key) => key.Add(axis);

    public sealed override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        for (int i = 0, start = 0; i < contributions.Length; start += Extent(node.Operand(i++)))
        {
            var operand = node.Operand(i);
            if (needed[i])
            {
                var part = Pending.Through(cotangent, Slice.Along(node.Shape, axis, start, Extent(operand)), adds: false);
                contributions[i] = part.Value!.Shape == operand.Shape ? part : Pending.Through(part, new ReshapeOp(operand.Shape), adds: false);
            }
        }
    }

    public sealed override Masked Forward(Node node, ReadOnlySpan<Masked> tangents)
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

    public sealed override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size)
    {
        var all = new Node[operands.Length];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = batched[i] ? operands[i] : Broadcast.To(operands[i], Axes.Prepend(size, operands[i].Shape));
        }

        return Along(axis + 1).Apply(all);
    }

    public Node? RowOf(Node node, ElementRow row, OperandRow operand)
    {
        if (RowPlace.Of(node.Shape, row) is not { } at)
        {
            return null;
        }

        var (index, place) = (0, at.At[axis]);
        while (place >= Extent(node.Operand(index)))
        {
            place -= Extent(node.Operand(index++));
        }

        var part = node.Operand(index);
        if (at.Axis == axis && place + ((at.Count - 1L) * at.Step) >= Extent(part))
        {
            return null;
        }

        at.At[axis] = place;
        var strides = StridedCopy.RowMajor(part.Shape);
        return operand(index, at.In(part.Rank == node.Rank ? strides : [.. strides[..axis], 0, .. strides[axis..]]));
    }

    public sealed override Node? Simplify(Node node, ReadOnlySpan<Node> operands) =>
        operands.Length == node.Length ? InterleaveOp.OfNumbers(node, operands) : null;

    /// <summary>How far an operand reaches along the axis of the result.</summary>
    protected abstract int Extent(Node operand);

    /// <summary>The same op along another axis.</summary>
    protected abstract JoinOp Along(int axis);

    protected sealed override void Evaluate<T>(in Evaluation e)
    {
        var result = e.Result<T>();
        var (_, along, inner) = Axes.Split(e.Shape, axis, axis + 1);
        var step = along * inner;
        for (int i = 0, start = 0; i < e.Node.OperandCount && result.Length > 0; i++)
        {
            var part = e.Operand<T>(i);
            var run = Extent(e.Node.Operand(i)) * inner;
            for (int from = 0, to = start; from < part.Length; from += run, to += step)
            {
                part.Slice(from, run).CopyTo(result[to..]);
            }

            start += run;
        }
    }
}
