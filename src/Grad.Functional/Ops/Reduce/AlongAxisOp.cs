namespace Grad.Functional;

/// <summary>An op whose result has the shape of its operand, made of each row along an axis on its own.</summary>
internal abstract class AlongAxisOp(int axis) : StructuralOp
{
    public override string Attributes => FormattableString.Invariant($"axis {axis}");

    public override void Describe(OpKey key) => key.Add(axis);

    public override long Flops(Node node) => node.Length;

    public sealed override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, operands[0].Shape, operands[0]);

    public sealed override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        At(axis + 1).Apply(operands);

    /// <summary>The axis that it runs along.</summary>
    protected int Axis => axis;

    /// <summary>The same op along another axis.</summary>
    protected abstract AlongAxisOp At(int axis);

    /// <summary>Computes the result of a row-major [outer, axis, inner] along its middle axis.</summary>
    protected abstract void Run<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination) where T : unmanaged;

    /// <summary>The sum of each row, in all of its places; of truth values, whether any holds.</summary>
    protected Node SumAlong(Node x) => new Broadcast(x.Shape, [axis]).Apply([new SumOp([axis]).Apply([x])]);

    /// <summary>A function of whole rows on a value: it counts in rows where any element of the value does.</summary>
    protected Masked OnRows(in Masked x, Func<Node, Node> function)
    {
        var mask = Pending.Holds(x);
        return new Masked(function(Pending.Clean(x)!), mask is null ? null : SumAlong(mask), Dirty: mask is not null);
    }

    protected sealed override void Evaluate<T>(in Evaluation e)
    {
        var (outer, along, inner) = Axes.Split(e.Shape, axis, axis + 1);
        Divided.Run(new Rows<T>(this, e.Operand<T>(), along, inner, e.Result<T>()), outer, (long)along * inner);
    }

    private readonly ref struct Rows<T>(AlongAxisOp op, ReadOnlySpan<T> x, int axis, int inner, Span<T> result) : IDividedWork where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _x = x;
        private readonly Span<T> _result = result;

        public void Run(int first, int end)
        {
            var (start, length) = (first * axis * inner, (end - first) * axis * inner);
            op.Run(_x.Slice(start, length), end - first, axis, inner, _result.Slice(start, length));
        }
    }
}
