using Grad.Simd;

namespace Grad.Functional;

/// <summary>Logic on masks, elementwise, with broadcasting.</summary>
public static class NDMaskOperators
{
    extension(NDArray<bool>)
    {
        /// <summary>Where both hold.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        public static NDArray<bool> operator &(NDArray<bool> x, NDArray<bool> y) => MaskBinary<AndOp>.Call(x, y);

        /// <summary>Where either holds.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        public static NDArray<bool> operator |(NDArray<bool> x, NDArray<bool> y) => MaskBinary<OrOp>.Call(x, y);

        /// <summary>Where exactly one holds.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        public static NDArray<bool> operator ^(NDArray<bool> x, NDArray<bool> y) => MaskBinary<XorOp>.Call(x, y);

        /// <summary>Where it does not hold.</summary>
        public static NDArray<bool> operator !(NDArray<bool> x) => NotOp.Call(x);
    }
}

/// <summary>A connective of two truth values.</summary>
internal interface IMaskOp
{
    static abstract string Name { get; }

    static abstract bool Of(bool x, bool y);

    /// <summary>The truth value that leaves any other as it is.</summary>
    static abstract bool Neutral { get; }

    /// <summary>The truth value beside which any other makes no difference: it is the result; null if there is none.</summary>
    static abstract bool? Decisive { get; }

    static abstract V Of<V>(V x, V y) where V : struct, ILane<V>;

    /// <summary>Whether it makes x of x and x.</summary>
    static virtual bool IsIdempotent => true;
}

internal readonly struct AndOp : IMaskOp
{
    public static string Name => "And";

    public static bool Neutral => true;

    public static bool? Decisive => false;

    public static bool Of(bool x, bool y) => x & y;

    public static V Of<V>(V x, V y) where V : struct, ILane<V> => V.And(x, y);
}

internal readonly struct OrOp : IMaskOp
{
    public static string Name => "Or";

    public static bool Neutral => false;

    public static bool? Decisive => true;

    public static bool Of(bool x, bool y) => x | y;

    public static V Of<V>(V x, V y) where V : struct, ILane<V> => V.Or(x, y);
}

internal readonly struct XorOp : IMaskOp
{
    public static string Name => "Xor";

    public static bool IsIdempotent => false;

    public static bool Neutral => false;

    public static bool? Decisive => null;

    public static bool Of(bool x, bool y) => x ^ y;

    public static V Of<V>(V x, V y) where V : struct, ILane<V> => V.And(V.Or(x, y), V.Not(V.And(x, y)));
}

internal sealed class MaskBinary<TOp> : ConstantOp, IElementwiseOp, ISimplifies where TOp : struct, IMaskOp
{
    public static readonly MaskBinary<TOp> Default = new();

    public override string Name => TOp.Name;

    public override bool ReadsBroadcastSources => true;

    public override OpLayout Layout(Node node) => RowWalk.Of(node);

    public static NDArray<bool> Call(NDArray<bool> x, NDArray<bool> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Default.Apply(x, y);
    }

    public V Eval<V>(ReadOnlySpan<V> operands) where V : struct, ILane<V> => TOp.Of(operands[0], operands[1]);

    public ElementKernel? Kernel(Node node) => new MaskKernel();

    public Node? Simplify(ReadOnlySpan<Node> operands)
    {
        var (x, y) = (Simplification.Truth(operands[0]), Simplification.Truth(operands[1]));
        return x == TOp.Neutral || (y is not null && y == TOp.Decisive) ? operands[1]
            : y == TOp.Neutral || (x is not null && x == TOp.Decisive) ? operands[0]
            : null;
    }

    public NDArray<bool> Apply(Node x, Node y)
    {
        var shape = Axes.Broadcast(Name, x.Shape, y.Shape);
        return NDArray<bool>.Record(this, shape, Elementwise.Fit(x, shape), Elementwise.Fit(y, shape));
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => Apply(operands[0], operands[1]);

    private static bool AreOpposite(Node x, Node y) => x.Op == NotOp.Instance && x.Operand(0) == y;

    public override void Evaluate(in Evaluation e)
    {
        var x = e.Operand<bool>(0);
        var y = e.Operand<bool>(1);
        var row = new Row(x, y, e.Result<bool>());
        Strided.ForEachRow(e, [x.Length, y.Length], ref row);
    }

    /// <summary>x and x, or x or x, is x; of x and its opposite it is the same everywhere.</summary>
    public override Node? Simplify(Node node, ReadOnlySpan<Node> operands) =>
        TOp.IsIdempotent && ReferenceEquals(operands[0], operands[1]) ? Simpler.Fits(operands[0], node)
        : AreOpposite(operands[0], operands[1]) || AreOpposite(operands[1], operands[0]) ? Broadcast.To((NDArray<bool>)TOp.Of(true, false), node.Shape)
        : null;

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);

    private sealed unsafe class MaskKernel : ElementKernel
    {
        public override void One(void* x, void* y, void* z, void* result) => *(bool*)result = TOp.Of(*(bool*)x, *(bool*)y);

        public override void Many(void* x, void* y, void* z, void* result, int count, Still still)
        {
            var row = new Row(Source<bool>(x, count), Source<bool>(y, count), Target<bool>(result, count));
            row.Run(0, count, [0, 0], [(still & Still.First) == 0, (still & Still.Second) == 0]);
        }
    }

    private readonly ref struct Row(ReadOnlySpan<bool> x, ReadOnlySpan<bool> y, Span<bool> result) : IRow
    {
        private readonly ReadOnlySpan<bool> _x = x;
        private readonly ReadOnlySpan<bool> _y = y;
        private readonly Span<bool> _result = result;

        public void Run(int start, int length, scoped ReadOnlySpan<int> offsets, scoped ReadOnlySpan<bool> runs)
        {
            var (stepX, stepY) = (runs[0] ? 1 : 0, runs[1] ? 1 : 0);
            var (atX, atY) = (offsets[0], offsets[1]);
            for (var i = 0; i < length; i++, atX += stepX, atY += stepY)
            {
                _result[start + i] = TOp.Of(_x[atX], _y[atY]);
            }
        }
    }
}

internal sealed class NotOp : ConstantOp, IElementwiseOp
{
    public static readonly NotOp Instance = new();

    public override string Name => "Not";

    public static NDArray<bool> Call(NDArray<bool> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return (NDArray<bool>)Instance.Apply(x);
    }

    public V Eval<V>(ReadOnlySpan<V> operands) where V : struct, ILane<V> => V.Not(operands[0]);

    public ElementKernel? Kernel(Node node) => new MaskKernel();

    // A mask inverted twice is the mask itself, the same node: two pending masks are compared by identity.
    public Node Apply(Node x) => x.Op == this ? x.Operand(0) : x.Make(this, x.Shape, x);

    public override Node Apply(ReadOnlySpan<Node> operands) => Apply(operands[0]);

    public override void Evaluate(in Evaluation e) => Invert(e.Operand<bool>(), e.Result<bool>());

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);

    private static void Invert(ReadOnlySpan<bool> x, Span<bool> result)
    {
        for (var i = 0; i < x.Length; i++)
        {
            result[i] = !x[i];
        }
    }

    private sealed unsafe class MaskKernel : ElementKernel
    {
        public override void One(void* x, void* y, void* z, void* result) => *(bool*)result = !*(bool*)x;

        public override void Many(void* x, void* y, void* z, void* result, int count, Still still) =>
            Invert(Source<bool>(x, count), Target<bool>(result, count));
    }
}
