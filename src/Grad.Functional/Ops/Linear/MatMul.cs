using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The matrix product, by NumPy's rules for ranks.</summary>
    /// <remarks>
    /// <para>
    /// Matrices [m, k] and [k, n] give [m, n]. Axes before the last two are batches, and broadcast. A vector on the left is a row, on the right a
    /// column, and that axis is absent from the result: [k] and [k, n] give [n], [m, k] and [k] give [m], two vectors their <see cref="Dot"/>.
    /// </para>
    /// <para>
    /// Each sum takes its k terms in one order, a function of k alone (see <see cref="SpanBlas"/>): to first order
    /// <c>|error| ≤ (min(k, 512) + k/512)·u·Σ|x|·|y|</c>, u half an ulp of one. A sum of no terms is 0. Whole numbers wrap. The derivatives
    /// are <c>∂x = ∂z·yᵀ</c> and <c>∂y = xᵀ·∂z</c>, summed over what was broadcast.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">An operand is a single number, or the shapes do not fit.</exception>
    /// <exception cref="NotSupportedException">T is none of double, float, int, long.</exception>
    public static NDArray<T> MatMul<T>(NDArray<T> x, NDArray<T> y) where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Rank == 0 || y.Rank == 0)
        {
            throw new ArgumentException(
                $"MatMul multiplies matrices and vectors, but got shapes {x.Shape} and {y.Shape}. Multiply by a single number with *.",
                x.Rank == 0 ? nameof(x) : nameof(y));
        }

        MatMulOp.CheckInner(x.Shape, y.Shape, x.Shape[^1], y.Rank == 1 ? y.Shape[0] : y.Shape[^2]);
        if (x.Rank == 1 && y.Rank == 1)
        {
            return (NDArray<T>)DotOp.Instance.Apply([x, y]);
        }

        Node left = x.Rank == 1 ? ReshapeOp.To(x, [1, x.Length]) : x, right = y.Rank == 1 ? ReshapeOp.To(y, [y.Length, 1]) : y;
        var product = MatMulOp.Of(left, right, transposeX: false, transposeY: false);
        int[] gone = x.Rank == 1 ? [product.Rank - 2] : y.Rank == 1 ? [product.Rank - 1] : [];
        return (NDArray<T>)ReshapeOp.To(product, Axes.Remove(product.Shape, gone));
    }
}

/// <summary>
/// Products of the matrices in the last two axes, of which either may be taken transposed: so the reverse rules, and theirs, are this op again.
/// Leading axes are batches; an operand that a batch shares is not repeated.
/// </summary>
internal sealed class MatMulOp : Op, IRowwise, IOpDefinition
{
    // Deeper products are not worth a row of their own for each term.
    private const int MaxRowDepth = 16;

    private static readonly MatMulOp[] s_all = [new(false, false), new(true, false), new(false, true), new(true, true)];

    private readonly bool _transposeX;
    private readonly bool _transposeY;

    private MatMulOp(bool transposeX, bool transposeY) => (_transposeX, _transposeY) = (transposeX, transposeY);

    public static IEnumerable<OpSample> Samples =>
    [
        Sample(s_all[0], [2, 3], [3, 4]),
        Sample(s_all[1], [3, 2], [3, 4]),
        Sample(s_all[2], [2, 3], [4, 3]),
        Sample(s_all[3], [3, 2], [4, 3]),
        Sample(s_all[0], [2, 3], [3, 1]),
        Sample(s_all[0], [1, 3], [3, 2]),
        Sample(s_all[0], [2, 2, 3], [2, 3, 2]),
        Sample(s_all[1], [2, 3, 2], [2, 3, 1]),
        Sample(s_all[0], [2, 2, 1], [1, 2]),
        Sample(s_all[2], [2, 1], [3, 2, 1]),
        Sample(s_all[0], [2, 0], [0, 3]),
        Sample(s_all[0], [0, 2], [2, 3]),
        Sample(s_all[3], [2, 2], [0, 2]),
    ];

