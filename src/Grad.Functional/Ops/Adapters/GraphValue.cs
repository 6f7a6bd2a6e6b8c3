global using NodeLane = Grad.Functional.SlopeLane<Grad.Functional.GraphValue>;

namespace Grad.Functional;

/// <summary>A slope as graph: what it is made of may be differentiated again.</summary>
/// <param name="Node">The graph; null if it is no value.</param>
/// <param name="Like">Numbers of the element type of what is computed, which a mask is not.</param>
internal readonly record struct GraphValue(Node? Node, Node? Like) : ISlopeValue<GraphValue>
{
    public static implicit operator GraphValue(Node node) => new(node, node);

    public static GraphValue Constant(double value, GraphValue like) => like.Like!.Constant(value);

    public static GraphValue Either(GraphValue x, GraphValue y) => x.Like is null ? y : x;

    public static GraphValue Of<TOp>(GraphValue x) where TOp : struct, IUnaryOp => Unary<TOp>.Default.Apply([x.Node!]);

    public static GraphValue Of<TOp>(TOp op, GraphValue x) where TOp : struct, IUnaryOp => new Unary<TOp>(op).Apply([x.Node!]);

    public static GraphValue Of<TOp>(GraphValue x, GraphValue y) where TOp : struct, IBinaryOp => Binary<TOp>.Default.Apply(x.Node!, y.Node!);

    public static GraphValue Test<TOp>(GraphValue x, GraphValue y) where TOp : struct, ICompareOp => new(Compare<TOp>.Default.Apply(x.Node!, y.Node!), x.Like);

    public static GraphValue Mask<TOp>(GraphValue x, GraphValue y) where TOp : struct, IMaskOp =>
        x with { Node = MaskBinary<TOp>.Default.Apply(x.Node!, y.Node!) };

    public static GraphValue Not(GraphValue mask) => mask with { Node = NotOp.Instance.Apply(mask.Node!) };

    public static GraphValue Where(GraphValue mask, GraphValue x, GraphValue y) => WhereOp.Instance.Apply(mask.Node!, x.Node!, y.Node!);
}

internal static class NodeLanes
{
    /// <summary>The whole slope as a node, of the element type of <paramref name="like"/>.</summary>
    public static Node ToNode(this NodeLane slope, Node like) => slope.In(like).Node!;
}
