namespace Grad.Functional;

/// <summary>Elements of an array at equal distances; one that stands still is a single number. Only plans are made of it.</summary>
internal sealed class RowOp(ElementRow row) : PlanOp, IReadsRow, ITypedEvaluation
{
    public override string Name => "Row";

    public override string Attributes => FormattableString.Invariant($"{row.Place}+{row.Step}·{row.Count}");

    public ElementRow? RowOf(Node node) => row;

    public override void Describe(OpKey key) => key.Add([row.Place, row.Step, row.Count]);

    public override Node Apply(ReadOnlySpan<Node> operands) =>
        operands[0].Make(this, row.Step == 0 ? default : new Shape([row.Count]), operands[0]);

    public override void Evaluate(in Evaluation e) => e.Node.Evaluate(this, e);

    void ITypedEvaluation.Evaluate<T>(in Evaluation e)
    {
        var source = e.Operand<T>();
        var result = e.Result<T>();
        if (row.Step == 1)
        {
            source.Slice(row.Place, result.Length).CopyTo(result);
            return;
        }

        for (int i = 0, at = row.Place; i < result.Length; i++, at += row.Step)
        {
            result[i] = source[at];
        }
    }
}
