namespace Grad.Functional;

/// <summary>Several index arrays of one shape, one for each of some neighbouring axes, made one for those axes as a single one.</summary>
internal sealed class FlatIndexOp(int[] extents) : ConstantOp
{
    public override string Name => "FlatIndex";

    public override string Attributes => Shape.Format(extents);

    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, operands[0].Shape, operands.ToArray());

    public override void Evaluate(Node node)
    {
        var flat = new int[node.Length];
        for (var axis = 0; axis < extents.Length; axis++)
        {
            var (positions, extent) = ((NDArray<int>)node.Operand(axis), extents[axis]);
            Indices.Check("Indexing", positions, axis, extent);
            var data = positions.Data;
            for (var i = 0; i < flat.Length; i++)
            {
                flat[i] = (flat[i] * extent) + data[i] + (data[i] < 0 ? extent : 0);
            }
        }

        ((NDArray<int>)node).SetValue(flat);
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size)
    {
        var all = new Node[operands.Length];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = Indices.InBatch(operands[i], batched[i], size);
        }

        return Apply(all);
    }
}
