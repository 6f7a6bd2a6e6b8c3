using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// The lane whose arithmetic builds graph: a slope body run on it yields the slope as nodes, differentiable again. Constants stay
/// constants until they meet a node; a product with 1 or −1 costs nothing or a sign.
/// </summary>
/// <remarks>
/// A select whose other branch is an exact zero stays apart as a <see cref="Gate"/>: the branch not taken is then kept out by the
/// pending mask, and no product with it is ever formed.
/// </remarks>
internal readonly struct NodeLane : ILane<NodeLane>
{
    private readonly Node? _node;
    private readonly double _constant;

    // An array of the numbers a mask was made from: what a select between two constants must be like.
    private readonly Node? _like;

    public NodeLane(Node node) => (_node, _like) = (node, node);

    private NodeLane(double constant) => _constant = constant;

    private NodeLane(Node? node, double constant, Node? like, Node? gate) => (_node, _constant, _like, Gate) = (node, constant, like, gate);

    /// <summary>If not null, the value is exactly zero wherever this is false.</summary>
    public Node? Gate { get; }

    public bool IsConstant => _node is null && Gate is null;

    public double ConstantValue => _constant;

    /// <summary>The value where the gate holds.</summary>
    public NodeLane Ungated => new(_node, _constant, _like, null);

    public static NodeLane Constant(double value) => new(value);

    public static NodeLane operator +(NodeLane x, NodeLane y) =>
        x.IsConstant && y.IsConstant ? new(x._constant + y._constant) : Combine<AddOp>(x, y);

    public static NodeLane operator -(NodeLane x, NodeLane y) =>
        x.IsConstant && y.IsConstant ? new(x._constant - y._constant) : Combine<SubtractOp>(x, y);

    public static NodeLane operator *(NodeLane x, NodeLane y) => (x.IsConstant, y.IsConstant) switch
    {
        (true, true) => new(x._constant * y._constant),
        (true, false) when x._constant == 1 => y,
        (true, false) when x._constant == -1 => -y,
        (false, true) when y._constant == 1 => x,
        (false, true) when y._constant == -1 => -x,
        (true, false) when (float)x._constant != x._constant => Scale(y, x._constant),
        (false, true) when (float)y._constant != y._constant => Scale(x, y._constant),
        _ => Combine<MultiplyOp>(x, y),
    };

    public static NodeLane operator /(NodeLane x, NodeLane y) =>
        x.IsConstant && y.IsConstant ? new(x._constant / y._constant)
        : x.IsConstant && x._constant == 1 ? Of<ReciprocalOp>(y)
        : Combine<DivideOp>(x, y);

    public static NodeLane operator -(NodeLane x) => x.IsConstant ? new(-x._constant) : Of<NegateOp>(x);

    public static NodeLane operator +(NodeLane x, double y) => x + Constant(y);

    public static NodeLane operator -(NodeLane x, double y) => x - Constant(y);

    public static NodeLane operator *(NodeLane x, double y) => x * Constant(y);

    public static NodeLane operator /(NodeLane x, double y) => x / Constant(y);

    public static NodeLane operator +(double x, NodeLane y) => Constant(x) + y;

    public static NodeLane operator -(double x, NodeLane y) => Constant(x) - y;

    public static NodeLane operator *(double x, NodeLane y) => Constant(x) * y;

    public static NodeLane operator /(double x, NodeLane y) => Constant(x) / y;

    public static NodeLane MultiplyAdd(NodeLane x, NodeLane y, NodeLane z) => (x * y) + z;

    public static NodeLane FusedMultiplyAdd(NodeLane x, NodeLane y, NodeLane z) => (x * y) + z;

    public static NodeLane Min(NodeLane x, NodeLane y) => Combine<MinimumOp>(x, y);

    public static NodeLane Max(NodeLane x, NodeLane y) => Combine<MaximumOp>(x, y);

    public static NodeLane Abs(NodeLane x) => Of<AbsOp>(x);

    public static NodeLane Sqrt(NodeLane x) => Of<SqrtOp>(x);

    public static NodeLane Truncate(NodeLane x) => Of<TruncateOp>(x);

    public static NodeLane Floor(NodeLane x) => Of<FloorOp>(x);

    public static NodeLane Ceiling(NodeLane x) => Of<CeilingOp>(x);

    public static NodeLane Round(NodeLane x) => Of<RoundOp>(x);

    public static NodeLane Remainder(NodeLane x, NodeLane y) => Combine<RemainderOp>(x, y);

    public static NodeLane LessThan(NodeLane x, NodeLane y) => Test<LessThanOp>(x, y);

    public static NodeLane LessThanOrEqual(NodeLane x, NodeLane y) => Test<LessThanOrEqualOp>(x, y);

    public static NodeLane Equal(NodeLane x, NodeLane y) => Test<EqualOp>(x, y);

    public static NodeLane And(NodeLane x, NodeLane y) => Mask(MaskBinary<AndOp>.Default.Apply(x._node!, y._node!), x);

    public static NodeLane Or(NodeLane x, NodeLane y) => Mask(MaskBinary<OrOp>.Default.Apply(x._node!, y._node!), x);

    public static NodeLane Not(NodeLane x) => Mask(NotOp.Instance.Apply(x._node!), x);

    public static NodeLane Select(NodeLane mask, NodeLane x, NodeLane y)
    {
        if (y.IsConstant && y._constant == 0)
        {
            var gate = x.Gate is null ? mask._node! : MaskBinary<AndOp>.Default.Apply(mask._node!, x.Gate);
            return new NodeLane(x._node, x._constant, x._like ?? mask._like, gate);
        }

        var like = mask._like!;
        return new NodeLane(WhereOp.Instance.Apply(mask._node!, x.ToNode(like), y.ToNode(like)));
    }

    public static NodeLane Exp(NodeLane x) => Of<ExpOp>(x);

    public static NodeLane ExpM1(NodeLane x) => Of<ExpM1Op>(x);

    public static NodeLane Log(NodeLane x) => Of<LogOp>(x);

    public static NodeLane LogP1(NodeLane x) => Of<LogP1Op>(x);

    public static NodeLane Sin(NodeLane x) => Of<SinOp>(x);

    public static NodeLane Cos(NodeLane x) => Of<CosOp>(x);

    public static NodeLane Tan(NodeLane x) => Of<TanOp>(x);

    public static NodeLane Asin(NodeLane x) => Of<AsinOp>(x);

    public static NodeLane Acos(NodeLane x) => Of<AcosOp>(x);

    public static NodeLane Atan(NodeLane x) => Of<AtanOp>(x);

    public static NodeLane Atan2(NodeLane y, NodeLane x) => Combine<Atan2Op>(y, x);

    public static NodeLane Hypot(NodeLane x, NodeLane y) => Combine<HypotOp>(x, y);

    public static NodeLane OneMinusSquare(NodeLane x) => Of<OneMinusSquareOp>(x);

    public static NodeLane Erfc(NodeLane x) => Of<ErfcOp>(x);

    public static NodeLane NormalCdf(NodeLane x) => Of<NormalCdfOp>(x);

    public static NodeLane NormalDensity(NodeLane x) => Of<NormalDensityOp>(x);

    public static NodeLane ErfDensity(NodeLane x) => Of<ErfDensityOp>(x);

    public static NodeLane Gelu(NodeLane x) => Of<GeluOp>(x);

    public static NodeLane ReciprocalReal(NodeLane x, NodeLane y) => Combine<ReciprocalRealOp>(x, y);

    public static NodeLane Tanh(NodeLane x) => Of<TanhOp>(x);

    public static NodeLane Sigmoid(NodeLane x) => Of<SigmoidOp>(x);

    public static NodeLane Pow(NodeLane x, double exponent) => new(new Unary<PowOp>(new PowOp(exponent)).Apply([x.ToNode(x._like!)]));

    public static NodeLane Pow(NodeLane x, NodeLane y) => Combine<PowerOp>(x, y);

    public static NodeLane Exp2(NodeLane x) => Of<Exp2Op>(x);

    public static NodeLane Log2(NodeLane x) => Of<Log2Op>(x);

    public static NodeLane Log10(NodeLane x) => Of<Log10Op>(x);

    public static NodeLane Cbrt(NodeLane x) => Of<CbrtOp>(x);

    public static NodeLane Sinh(NodeLane x) => Of<SinhOp>(x);

    public static NodeLane Cosh(NodeLane x) => Of<CoshOp>(x);

    public static NodeLane Erf(NodeLane x) => Of<ErfOp>(x);

    public static NodeLane ReciprocalSqrt(NodeLane x) => Of<ReciprocalSqrtOp>(x);

    public static NodeLane Asinh(NodeLane x) => Of<AsinhOp>(x);

    public static NodeLane Acosh(NodeLane x) => Of<AcoshOp>(x);

    public static NodeLane Atanh(NodeLane x) => Of<AtanhOp>(x);

    public static NodeLane LogGamma(NodeLane x) => Of<LogGammaOp>(x);

    public static NodeLane Digamma(NodeLane x) => Of<DigammaOp>(x);

    public static NodeLane NormalLogCdf(NodeLane x) => Of<NormalLogCdfOp>(x);

    public static NodeLane InverseMillsRatio(NodeLane x) => Of<InverseMillsRatioOp>(x);

    public static NodeLane ErfInverse(NodeLane x) => Of<ErfInverseOp>(x);

    public static NodeLane ErfcInverse(NodeLane x) => Of<ErfcInverseOp>(x);

    public static NodeLane NormalQuantile(NodeLane x) => Of<NormalQuantileOp>(x);

    public static NodeLane Polygamma(NodeLane x, int order) => new(new Unary<PolygammaOp>(new PolygammaOp(order)).Apply([x.ToNode(x._like!)]));

    /// <summary>The whole value as a node, of the element type of <paramref name="like"/>.</summary>
    public Node ToNode(Node like)
    {
        var value = _node ?? like.Constant(_constant);
        return Gate is null ? value : WhereOp.Instance.Apply(Gate, value, like.Constant(0));
    }

    private static NodeLane Of<TOp>(NodeLane x) where TOp : struct, IUnaryOp => new(Unary<TOp>.Default.Apply([x.ToNode(x._like!)]));

    private static NodeLane Scale(NodeLane x, double factor) => new(new Unary<ScaleOp>(new ScaleOp(factor)).Apply([x.ToNode(x._like!)]));

    private static NodeLane Combine<TOp>(NodeLane x, NodeLane y) where TOp : struct, IBinaryOp
    {
        var like = (x._like ?? y._like)!;
        return new NodeLane(Binary<TOp>.Default.Apply(x.ToNode(like), y.ToNode(like)));
    }

    private static NodeLane Test<TOp>(NodeLane x, NodeLane y) where TOp : struct, ICompareOp
    {
        var like = (x._like ?? y._like)!;
        return new NodeLane(Compare<TOp>.Default.Apply(x.ToNode(like), y.ToNode(like)), 0, like, null);
    }

    private static NodeLane Mask(Node mask, NodeLane origin) => new(mask, 0, origin._like, null);
}
