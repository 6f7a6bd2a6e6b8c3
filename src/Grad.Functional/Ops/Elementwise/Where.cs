using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>x where the mask holds, else y, elementwise, with broadcasting.</summary>
    /// <remarks>
    /// The branch not taken leaves no trace, in the value or in derivatives of any order: what would be NaN or infinite there is an
    /// exact zero. <c>Where(x > 0, Sqrt(x), 0)</c> has gradient 0 at x = 0; PyTorch and JAX have NaN.
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<T> Where<T>(NDArray<bool> mask, NDArray<T> x, NDArray<T> y) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return (NDArray<T>)WhereOp.Instance.Apply(mask, x, y);
    }

    /// <summary>One number where the mask holds, another elsewhere.</summary>
    public static NDArray<T> Where<T>(NDArray<bool> mask, T x, T y) where T : unmanaged =>
        Where(mask, new NDArray<T>(x), new NDArray<T>(y));
}

internal sealed class WhereOp : StructuralOp, IElementwiseOp, ISimplifies, IOpDefinition
{
    public static readonly WhereOp Instance = new();

    public static IEnumerable<OpSample> Samples =>
        [new OpSample(Instance, OperandSpec.Mask(), OperandSpec.Real(-20, 20), OperandSpec.Real(-20, 20)) { IsElementwise = true }];

    public override string Name => "Where";

    public override bool ReadsBroadcastSources => true;

    public override OpLayout Layout(Node node) => RowWalk.Of(node);

    public V Eval<V>(ReadOnlySpan<V> operands) where V : struct, ILane<V> => V.Select(operands[0], operands[1], operands[2]);

    public ElementKernel? Kernel(Node node) => node switch
    {
        NDArray<double> => new RealKernel<double>(),
        NDArray<float> => new RealKernel<float>(),
        _ => null,
    };

    public Node? Simplify(ReadOnlySpan<Node> operands) => Simplification.Truth(operands[0]) switch
    {
        true => operands[1],
        false => operands[2],
        _ => null,
    };

    public Node Apply(Node mask, Node x, Node y)
    {
        var shape = Axes.Broadcast(Name, Axes.Broadcast(Name, x.Shape, y.Shape), mask.Shape);

        // The mask is always of the result's shape: it becomes the pending mask of a cotangent of that shape.
        return x.Make(this, shape, [Broadcast.To(mask, shape), Elementwise.Fit(x, shape), Elementwise.Fit(y, shape)]);
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => Apply(operands[0], operands[1], operands[2]);

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        var mask = node.Operand(0);
        if (needed[1])
        {
            contributions[1] = Pending.Restrict(cotangent, mask);
        }

        if (needed[2])
        {
            contributions[2] = Pending.Restrict(cotangent, mask, inverted: true);
        }
    }

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents)
    {
        var (mask, x, y) = (node.Operand(0), tangents[1], tangents[2]);
        if (!x.IsZero && !y.IsZero && x.Mask is null && y.Mask is null)
        {
            return new Masked(Apply(mask, x.Value!, y.Value!));
        }

        return Pending.Add(
            x.IsZero ? default : Pending.Restrict(x, mask),
            y.IsZero ? default : Pending.Restrict(y, mask, inverted: true));
    }

    /// <summary>Where all lanes take one branch, and where both branches are the same, nothing is to be chosen; an inverted mask exchanges them.</summary>
    public override Node? Simplify(Node node, ReadOnlySpan<Node> operands) =>
        ReferenceEquals(operands[1], operands[2]) ? Simpler.Fits(operands[1], node)
        : Simpler.Mask(operands[0]) is { } holds ? Simpler.Fits(operands[holds ? 1 : 2], node)
        : operands[0].Op == NotOp.Instance ? Apply(operands[0].Operand(0), operands[2], operands[1])
        : null;

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);

    protected override void Evaluate<T>(in Evaluation e)
    {
        var mask = e.Operand<bool>(0);
        var x = e.Operand<T>(1);
        var y = e.Operand<T>(2);
        var row = new Row<T>(mask, x, y, e.Result<T>());
        Strided.ForEachRow(e, [mask.Length, x.Length, y.Length], ref row);
    }

    private sealed unsafe class RealKernel<T> : ElementKernel where T : unmanaged
    {
        public override void One(void* x, void* y, void* z, void* result) => *(T*)result = *(bool*)x ? *(T*)y : *(T*)z;

        public override void Many(void* x, void* y, void* z, void* result, int count, Still still)
        {
            var row = new Row<T>(Source<bool>(x, count), Source<T>(y, count), Source<T>(z, count), Target<T>(result, count));
            row.Run(0, count, [0, 0, 0], [(still & Still.First) == 0, (still & Still.Second) == 0, (still & Still.Third) == 0]);
        }
    }

    private readonly ref struct Row<T>(ReadOnlySpan<bool> mask, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result) : IRow
        where T : unmanaged
    {
        private readonly ReadOnlySpan<bool> _mask = mask;
        private readonly ReadOnlySpan<T> _x = x;
        private readonly ReadOnlySpan<T> _y = y;
        private readonly Span<T> _result = result;

        public void Run(int start, int length, scoped ReadOnlySpan<int> offsets, scoped ReadOnlySpan<bool> runs)
        {
            var destination = _result.Slice(start, length);
            if (!runs[0])
            {
                Copy(_mask[offsets[0]] ? 1 : 2, destination, offsets, runs);
                return;
            }

            var holds = _mask.Slice(offsets[0], length);
            switch (runs[1], runs[2])
            {
                case (true, true):
                    Blend.Run(holds, _x.Slice(offsets[1], length), _y.Slice(offsets[2], length), destination);
                    break;
                case (true, false):
                    Blend.Run(holds, _x.Slice(offsets[1], length), _y[offsets[2]], destination);
                    break;
                case (false, true):
                    Blend.Run(holds, _x[offsets[1]], _y.Slice(offsets[2], length), destination);
                    break;
                case (false, false):
                    Blend.Run(holds, _x[offsets[1]], _y[offsets[2]], destination);
                    break;
            }
        }

        private void Copy(int operand, scoped Span<T> destination, scoped ReadOnlySpan<int> offsets, scoped ReadOnlySpan<bool> runs)
        {
            var source = operand == 1 ? _x : _y;
            if (runs[operand])
            {
                source.Slice(offsets[operand], destination.Length).CopyTo(destination);
            }
            else
            {
                destination.Fill(source[offsets[operand]]);
            }
        }
    }
}
