namespace Grad.Functional;

/// <summary>
/// For each position on an axis the place of the last index that names it, or −1 if none does: what turns overwriting into taking.
/// </summary>
/// <param name="extent">The extent of the axis.</param>
/// <param name="shared">How many leading axes of the indices have lists of their own; each is followed by one axis.</param>
internal sealed class LastOfOp(int extent, int shared = 0) : ConstantOp
{
    public override string Name => "LastOf";

    public override string Attributes => FormattableString.Invariant($"extent {extent}");

    public override void Describe(OpKey key)
    {
        key.Add(extent);
        key.Add(shared);
    }

    public override Node Apply(ReadOnlySpan<Node> operands) =>
        operands[0].Make(this, Shape.Create([.. operands[0].Shape.AsSpan()[..shared], extent]), operands[0]);

    public override void Evaluate(in Evaluation e)
    {
        var indices = e.Operand<int>();
        var last = e.Result<int>();
        Indices.Check("Indexing", indices, e.OperandShape(), shared, extent);
        last.Fill(-1);
        var count = e.OperandShape()[shared];
        for (int i = 0, start = 0, k = 0; i < indices.Length; i++)
        {
            last[start + indices[i] + (indices[i] < 0 ? extent : 0)] = k;
            if (++k == count)
            {
                (k, start) = (0, start + extent);
            }
        }
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        new LastOfOp(extent, shared + 1).Apply(operands);
}