    public override string Name => "MatMul";

    public override string Attributes => (_transposeX, _transposeY) switch
    {
        (true, true) => "xᵀ·yᵀ",
        (true, false) => "xᵀ·y",
        (false, true) => "x·yᵀ",
        _ => "",
    };

    public override bool ReadsBroadcastSources => true;

    public override long Flops(Node node) => 2L * node.Length * Depth(node);

    /// <summary>The products, of operands of rank 2 or more.</summary>
    public static Node Of(Node x, Node y, bool transposeX, bool transposeY)
    {
        var (m, k) = transposeX ? (x.Shape[^1], x.Shape[^2]) : (x.Shape[^2], x.Shape[^1]);
        var (inner, n) = transposeY ? (y.Shape[^1], y.Shape[^2]) : (y.Shape[^2], y.Shape[^1]);
        CheckInner(x.Shape, y.Shape, k, inner, transposeX, transposeY);
        if (x.Rank == 2 && y.Rank == 2)
        {
            return x.Make(s_all[Index(transposeX, transposeY)], Shape.Create([m, n]), x, y);
        }

        var batch = Axes.Broadcast("MatMul (before the last two axes)", Batches(x), Batches(y));
        var shape = Shape.Create([.. batch, m, n]);

        // A matrix that all share: the others' rows are rows of one matrix.
        if (y.Rank == 2 && (!transposeX || m == 1))
        {
            var rows = Of(ReshapeOp.To(x, new Shape([shape.ElementCount / Math.Max(n, 1), k])), y, false, transposeY);
            return ReshapeOp.To(rows, shape);
        }

        // So are single columns, of the transposed product.
        if (x.Rank == 2 && n == 1)
        {
            var rows = Of(ReshapeOp.To(y, new Shape([batch.ElementCount, k])), x, false, !transposeX);
            return ReshapeOp.To(rows, shape);
        }

        return x.Make(
            s_all[Index(transposeX, transposeY)],
            shape,
            Elementwise.Fit(x, Shape.Create([.. batch, x.Shape[^2], x.Shape[^1]])),
            Elementwise.Fit(y, Shape.Create([.. batch, y.Shape[^2], y.Shape[^1]])));
    }

    /// <summary>The lengths that are multiplied and summed agree.</summary>
    public static void CheckInner(Shape x, Shape y, int k, int inner, bool transposeX = false, bool transposeY = false)
    {
        if (k != inner)
        {
            throw new ArgumentException(
                $"MatMul needs as many columns on the left as rows on the right, but got shapes {x}{Note(transposeX)} and {y}{Note(transposeY)}: " +
                $"{k} and {inner}. Transpose or Reshape one of them.",
                nameof(y));
        }
    }

