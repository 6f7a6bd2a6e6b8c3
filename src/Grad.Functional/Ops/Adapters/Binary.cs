using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>Turns an elementwise function of two operands into an op that broadcasts.</summary>
internal sealed class Binary<TOp>(TOp op) : Op, IElementwiseOp, ISimplifies where TOp : struct, IBinaryOp
{
    /// <summary>The op of an operation without constants.</summary>
    public static readonly Binary<TOp> Default = new(default);

    public TOp Operation => op;

    public override string Name => TOp.Name;

    public override bool ReadsBroadcastSources => true;

    public override OpLayout Layout(Node node) => RowWalk.Of(node);

    public static NDArray<T> Call<T>(NDArray<T> x, NDArray<T> y) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return (NDArray<T>)Default.Apply(x, y);
    }

    public V Eval<V>(ReadOnlySpan<V> operands) where V : struct, ILane<V> => op.Eval(operands[0], operands[1]);

    public ElementKernel? Kernel(Node node) => node switch
    {
        NDArray<double> => new RealKernel<double>(op),
        NDArray<float> => new RealKernel<float>(op),
        _ => null,
    };

    public Node? Simplify(ReadOnlySpan<Node> operands) =>
        Simplification.Is(operands[0], TOp.NeutralX) ? operands[1] : Simplification.Is(operands[1], TOp.NeutralY) ? operands[0] : null;

    public Node Apply(Node x, Node y)
    {
        var shape = Axes.Broadcast(Name, x.Shape, y.Shape);
        if (!x.IsTraced && !y.IsTraced && Elementwise.Number(x) is { } first && Elementwise.Number(y) is { } second && shape.Rank > 0)
        {
            return new Broadcast(shape, Axes.All(shape.Rank)).Apply([Apply(first, second)]);
        }

        return x.Make(this, shape, Elementwise.Fit(x, shape), Elementwise.Fit(y, shape));
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => Apply(operands[0], operands[1]);

    public override void Evaluate(in Evaluation e)
    {
        switch (e.Node)
        {
            case NDArray<double>:
                EvaluateReal<double>(e);
                break;
            case NDArray<float>:
                EvaluateReal<float>(e);
                break;
            case NDArray<int>:
                EvaluateWhole<int>(e);
                break;
            case NDArray<long>:
                EvaluateWhole<long>(e);
                break;
            default:
                throw Elementwise.Unsupported(this, e.Node);
        }
    }

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        var (x, y, z) = Lanes(node);
        if (needed[0])
        {
            contributions[0] = Pending.Multiply(cotangent, op.SlopeX(x, y, z));
        }

        if (needed[1])
        {
            contributions[1] = Pending.Multiply(cotangent, op.SlopeY(x, y, z));
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
        var (x, y, z) = Lanes(node);
        var fromX = tangents[0].IsZero ? default : Pending.Multiply(tangents[0], op.SlopeX(x, y, z));
        var fromY = tangents[1].IsZero ? default : Pending.Multiply(tangents[1], op.SlopeY(x, y, z));
        return Pending.Add(fromX, fromY);
    }

    public override Node? Simplify(Node node, ReadOnlySpan<Node> operands) => TOp.Simplify(node, operands);

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);

    private static (NodeLane X, NodeLane Y, NodeLane Z) Lanes(Node node) =>
        (new NodeLane(node.Operand(0)), new NodeLane(node.Operand(1)), new NodeLane(node));

    private bool TryReverse<V, E>(Node node, in NumberCotangent cotangent, ReadOnlySpan<bool> needed, Span<NumberCotangent> contributions)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        var (x, y, z) = (NumberPending.Lane<V, E>(node.Operand(0)), NumberPending.Lane<V, E>(node.Operand(1)), NumberPending.Lane<V, E>(node));
        return (!needed[0] || NumberPending.TryMultiply<V, E>(cotangent, op.SlopeX(x, y, z), out contributions[0]))
            && (!needed[1] || NumberPending.TryMultiply<V, E>(cotangent, op.SlopeY(x, y, z), out contributions[1]));
    }

    private void EvaluateReal<T>(in Evaluation e) where T : unmanaged
    {
        if (e.Length == 1)
        {
            e.Result<T>()[0] = One(op, e.First<T>(0), e.First<T>(1));
            return;
        }

        var x = e.Operand<T>(0);
        var y = e.Operand<T>(1);
        if (x.Length == y.Length && x.Length == e.Length)
        {
            Zip.Run(op, x, y, e.Result<T>());
            return;
        }

        var row = new RealRow<T>(op, x, y, e.Result<T>());
        Strided.ForEachRow(e, [x.Length, y.Length], ref row);
    }

    private static void EvaluateWhole<T>(in Evaluation e) where T : unmanaged, IBinaryInteger<T>
    {
        var row = new WholeRow<T>(e.Operand<T>(0), e.Operand<T>(1), e.Result<T>());
        Strided.ForEachRow(e, [e.Operand<T>(0).Length, e.Operand<T>(1).Length], ref row);
    }

    private static T One<T>(TOp op, T x, T y) where T : unmanaged => typeof(T) == typeof(double)
        ? Unsafe.BitCast<double, T>(F64x1.First(op.Eval(F64x1.Broadcast(Unsafe.BitCast<T, double>(x)), F64x1.Broadcast(Unsafe.BitCast<T, double>(y)))))
        : Unsafe.BitCast<float, T>(F32x1.First(op.Eval(F32x1.Broadcast(Unsafe.BitCast<T, float>(x)), F32x1.Broadcast(Unsafe.BitCast<T, float>(y)))));

    private sealed unsafe class RealKernel<T>(TOp op) : ElementKernel where T : unmanaged
    {
        public override void One(void* x, void* y, void* z, void* result) => *(T*)result = Binary<TOp>.One(op, *(T*)x, *(T*)y);

        public override void Many(void* x, void* y, void* z, void* result, int count, Still still)
        {
            switch (still)
            {
                case Still.None:
                    Zip.Run(op, Source<T>(x, count), Source<T>(y, count), Target<T>(result, count));
                    break;
                case Still.First:
                    Zip.Run(op, *(T*)x, Source<T>(y, count), Target<T>(result, count));
                    break;
                default:
                    Zip.Run(op, Source<T>(x, count), *(T*)y, Target<T>(result, count));
                    break;
            }
        }
    }

    private readonly ref struct RealRow<T>(TOp op, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result) : IRow where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _x = x;
        private readonly ReadOnlySpan<T> _y = y;
        private readonly Span<T> _result = result;

        public void Run(int start, int length, scoped ReadOnlySpan<int> offsets, scoped ReadOnlySpan<bool> runs)
        {
            var destination = _result.Slice(start, length);
            switch (runs[0], runs[1])
            {
                case (true, true):
                    Zip.Run(op, _x.Slice(offsets[0], length), _y.Slice(offsets[1], length), destination);
                    break;
                case (true, false):
                    Zip.Run(op, _x.Slice(offsets[0], length), _y[offsets[1]], destination);
                    break;
                case (false, true):
                    Zip.Run(op, _x[offsets[0]], _y.Slice(offsets[1], length), destination);
                    break;
                case (false, false):
                    Zip.Run(op, _x.Slice(offsets[0], 1), _y.Slice(offsets[1], 1), destination[..1]);
                    destination[1..].Fill(destination[0]);
                    break;
            }
        }
    }

    private readonly ref struct WholeRow<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result) : IRow
        where T : unmanaged, IBinaryInteger<T>
    {
        private readonly ReadOnlySpan<T> _x = x;
        private readonly ReadOnlySpan<T> _y = y;
        private readonly Span<T> _result = result;

        public void Run(int start, int length, scoped ReadOnlySpan<int> offsets, scoped ReadOnlySpan<bool> runs)
        {
            for (var i = 0; i < length; i++)
            {
                _result[start + i] = TOp.Integer(_x[offsets[0] + (runs[0] ? i : 0)], _y[offsets[1] + (runs[1] ? i : 0)]);
            }
        }
    }
}
