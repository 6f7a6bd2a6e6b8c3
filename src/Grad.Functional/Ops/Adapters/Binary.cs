using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>Turns an elementwise function of two operands into an op that broadcasts.</summary>
internal sealed class Binary<TOp>(TOp op) : Op where TOp : struct, IBinaryOp
{
    /// <summary>The op of an operation without constants.</summary>
    public static readonly Binary<TOp> Default = new(default);

    public TOp Operation => op;

    public override string Name => TOp.Name;

    public override bool ReadsBroadcastSources => true;

    public static NDArray<T> Call<T>(NDArray<T> x, NDArray<T> y) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return (NDArray<T>)Default.Apply(x, y);
    }

    public Node Apply(Node x, Node y)
    {
        var shape = Axes.Broadcast(Name, x.Shape, y.Shape);
        return x.Make(this, shape, Elementwise.Fit(x, shape), Elementwise.Fit(y, shape));
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => Apply(operands[0], operands[1]);

    public override void Evaluate(Node node)
    {
        switch (node)
        {
            case NDArray<double> real:
                EvaluateReal(real);
                break;
            case NDArray<float> real:
                EvaluateReal(real);
                break;
            case NDArray<int> whole:
                EvaluateWhole(whole);
                break;
            case NDArray<long> whole:
                EvaluateWhole(whole);
                break;
            default:
                throw Elementwise.Unsupported(this, node);
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

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents)
    {
        var (x, y, z) = Lanes(node);
        var fromX = tangents[0].IsZero ? default : Pending.Multiply(tangents[0], op.SlopeX(x, y, z));
        var fromY = tangents[1].IsZero ? default : Pending.Multiply(tangents[1], op.SlopeY(x, y, z));
        return Pending.Add(fromX, fromY);
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);

    private static (NodeLane X, NodeLane Y, NodeLane Z) Lanes(Node node) =>
        (new NodeLane(node.Operand(0)), new NodeLane(node.Operand(1)), new NodeLane(node));

    private void EvaluateReal<T>(NDArray<T> node) where T : unmanaged
    {
        var result = GC.AllocateUninitializedArray<T>(node.Length);
        var (x, y) = (Elementwise.Source<T>(node.Operand(0)), Elementwise.Source<T>(node.Operand(1)));
        var row = new RealRow<T>(op, x, y, result);
        Strided.ForEachRow(node, result.Length, [x.Length, y.Length], ref row);
        node.SetValue(result);
    }

    private static void EvaluateWhole<T>(NDArray<T> node) where T : unmanaged, IBinaryInteger<T>
    {
        var result = GC.AllocateUninitializedArray<T>(node.Length);
        var (x, y) = (Elementwise.Source<T>(node.Operand(0)), Elementwise.Source<T>(node.Operand(1)));
        var row = new WholeRow<T>(x, y, result);
        Strided.ForEachRow(node, result.Length, [x.Length, y.Length], ref row);
        node.SetValue(result);
    }

    private readonly struct RealRow<T>(TOp op, T[] x, T[] y, T[] result) : IRow where T : unmanaged
    {
        public void Run(int start, int length, ReadOnlySpan<int> offsets, ReadOnlySpan<bool> runs)
        {
            var destination = result.AsSpan(start, length);
            switch (runs[0], runs[1])
            {
                case (true, true):
                    Zip.Run<TOp, T>(op, x.AsSpan(offsets[0], length), y.AsSpan(offsets[1], length), destination);
                    break;
                case (true, false):
                    Zip.Run(op, (ReadOnlySpan<T>)x.AsSpan(offsets[0], length), y[offsets[1]], destination);
                    break;
                case (false, true):
                    Zip.Run(op, x[offsets[0]], (ReadOnlySpan<T>)y.AsSpan(offsets[1], length), destination);
                    break;
                case (false, false):
                    Zip.Run<TOp, T>(op, x.AsSpan(offsets[0], 1), y.AsSpan(offsets[1], 1), destination[..1]);
                    destination[1..].Fill(destination[0]);
                    break;
            }
        }
    }

    private readonly struct WholeRow<T>(T[] x, T[] y, T[] result) : IRow where T : unmanaged, IBinaryInteger<T>
    {
        public void Run(int start, int length, ReadOnlySpan<int> offsets, ReadOnlySpan<bool> runs)
        {
            for (var i = 0; i < length; i++)
            {
                result[start + i] = TOp.Integer(x[offsets[0] + (runs[0] ? i : 0)], y[offsets[1] + (runs[1] ? i : 0)]);
            }
        }
    }
}