    public override void Describe(OpKey key)
    {
        key.Add(_transposeX);
        key.Add(_transposeY);
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => Of(operands[0], operands[1], _transposeX, _transposeY);

    // A transpose of the matrices is an attribute here, and no copy.
    public override Node? Simplify(Node node, ReadOnlySpan<Node> operands)
    {
        var (x, y) = (operands[0], operands[1]);
        bool left = PermuteOp.IsTranspose(x), right = PermuteOp.IsTranspose(y);
        return left || right
            ? node.Make(s_all[Index(_transposeX ^ left, _transposeY ^ right)], node.Shape, left ? x.Operand(0) : x, right ? y.Operand(0) : y)
            : null;
    }

    /// <summary>The transposes of the products: the operands, transposed, change places. Each sum has the terms that it had, in their order.</summary>
    public Node Transposed(Node node, Shape shape) =>
        node.Make(s_all[Index(!_transposeY, !_transposeX)], shape, node.Operand(1), node.Operand(0));

    public override OpLayout Layout(Node node) => new MatMulLayout(node, _transposeX, _transposeY);

    public override void Evaluate(in Evaluation e)
    {
        switch (e.Node)
        {
            case NDArray<double>:
                e.Layout<MatMulLayout>().Real<double>(e);
                break;
            case NDArray<float>:
                e.Layout<MatMulLayout>().Real<float>(e);
                break;
            case NDArray<int>:
                e.Layout<MatMulLayout>().Whole<int>(e);
                break;
            case NDArray<long>:
                e.Layout<MatMulLayout>().Whole<long>(e);
                break;
            default:
                throw Elementwise.Unsupported(this, e.Node);
        }
    }

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        var (x, y) = (node.Operand(0), node.Operand(1));
        if (DependsOnNothing(node))
        {
            return;
        }

        var g = Pending.Clean(cotangent)!;
        if (needed[0])
        {
            contributions[0] = new Masked(_transposeX ? Of(y, g, _transposeY, true) : Of(g, y, false, !_transposeY));
        }

        if (needed[1])
        {
            contributions[1] = new Masked(_transposeY ? Of(g, x, true, _transposeX) : Of(x, g, !_transposeX, false));
        }
    }

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents)
    {
        if (DependsOnNothing(node))
        {
            return default;
        }

        var (dx, dy) = (Pending.Clean(tangents[0]), Pending.Clean(tangents[1]));
        var fromX = dx is null ? default : new Masked(Of(dx, node.Operand(1), _transposeX, _transposeY));
        var fromY = dy is null ? default : new Masked(Of(node.Operand(0), dy, _transposeX, _transposeY));
        return Pending.Add(fromX, fromY);
    }

    // The batch is one more leading axis, which whoever has none shares.
    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);

    public bool HasRows(Node node) => Depth(node) is >= 1 and <= MaxRowDepth;

    public Node? RowOf(Node node, ElementRow row, OperandRow operand)
    {
        var (x, y) = (node.Operand(0).Shape, node.Operand(1).Shape);
        var depth = Depth(node);
        if (!HasRows(node) || RowPlace.Of(node.Shape, row) is not { } at)
        {
            return null;
        }

        var (xs, ys) = (Strides(x, _transposeX), Strides(y, _transposeY));
        var (xDepth, yDepth) = (xs[^1], ys[^2]);
        (xs[^1], ys[^2]) = (0, 0);
        var (xRow, yRow) = (at.In(xs), at.In(ys));
        var (left, right) = (new Node[depth], new Node[depth]);
        for (var k = 0; k < depth; k++)
        {
            if (operand(0, xRow with { Place = xRow.Place + (k * xDepth) }) is not { } u || operand(1, yRow with { Place = yRow.Place + (k * yDepth) }) is not { } v)
            {
                return null;
            }

            (left[k], right[k]) = (u, v);
        }

        return MultiplyAddOp.SumOf(left, right);

        // How the axes of the result move in an operand; that of the sum takes the place of the one which the operand lacks.
        int[] Strides(Shape shape, bool transposed)
        {
            var strides = new int[node.Rank];
            var own = StridedCopy.RowMajor(shape);
            for (int axis = 1; axis <= own.Length; axis++)
            {
                strides[^axis] = shape[^axis] == 1 ? 0 : own[^axis];
            }

            if (transposed)
            {
                (strides[^1], strides[^2]) = (strides[^2], strides[^1]);
            }

            return strides;
        }
    }

    private int Depth(Node node) => node.Operand(0).Shape[_transposeX ? ^2 : ^1];

    private static int Index(bool transposeX, bool transposeY) => (transposeX ? 1 : 0) + (transposeY ? 2 : 0);

    private static Shape Batches(Node x) => Shape.Create(x.Shape.AsSpan()[..^2]);

    private static string Note(bool transposed) => transposed ? " (transposed)" : "";

    private static OpSample Sample(MatMulOp op, Shape x, Shape y) => new(op, OperandSpec.Real(-5, 5, x), OperandSpec.Real(-5, 5, y)) { Accumulates = true };

    // No elements, or each a sum of nothing.
    private bool DependsOnNothing(Node node) => node.Length == 0 || node.Operand(0).Length == 0;
}
