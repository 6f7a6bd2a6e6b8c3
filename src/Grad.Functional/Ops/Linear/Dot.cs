using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The dot product of two vectors, of rank 0: <c>Σ x[i]·y[i]</c>; 0 for empty ones.</summary>
    /// <remarks>
    /// Summed in blocks by a tree that depends on the length n alone: <c>|error| ≤ (26 + log₂ n)·u·Σ|x[i]·y[i]|</c> to first order, u half an ulp
    /// of one. Whole numbers wrap. As in PyTorch, both operands have rank 1; NumPy's <c>dot</c> of higher ranks is <see cref="MatMul"/> for
    /// matrices, and easily mistaken for it beyond.
    /// </remarks>
    /// <exception cref="ArgumentException">An operand is no vector, or the lengths differ.</exception>
    /// <exception cref="NotSupportedException">T is none of double, float, int, long.</exception>
    public static NDArray<T> Dot<T>(NDArray<T> x, NDArray<T> y) where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Rank != 1 || y.Rank != 1)
        {
            throw new ArgumentException(
                $"Dot needs two vectors, but got shapes {x.Shape} and {y.Shape}. Use MatMul for matrices, * for single numbers, or Flatten.",
                x.Rank != 1 ? nameof(x) : nameof(y));
        }

        if (x.Length != y.Length)
        {
            throw new ArgumentException($"Dot needs vectors of one length, but got shapes {x.Shape} and {y.Shape}. Slice the longer one.", nameof(y));
        }

        return (NDArray<T>)DotOp.Instance.Apply([x, y]);
    }
}

/// <summary>Dot products along the last axis; the axes before it are batches, and broadcast.</summary>
internal sealed class DotOp : Op, IOpDefinition
{
    public static readonly DotOp Instance = new();

    public static IEnumerable<OpSample> Samples =>
    [
        new(Instance, OperandSpec.Real(-5, 5, [4]), OperandSpec.Real(-5, 5, [4])) { Accumulates = true },
        new(Instance, OperandSpec.Real(-5, 5, [2, 3]), OperandSpec.Real(-5, 5, [2, 3])) { Accumulates = true },
        new(Instance, OperandSpec.Real(-5, 5, [0]), OperandSpec.Real(-5, 5, [0])) { Accumulates = true },
    ];

    public override string Name => "Dot";

    public override bool ReadsBroadcastSources => true;

    public override Node Apply(ReadOnlySpan<Node> operands)
    {
        var shape = Axes.Broadcast(Name, operands[0].Shape, operands[1].Shape);
        return operands[0].Make(
            this, Shape.Create(shape.AsSpan()[..^1]), Elementwise.Fit(operands[0], shape), Elementwise.Fit(operands[1], shape));
    }

    public override void Evaluate(in Evaluation e)
    {
        switch (e.Node)
        {
            case NDArray<double>:
                Evaluate<double>(e, (x, y) => Fold.Dot(x, y));
                break;
            case NDArray<float>:
                Evaluate<float>(e, (x, y) => Fold.Dot(x, y));
                break;
            case NDArray<int>:
                Evaluate<int>(e, Wrapping);
                break;
            case NDArray<long>:
                Evaluate<long>(e, Wrapping);
                break;
            default:
                throw Elementwise.Unsupported(this, e.Node);
        }
    }

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        if (DependsOnNothing(node))
        {
            return;
        }

        var g = Pending.Clean(cotangent)!;
        var column = ReshapeOp.To(g, Shape.Create([.. g.Shape, 1]));
        for (var i = 0; i < 2; i++)
        {
            if (needed[i])
            {
                contributions[i] = new Masked(Binary<MultiplyOp>.Default.Apply(column, node.Operand(1 - i)));
            }
        }
    }

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents)
    {
        if (DependsOnNothing(node))
        {
            return default;
        }

        var (dx, dy) = (Pending.Clean(tangents[0]), Pending.Clean(tangents[1]));
        var fromX = dx is null ? default : new Masked(Apply([dx, node.Operand(1)]));
        var fromY = dy is null ? default : new Masked(Apply([node.Operand(0), dy]));
        return Pending.Add(fromX, fromY);
    }

    // The batch is one more leading axis, which whoever has none shares.
    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);

    private delegate T Kernel<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y);

    private static bool DependsOnNothing(Node node) => node.Length == 0 || node.Operand(0).Length == 0 || node.Operand(1).Length == 0;

    private static void Evaluate<T>(in Evaluation e, Kernel<T> kernel) where T : unmanaged
    {
        var (x, y) = (e.Node.Operand(0), e.Node.Operand(1));
        var shape = Axes.Broadcast("Dot", x.Shape, y.Shape);
        int[][] strides = [Strided.Strides(x, shape), Strided.Strides(y, shape)];
        var row = new Row<T>(kernel, shape[^1], strides, e.Shape, e.Operand<T>(0), e.Operand<T>(1), e.Result<T>());
        Strided.ForEachRow(e.Shape, [strides[0][..^1], strides[1][..^1]], ref row);
    }

    private static T Wrapping<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged, IBinaryInteger<T>
    {
        var sum = T.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            sum = unchecked(sum + (x[i] * y[i]));
        }

        return sum;
    }

    private readonly ref struct Row<T> : IRow where T : unmanaged
    {
        private readonly Kernel<T> _kernel;
        private readonly Vector<T> _x;
        private readonly Vector<T> _y;
        private readonly Span<T> _result;

        public Row(Kernel<T> kernel, int length, int[][] strides, Shape batch, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result)
        {
            var innermost = batch.AsSpan().LastIndexOfAnyExcept(1);
            _kernel = kernel;
            _result = result;
            _x = new Vector<T>(x, length, strides[0][^1], innermost < 0 ? 0 : strides[0][innermost]);
            _y = new Vector<T>(y, length, strides[1][^1], innermost < 0 ? 0 : strides[1][innermost]);
        }

        public void Run(int start, int length, scoped ReadOnlySpan<int> offsets, scoped ReadOnlySpan<bool> runs)
        {
            for (var i = 0; i < length; i++)
            {
                _result[start + i] = _kernel(_x.At(offsets[0], runs[0] ? i : 0), _y.At(offsets[1], runs[1] ? i : 0));
            }
        }
    }

    /// <summary>An operand's vectors, one for each place of the batch.</summary>
    private readonly ref struct Vector<T> where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _source;
        private readonly int _length;
        private readonly int _step;

        // One number all along a vector is written out: a kernel reads elements that lie side by side.
        private readonly T[]? _repeated;

        public Vector(ReadOnlySpan<T> source, int length, int stride, int step)
        {
            _source = source;
            (_length, _step) = (length, step);
            _repeated = stride == 0 && length > 1 ? new T[length] : null;
        }

        public ReadOnlySpan<T> At(int offset, int place)
        {
            offset += place * _step;
            if (_repeated is null)
            {
                return _source.Slice(offset, _length);
            }

            Array.Fill(_repeated, _source[offset]);
            return _repeated;
        }
    }
}
