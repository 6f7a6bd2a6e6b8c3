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

    public override Node Apply(ReadOnlySpan<Node> operands) =>
        operands[0].Make(this, Shape.Create([.. operands[0].Shape.AsSpan()[..shared], extent]), operands[0]);

    public override void Evaluate(Node node)
    {
        var indices = (NDArray<int>)node.Operand(0);
        Indices.Check("Indexing", indices, shared, extent);
        var last = new int[node.Length];
        Array.Fill(last, -1);
        var (data, count) = (indices.Data, indices.Shape[shared]);
        for (int i = 0, start = 0, k = 0; i < data.Length; i++)
        {
            last[start + data[i] + (data[i] < 0 ? extent : 0)] = k;
            if (++k == count)
            {
                (k, start) = (0, start + extent);
            }
        }

        ((NDArray<int>)node).SetValue(last);
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        new LastOfOp(extent, shared + 1).Apply(operands);
}
