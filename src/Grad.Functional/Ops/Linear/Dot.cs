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
internal sealed class DotOp : Op, IRowwise, IOpDefinition
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

    public override long Flops(Node node) => 2L * node.Length * node.Operand(0).Shape[^1];

    public override Node Apply(ReadOnlySpan<Node> operands)
    {
        var shape = Axes.Broadcast(Name, operands[0].Shape, operands[1].Shape);
        return operands[0].Make(
            this, Shape.Create(shape.AsSpan()[..^1]), Elementwise.Fit(operands[0], shape), Elementwise.Fit(operands[1], shape));
    }

    public override OpLayout Layout(Node node) => new Pairs(node);

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

    public bool HasRows(Node node) => Math.Max(node.Operand(0).Shape[^1], node.Operand(1).Shape[^1]) is >= 1 and <= Fold.ShortSum;

    public Node? RowOf(Node node, ElementRow row, OperandRow operand)
    {
        var shape = Axes.Broadcast(Name, node.Operand(0).Shape, node.Operand(1).Shape);
        if (!HasRows(node) || RowPlace.Of(node.Shape, row) is not { } at)
        {
            return null;
        }

        var factors = new Node[2][];
        for (var i = 0; i < 2; i++)
        {
            var strides = RowPlace.Strides(node.Operand(i).Shape, shape);
            var first = at.In(strides.AsSpan(..^1));
            factors[i] = new Node[shape[^1]];
            for (var k = 0; k < factors[i].Length; k++)
            {
                if (operand(i, first with { Place = first.Place + (k * strides[^1]) }) is not { } factor)
                {
                    return null;
                }

                factors[i][k] = factor;
            }
        }

        return MultiplyAddOp.SumOf(factors[0], factors[1]);
    }

    private delegate T Kernel<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y);

    private static bool DependsOnNothing(Node node) => node.Length == 0 || node.Operand(0).Length == 0 || node.Operand(1).Length == 0;

    private static void Evaluate<T>(in Evaluation e, Kernel<T> kernel) where T : unmanaged
    {
        var pairs = e.Layout<Pairs>();
        var repeated = pairs.ScratchLength == 0 ? default : e.Scratch<T>(pairs);
        var x = new Vector<T>(e.Operand<T>(0), pairs.X, repeated);
        var y = new Vector<T>(e.Operand<T>(1), pairs.Y, pairs.X.Repeats ? repeated[pairs.X.Length..] : repeated);
        var row = new Row<T>(kernel, x, y, e.Result<T>());
        pairs.Walk.ForEach(ref row);
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

    private readonly ref struct Row<T>(Kernel<T> kernel, Vector<T> x, Vector<T> y, Span<T> result) : IRow where T : unmanaged
    {
        private readonly Vector<T> _x = x;
        private readonly Vector<T> _y = y;
        private readonly Span<T> _result = result;

        public void Run(int start, int length, scoped ReadOnlySpan<int> offsets, scoped ReadOnlySpan<bool> runs)
        {
            for (var i = 0; i < length; i++)
            {
                _result[start + i] = kernel(_x.At(offsets[0], runs[0] ? i : 0), _y.At(offsets[1], runs[1] ? i : 0));
            }
        }
    }

    /// <summary>An operand's vectors, one for each place of the batch.</summary>
    private readonly ref struct Vector<T>(ReadOnlySpan<T> source, VectorLayout layout, Span<T> repeated) where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _source = source;
        private readonly Span<T> _repeated = repeated;

        public ReadOnlySpan<T> At(int offset, int place)
        {
            offset += place * layout.Step;
            if (!layout.Repeats)
            {
                return _source.Slice(offset, layout.Length);
            }

            var all = _repeated[..layout.Length];
            all.Fill(_source[offset]);
            return all;
        }
    }

    /// <summary>How an operand's vectors lie.</summary>
    /// <param name="Length">Their length.</param>
    /// <param name="Step">From one to the next along a row of the batch.</param>
    /// <param name="Repeats">Whether it is one number all along, and written out: a kernel reads elements that lie side by side.</param>
    private readonly record struct VectorLayout(int Length, int Step, bool Repeats);

    /// <summary>How the vectors of both operands meet.</summary>
    private sealed class Pairs : OpLayout
    {
        public Pairs(Node node)
        {
            var shape = Axes.Broadcast("Dot", node.Operand(0).Shape, node.Operand(1).Shape);
            int[] x = Strided.Strides(node.Operand(0), shape), y = Strided.Strides(node.Operand(1), shape);
            var innermost = node.Shape.AsSpan().LastIndexOfAnyExcept(1);
            X = new VectorLayout(shape[^1], innermost < 0 ? 0 : x[innermost], x[^1] == 0 && shape[^1] > 1);
            Y = new VectorLayout(shape[^1], innermost < 0 ? 0 : y[innermost], y[^1] == 0 && shape[^1] > 1);
            Walk = new RowWalk(node.Shape, [x[..^1], y[..^1]]);
        }

        public VectorLayout X { get; }

        public VectorLayout Y { get; }

        public RowWalk Walk { get; }

        public override int ScratchLength => (X.Repeats ? X.Length : 0) + (Y.Repeats ? Y.Length : 0);
    }
}
