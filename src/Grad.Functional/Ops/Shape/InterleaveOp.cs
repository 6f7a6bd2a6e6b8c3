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

    /// <summary>
    /// An array of single numbers, in row-major order, of which ops make some: they are written where they belong by whoever computes them. Null if none
    /// is made by an elementwise op, or there are no derivatives of such numbers.
    /// </summary>
    public static Node? OfNumbers(Node node, ReadOnlySpan<Node> numbers)
    {
        var (all, isMade) = (new Node[numbers.Length], false);
        for (var k = 0; k < all.Length; k++)
        {
            if (numbers[k].Length != 1)
            {
                return null;
            }

            var made = numbers[k];
            while (made is { HasValue: false, OperandCount: 1, Op: { IsView: true } and not LeafOp })
            {
                made = made.Operand(0);
            }

            isMade |= made is { HasValue: false, Op: IElementwiseOp };
            all[k] = ReshapeOp.To(numbers[k], default);
        }

        return isMade && node.IsDifferentiable ? new InterleaveOp(node.Shape, 1, all.Length).Apply(all) : null;
    }

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
