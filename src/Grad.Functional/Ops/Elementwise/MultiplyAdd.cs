using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// x·y + z, rounded as products of matrices round each of their terms: once where the hardware fuses, else twice. Derivatives are made of it, and plans.
/// Slopes y, x and 1.
/// </summary>
internal sealed class MultiplyAddOp : Op, IElementwiseOp, IOpDefinition
{
    public static readonly MultiplyAddOp Instance = new();

    /// <summary>Of one sign, so that nothing cancels: without fused instructions the product's rounding counts.</summary>
    public static IEnumerable<OpSample> Samples =>
    [
        new OpSample(Instance, OperandSpec.Real(0.25, 20), OperandSpec.Real(0.25, 20), OperandSpec.Real(0.25, 20)) { IsElementwise = true, MaxUlp = (1, 1) },
    ];

    public override string Name => "MultiplyAdd";

    public override bool ReadsBroadcastSources => true;

    /// <summary>The sum of products, first term first, as tiles of a product of matrices have it: from −0 on, one term after the other.</summary>
    public static Node SumOf(ReadOnlySpan<Node> x, ReadOnlySpan<Node> y)
    {
        // What −0 is added to stays as it is.
        var sum = Simplification.Apply(Binary<MultiplyOp>.Default, [x[0], y[0]]);
        for (var k = 1; k < x.Length; k++)
        {
            sum = Instance.Apply([x[k], y[k], sum]);
        }

        return sum;
    }

    public V Eval<V>(ReadOnlySpan<V> operands) where V : struct, ILane<V> => V.MultiplyAdd(operands[0], operands[1], operands[2]);

    public ElementKernel? Kernel(Node node) => node switch
    {
        NDArray<double> => new RealKernel<double>(),
        NDArray<float> => new RealKernel<float>(),
        _ => null,
    };

    public override OpLayout Layout(Node node) => RowWalk.Of(node);

    public override Node Apply(ReadOnlySpan<Node> operands)
    {
        var shape = Axes.Broadcast(Name, Axes.Broadcast(Name, operands[0].Shape, operands[1].Shape), operands[2].Shape);
        if (shape.Rank > 0 && !operands[0].IsTraced && !operands[1].IsTraced && !operands[2].IsTraced
            && Elementwise.Number(operands[0]) is { } x && Elementwise.Number(operands[1]) is { } y && Elementwise.Number(operands[2]) is { } z)
        {
            return new Broadcast(shape, Axes.All(shape.Rank)).Apply([Apply([x, y, z])]);
        }

        return operands[0].Make(
            this, shape, [Elementwise.Fit(operands[0], shape), Elementwise.Fit(operands[1], shape), Elementwise.Fit(operands[2], shape)]);
    }

    /// <summary>1·y + z = y + z; (−1)·y + z = z − y; x·y + (−0) = x·y; (−x)·(−y) = x·y.</summary>
    public override Node? Simplify(Node node, ReadOnlySpan<Node> operands)
    {
        var (x, y, z) = (operands[0], operands[1], operands[2]);
        return Simpler.Is(z, -0.0) ? Fitting(Simpler.Of<MultiplyOp>(x, y), node)
            : Simpler.Is(x, 1) ? Fitting(Simpler.Of<AddOp>(y, z), node)
            : Simpler.Is(y, 1) ? Fitting(Simpler.Of<AddOp>(x, z), node)
            : Simpler.Is(x, -1) ? Fitting(Simpler.Of<SubtractOp>(z, y), node)
            : Simpler.Is(y, -1) ? Fitting(Simpler.Of<SubtractOp>(z, x), node)
            : Simpler.OperandOf<NegateOp>(x) is { } minusX && Simpler.OperandOf<NegateOp>(y) is { } minusY ? Apply([minusX, minusY, z])
            : null;
    }

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        for (var i = 0; i < needed.Length; i++)
        {
            contributions[i] = needed[i] ? Pending.Multiply(cotangent, Slope(node, i)) : default;
        }
    }

    public override bool TryReverse(Node node, in NumberCotangent cotangent, ReadOnlySpan<bool> needed, Span<NumberCotangent> contributions) => node switch
    {
        NDArray<double> => TryReverse<F64x1, double>(node, cotangent, needed, contributions),
        NDArray<float> => TryReverse<F32x1, float>(node, cotangent, needed, contributions),
        _ => false,
    };

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents)
    {
        Masked sum = default;
        for (var i = tangents.Length - 1; i >= 0; i--)
        {
            sum = tangents[i].IsZero ? sum : Pending.Add(sum, Pending.Multiply(tangents[i], Slope(node, i)));
        }

        return sum;
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);

    private static NodeLane Slope(Node node, int operand) => operand < 2 ? new NodeLane(node.Operand(1 - operand)) : NodeLane.Constant(1);

    private static bool TryReverse<V, E>(Node node, in NumberCotangent cotangent, ReadOnlySpan<bool> needed, Span<NumberCotangent> contributions)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        var done = true;
        for (var i = 0; i < needed.Length; i++)
        {
            var slope = i < 2 ? NumberPending.Lane<V, E>(node.Operand(1 - i)) : SlopeLane<NumberValue<V>>.Constant(1);
            done &= !needed[i] || NumberPending.TryMultiply<V, E>(cotangent, slope, out contributions[i]);
        }

        return done;
    }

    private static Node? Fitting(Node simpler, Node node) => simpler.Shape == node.Shape ? simpler : null;

    public override void Evaluate(in Evaluation e)
    {
        switch (e.Node)
        {
            case NDArray<double>:
                Evaluate<double>(e);
                break;
            case NDArray<float>:
                Evaluate<float>(e);
                break;
            default:
                throw Elementwise.Unsupported(this, e.Node);
        }
    }

    private static void Evaluate<T>(in Evaluation e) where T : unmanaged
    {
        var row = new Row<T>(e.Operand<T>(0), e.Operand<T>(1), e.Operand<T>(2), e.Result<T>());
        Strided.ForEachRow(e, [e.Operand<T>(0).Length, e.Operand<T>(1).Length, e.Operand<T>(2).Length], ref row);
    }

    private sealed unsafe class RealKernel<T> : ElementKernel where T : unmanaged
    {
        public override void One(void* x, void* y, void* z, void* result) => Many(x, y, z, result, 1, Still.None);

        public override void Many(void* x, void* y, void* z, void* result, int count, Still still) => ProductSum.Run(
            Source<T>(x, (still & Still.First) == 0 ? count : 1),
            Source<T>(y, (still & Still.Second) == 0 ? count : 1),
            Source<T>(z, (still & Still.Third) == 0 ? count : 1),
            Target<T>(result, count));
    }

    private readonly ref struct Row<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> result) : IRow where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _x = x;
        private readonly ReadOnlySpan<T> _y = y;
        private readonly ReadOnlySpan<T> _z = z;
        private readonly Span<T> _result = result;

        public void Run(int start, int length, scoped ReadOnlySpan<int> offsets, scoped ReadOnlySpan<bool> runs) => ProductSum.Run(
            _x.Slice(offsets[0], runs[0] ? length : 1),
            _y.Slice(offsets[1], runs[1] ? length : 1),
            _z.Slice(offsets[2], runs[2] ? length : 1),
            _result.Slice(start, length));
    }
}
