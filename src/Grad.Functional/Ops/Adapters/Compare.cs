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
internal sealed class Compare<TOp> : ConstantOp where TOp : struct, ICompareOp
{
    public static readonly Compare<TOp> Default = new();

    public override string Name => TOp.Name;

    public override bool ReadsBroadcastSources => true;

    public static NDArray<bool> Call<T>(NDArray<T> x, NDArray<T> y) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Default.Apply(x, y);
    }

    public NDArray<bool> Apply(Node x, Node y)
    {
        var shape = Axes.Broadcast(Name, x.Shape, y.Shape);
        return NDArray<bool>.Record(this, shape, Elementwise.Fit(x, shape), Elementwise.Fit(y, shape));
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => Apply(operands[0], operands[1]);

    public override void Evaluate(Node node)
    {
        var result = (NDArray<bool>)node;
        switch (node.Operand(0))
        {
            case NDArray<double>:
                Evaluate<double>(result);
                break;
            case NDArray<float>:
                Evaluate<float>(result);
                break;
            case NDArray<int>:
                Evaluate<int>(result);
                break;
            case NDArray<long>:
                Evaluate<long>(result);
                break;
            case NDArray<bool>:
                Evaluate<bool>(result);
                break;
            default:
                throw Elementwise.Unsupported(this, node.Operand(0));
        }
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);

    private static void Evaluate<T>(NDArray<bool> node) where T : unmanaged
    {
        var result = GC.AllocateUninitializedArray<bool>(node.Length);
        var (x, y) = (Elementwise.Source<T>(node.Operand(0)), Elementwise.Source<T>(node.Operand(1)));
        var row = new Row<T>(x, y, result);
        Strided.ForEachRow(node, result.Length, [x.Length, y.Length], ref row);
        node.SetValue(result);
    }

    private readonly struct Row<T>(T[] x, T[] y, bool[] result) : IRow where T : unmanaged
    {
        public void Run(int start, int length, ReadOnlySpan<int> offsets, ReadOnlySpan<bool> runs)
        {
            var destination = result.AsSpan(start, length);
            if (typeof(T) != typeof(double) && typeof(T) != typeof(float))
            {
                for (var i = 0; i < length; i++)
                {
                    destination[i] = TOp.Holds(Comparer<T>.Default.Compare(x[offsets[0] + (runs[0] ? i : 0)], y[offsets[1] + (runs[1] ? i : 0)]));
                }

                return;
            }

            switch (runs[0], runs[1])
            {
                case (true, true):
                    Simd.Compare.Run<TOp, T>(default, x.AsSpan(offsets[0], length), y.AsSpan(offsets[1], length), destination);
                    break;
                case (true, false):
                    Simd.Compare.Run(default(TOp), (ReadOnlySpan<T>)x.AsSpan(offsets[0], length), y[offsets[1]], destination);
                    break;
                case (false, true):
                    Simd.Compare.Run(default(TOp), x[offsets[0]], (ReadOnlySpan<T>)y.AsSpan(offsets[1], length), destination);
                    break;
                case (false, false):
                    Simd.Compare.Run<TOp, T>(default, x.AsSpan(offsets[0], 1), y.AsSpan(offsets[1], 1), destination[..1]);
                    destination[1..].Fill(destination[0]);
                    break;
            }
        }
    }
}
