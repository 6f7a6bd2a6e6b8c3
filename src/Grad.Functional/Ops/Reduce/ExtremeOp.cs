using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// The greatest or least of elements. The slope is shared evenly among those that are; none has a share in NaN.
/// </summary>
internal abstract class ExtremeOp(int[] axes) : ReductionOp(axes), IPiecewise
{
    public sealed override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        var x = node.Operand(0);
        var taken = Taken(x, node);
        var share = cotangent.WithLinear(Binary<DivideOp>.Default.Apply(cotangent.Value!, Count(x, taken)));
        contributions[0] = Pending.Restrict(Stretch(share, x), taken);
    }

    public sealed override Masked Forward(Node node, ReadOnlySpan<Masked> tangents)
    {
        var x = node.Operand(0);
        var taken = Taken(x, node);
        var sum = Add(Pending.Restrict(tangents[0], taken));
        return sum.IsZero ? sum : sum.WithLinear(Binary<DivideOp>.Default.Apply(sum.Value!, Count(x, taken)));
    }

    // Zero where an element is taken, of one sign elsewhere.
    public Node Pieces(ReadOnlySpan<Node> operands) =>
        Binary<SubtractOp>.Default.Apply(operands[0], Stretch(Apply(operands), operands[0]));

    private Node Taken(Node x, Node z) => Compare<EqualOp>.Default.Apply(x, Stretch(z, x));

    private Node Count(Node x, Node taken)
    {
        var count = new SumOp(ReducedAxes).Apply([WhereOp.Instance.Apply(taken, x.Constant(1), x.Constant(0))]);
        return Binary<MaximumOp>.Default.Apply(count, x.Constant(1));
    }
}
