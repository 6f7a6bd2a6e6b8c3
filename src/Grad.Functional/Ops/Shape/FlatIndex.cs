namespace Grad.Functional;

/// <summary>Several index arrays of one shape, one for each of some neighbouring axes, made one for those axes as a single one.</summary>
internal sealed class FlatIndexOp(int[] extents) : ConstantOp
{
    public override string Name => "FlatIndex";

    public override string Attributes => Shape.Format(extents);

    public override void Describe(OpKey key) => key.Add(extents);

    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, operands[0].Shape, operands.ToArray());

    public override void Evaluate(in Evaluation e)
    {
        var flat = e.Result<int>();
        flat.Clear();
        for (var axis = 0; axis < extents.Length; axis++)
        {
            var positions = e.Operand<int>(axis);
            var extent = extents[axis];
            Indices.Check("Indexing", positions, e.OperandShape(axis), axis, extent);
            for (var i = 0; i < flat.Length; i++)
            {
                flat[i] = (flat[i] * extent) + positions[i] + (positions[i] < 0 ? extent : 0);
            }
        }
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
