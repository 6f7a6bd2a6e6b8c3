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

    public override void Evaluate(Node node)
    {
        switch (node)
        {
            case NDArray<double> real:
                Evaluate(real, (x, y) => Fold.Dot(x, y));
                break;
            case NDArray<float> real:
                Evaluate(real, (x, y) => Fold.Dot(x, y));
                break;
            case NDArray<int> whole:
                Evaluate(whole, Wrapping);
                break;
            case NDArray<long> whole:
                Evaluate(whole, Wrapping);
                break;
            default:
                throw Elementwise.Unsupported(this, node);
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

    private static void Evaluate<T>(NDArray<T> node, Kernel<T> kernel) where T : unmanaged
    {
        var (x, y) = (node.Operand(0), node.Operand(1));
        var shape = Axes.Broadcast("Dot", x.Shape, y.Shape);
        int[][] strides = [Strided.Strides(x, shape), Strided.Strides(y, shape)];
        var row = new Row<T>(kernel, shape[^1], strides, node.Shape, Elementwise.Source<T>(x), Elementwise.Source<T>(y), new T[node.Length]);
        Strided.ForEachRow(node.Shape, [strides[0][..^1], strides[1][..^1]], ref row);
        node.SetValue(row.Result);
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

    private readonly struct Row<T> : IRow where T : unmanaged
    {
        private readonly Kernel<T> _kernel;
        private readonly int _length;
        private readonly T[][] _sources;
        private readonly int[] _steps = new int[2];

        // One number all along a vector is written out: a kernel reads elements that lie side by side.
        private readonly T[]?[] _repeated = new T[]?[2];

        public Row(Kernel<T> kernel, int length, int[][] strides, Shape batch, T[] x, T[] y, T[] result)
        {
            (_kernel, _length, _sources, Result) = (kernel, length, [x, y], result);
            var innermost = batch.AsSpan().LastIndexOfAnyExcept(1);
            for (var i = 0; i < 2; i++)
            {
                _steps[i] = innermost < 0 ? 0 : strides[i][innermost];
                _repeated[i] = strides[i][^1] == 0 && length > 1 ? new T[length] : null;
            }
        }

        public T[] Result { get; }

        public void Run(int start, int length, ReadOnlySpan<int> offsets, ReadOnlySpan<bool> runs)
        {
            for (var i = 0; i < length; i++)
            {
                Result[start + i] = _kernel(Vector(0, offsets[0] + (runs[0] ? i * _steps[0] : 0)), Vector(1, offsets[1] + (runs[1] ? i * _steps[1] : 0)));
            }
        }

        private ReadOnlySpan<T> Vector(int operand, int offset)
        {
            if (_repeated[operand] is not { } repeated)
            {
                return _sources[operand].AsSpan(offset, _length);
            }

            Array.Fill(repeated, _sources[operand][offset]);
            return repeated;
        }
    }
}
