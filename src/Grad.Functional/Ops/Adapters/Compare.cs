using Grad.Simd;

namespace Grad.Functional;

/// <summary>A comparison, on lanes a mask.</summary>
internal interface ICompareOp : IBinaryKernel
{
    static abstract string Name { get; }

    /// <summary>Whether it holds for elements that are ordered so (below zero: x before y).</summary>
    static abstract bool Holds(int order);
}

/// <summary>Turns a comparison into an op whose result is a mask. The result is a constant to derivatives.</summary>
internal sealed class Compare<TOp> : ConstantOp, IElementwiseOp where TOp : struct, ICompareOp
{
    public static readonly Compare<TOp> Default = new();

    public override string Name => TOp.Name;

    public override bool ReadsBroadcastSources => true;

    public override OpLayout Layout(Node node) => RowWalk.Of(node);

    public static NDArray<bool> Call<T>(NDArray<T> x, NDArray<T> y) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Default.Apply(x, y);
    }

    public V Eval<V>(ReadOnlySpan<V> operands) where V : struct, ILane<V> => default(TOp).Eval(operands[0], operands[1]);

    public ElementKernel? Kernel(Node node) => node.Operand(0) switch
    {
        NDArray<double> => new RealKernel<double>(),
        NDArray<float> => new RealKernel<float>(),
        _ => null,
    };

    public NDArray<bool> Apply(Node x, Node y)
    {
        var shape = Axes.Broadcast(Name, x.Shape, y.Shape);
        return NDArray<bool>.Record(this, shape, Elementwise.Fit(x, shape), Elementwise.Fit(y, shape));
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => Apply(operands[0], operands[1]);

    public override void Evaluate(in Evaluation e)
    {
        switch (e.Node.Operand(0))
        {
            case NDArray<double>:
                Evaluate<double>(e);
                break;
            case NDArray<float>:
                Evaluate<float>(e);
                break;
            case NDArray<int>:
                Evaluate<int>(e);
                break;
            case NDArray<long>:
                Evaluate<long>(e);
                break;
            case NDArray<bool>:
                Evaluate<bool>(e);
                break;
            default:
                throw Elementwise.Unsupported(this, e.Node.Operand(0));
        }
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);

    private static void Evaluate<T>(in Evaluation e) where T : unmanaged
    {
        var x = e.Operand<T>(0);
        var y = e.Operand<T>(1);
        var row = new Row<T>(x, y, e.Result<bool>());
        Strided.ForEachRow(e, [x.Length, y.Length], ref row);
    }

    private sealed unsafe class RealKernel<T> : ElementKernel where T : unmanaged
    {
        public override void One(void* x, void* y, void* z, void* result) =>
            Simd.Compare.Run(default(TOp), Source<T>(x, 1), Source<T>(y, 1), Target<bool>(result, 1));

        public override void Many(void* x, void* y, void* z, void* result, int count, Still still)
        {
            switch (still)
            {
                case Still.None:
                    Simd.Compare.Run(default(TOp), Source<T>(x, count), Source<T>(y, count), Target<bool>(result, count));
                    break;
                case Still.First:
                    Simd.Compare.Run(default(TOp), *(T*)x, Source<T>(y, count), Target<bool>(result, count));
                    break;
                default:
                    Simd.Compare.Run(default(TOp), Source<T>(x, count), *(T*)y, Target<bool>(result, count));
                    break;
            }
        }
    }

    private readonly ref struct Row<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> result) : IRow where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _x = x;
        private readonly ReadOnlySpan<T> _y = y;
        private readonly Span<bool> _result = result;

        public void Run(int start, int length, scoped ReadOnlySpan<int> offsets, scoped ReadOnlySpan<bool> runs)
        {
            var destination = _result.Slice(start, length);
            if (typeof(T) != typeof(double) && typeof(T) != typeof(float))
            {
                for (var i = 0; i < length; i++)
                {
                    destination[i] = TOp.Holds(Comparer<T>.Default.Compare(_x[offsets[0] + (runs[0] ? i : 0)], _y[offsets[1] + (runs[1] ? i : 0)]));
                }

                return;
            }

            switch (runs[0], runs[1])
            {
                case (true, true):
                    Simd.Compare.Run(default(TOp), _x.Slice(offsets[0], length), _y.Slice(offsets[1], length), destination);
                    break;
                case (true, false):
                    Simd.Compare.Run(default(TOp), _x.Slice(offsets[0], length), _y[offsets[1]], destination);
                    break;
                case (false, true):
                    Simd.Compare.Run(default(TOp), _x[offsets[0]], _y.Slice(offsets[1], length), destination);
                    break;
                case (false, false):
                    Simd.Compare.Run(default(TOp), _x.Slice(offsets[0], 1), _y.Slice(offsets[1], 1), destination[..1]);
                    destination[1..].Fill(destination[0]);
                    break;
            }
        }
    }
}
