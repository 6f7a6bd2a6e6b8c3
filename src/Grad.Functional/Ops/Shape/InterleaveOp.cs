namespace Grad.Functional;

/// <summary>
/// Puts components together: the result, row-major [outer, count, inner], has the operands, outer·inner of them, each with count elements or a single one for
/// all, at its places [o, :, i]. Only plans are made of it.
/// </summary>
internal sealed class InterleaveOp(Shape shape, int count, int inner) : PlanOp, IJoinsComponents, ITypedEvaluation
{
    public override string Name => "Interleave";

    public override string Attributes => shape.ToString();

    public int Count => count;

    public int Inner => inner;

    public override void Describe(OpKey key)
    {
        key.Add(shape.AsSpan());
        key.Add(count);
        key.Add(inner);
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, shape, operands.ToArray());

    public override void Evaluate(in Evaluation e) => e.Node.Evaluate(this, e);

    void ITypedEvaluation.Evaluate<T>(in Evaluation e)
    {
        var result = e.Result<T>();
        for (var k = 0; k < e.Node.OperandCount; k++)
        {
            var source = e.Operand<T>(k);
            var step = source.Length == 1 ? 0 : 1;
            for (int n = 0, at = (k / inner * count * inner) + (k % inner); n < count; n++, at += inner)
            {
                result[at] = source[n * step];
            }
        }
    }
}
