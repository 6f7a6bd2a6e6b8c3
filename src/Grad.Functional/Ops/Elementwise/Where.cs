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
        Where(mask, new NDArray<T>([x], default), new NDArray<T>([y], default));
}

internal sealed class WhereOp : StructuralOp, IOpDefinition
{
    public static readonly WhereOp Instance = new();

    public static IEnumerable<OpSample> Samples =>
        [new OpSample(Instance, OperandSpec.Mask(), OperandSpec.Real(-20, 20), OperandSpec.Real(-20, 20)) { IsElementwise = true }];

    public override string Name => "Where";

    public override bool ReadsBroadcastSources => true;

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

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);

    protected override void Evaluate<T>(NDArray<T> node)
    {
        var result = GC.AllocateUninitializedArray<T>(node.Length);
        var mask = Elementwise.Source<bool>(node.Operand(0));
        var (x, y) = (Elementwise.Source<T>(node.Operand(1)), Elementwise.Source<T>(node.Operand(2)));
        var row = new Row<T>(mask, x, y, result);
        Strided.ForEachRow(node, result.Length, [mask.Length, x.Length, y.Length], ref row);
        node.SetValue(result);
    }

    private readonly struct Row<T>(bool[] mask, T[] x, T[] y, T[] result) : IRow where T : unmanaged
    {
        public void Run(int start, int length, ReadOnlySpan<int> offsets, ReadOnlySpan<bool> runs)
        {
            var destination = result.AsSpan(start, length);
            if (!runs[0])
            {
                Copy(mask[offsets[0]] ? 1 : 2, destination, offsets, runs);
                return;
            }

            var holds = mask.AsSpan(offsets[0], length);
            switch (runs[1], runs[2])
            {
                case (true, true):
                    Blend.Run<T>(holds, x.AsSpan(offsets[1], length), y.AsSpan(offsets[2], length), destination);
                    break;
                case (true, false):
                    Blend.Run<T>(holds, x.AsSpan(offsets[1], length), y[offsets[2]], destination);
                    break;
                case (false, true):
                    Blend.Run<T>(holds, x[offsets[1]], y.AsSpan(offsets[2], length), destination);
                    break;
                case (false, false):
                    Blend.Run(holds, x[offsets[1]], y[offsets[2]], destination);
                    break;
            }
        }

        private void Copy(int operand, Span<T> destination, ReadOnlySpan<int> offsets, ReadOnlySpan<bool> runs)
        {
            var source = operand == 1 ? x : y;
            if (runs[operand])
            {
                source.AsSpan(offsets[operand], destination.Length).CopyTo(destination);
            }
            else
            {
                destination.Fill(source[offsets[operand]]);
            }
        }
    }
}
