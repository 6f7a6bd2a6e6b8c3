using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>How the matrices of the operands lie behind one another, and each in itself.</summary>
internal sealed class MatMulLayout : OpLayout
{
    private readonly int[] _steps = new int[2];
    private readonly MatrixLayout[] _matrices = new MatrixLayout[2];

    public MatMulLayout(Node node, bool transposeX, bool transposeY)
    {
        var (batch, strides) = (Shape.Create(node.Shape.AsSpan()[..^2]), new int[2][]);
        (M, N) = (node.Shape[^2], node.Shape[^1]);
        K = transposeX ? node.Operand(0).Shape[^2] : node.Operand(0).Shape[^1];
        for (var i = 0; i < 2; i++)
        {
            var matrix = node.Operand(i).Shape.AsSpan()[^2..];
            var all = Strided.Strides(node.Operand(i), Shape.Create([.. batch, .. matrix]));
            strides[i] = all[..^2];
            var (row, column) = (i == 0 ? transposeX : transposeY) ? (all[^1], all[^2]) : (all[^2], all[^1]);
            _matrices[i] = new MatrixLayout(row, column);
            var innermost = batch.AsSpan().LastIndexOfAnyExcept(1);
            _steps[i] = innermost < 0 ? 0 : all[innermost];
        }

        Rows = new RowWalk(batch, strides);
    }

    private int M { get; }

    private int N { get; }

    private int K { get; }

    private RowWalk Rows { get; }

    /// <summary>The products of real matrices.</summary>
    public void Real<T>(in Evaluation e) where T : unmanaged
    {
        var row = new RealRow<T>(this, e.Operand<T>(0), e.Operand<T>(1), e.Result<T>());
        Rows.ForEach(ref row);
    }

    /// <summary>The products of matrices of whole numbers.</summary>
    public void Whole<T>(in Evaluation e) where T : unmanaged, IBinaryInteger<T>
    {
        e.Result<T>().Clear();
        var row = new WholeRow<T>(this, e.Operand<T>(0), e.Operand<T>(1), e.Result<T>());
        Rows.ForEach(ref row);
    }

    private MatrixLayout Operand(int i, ReadOnlySpan<int> offsets, ReadOnlySpan<bool> runs) =>
        _matrices[i] with { Offset = offsets[i], Batch = runs[i] ? _steps[i] : 0 };

    private readonly ref struct RealRow<T>(MatMulLayout walk, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> product) : IRow
        where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _x = x;
        private readonly ReadOnlySpan<T> _y = y;
        private readonly Span<T> _product = product;

        public void Run(int start, int length, scoped ReadOnlySpan<int> offsets, scoped ReadOnlySpan<bool> runs)
        {
            var size = walk.M * walk.N;
            SpanBlas.GemmBatch<T>(
                walk.M,
                walk.N,
                walk.K,
                length,
                _x,
                walk.Operand(0, offsets, runs),
                _y,
                walk.Operand(1, offsets, runs),
                _product.Slice(start * size, length * size),
                OptionsScope.Options.MaxDegreeOfParallelism,
                OptionsScope.Token);
        }
    }

    private readonly ref struct WholeRow<T>(MatMulLayout walk, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> product) : IRow
        where T : unmanaged, IBinaryInteger<T>
    {
        private readonly ReadOnlySpan<T> _x = x;
        private readonly ReadOnlySpan<T> _y = y;
        private readonly Span<T> _product = product;

        public void Run(int start, int length, scoped ReadOnlySpan<int> offsets, scoped ReadOnlySpan<bool> runs)
        {
            var (left, right) = (walk.Operand(0, offsets, runs), walk.Operand(1, offsets, runs));
            for (var matrix = 0; matrix < length; matrix++)
            {
                for (var i = 0; i < walk.M; i++)
                {
                    var row = _product.Slice((((start + matrix) * walk.M) + i) * walk.N, walk.N);
                    for (var p = 0; p < walk.K; p++)
                    {
                        var factor = _x[left.At(matrix, i, p)];
                        for (var j = 0; j < row.Length; j++)
                        {
                            row[j] = unchecked(row[j] + (factor * _y[right.At(matrix, p, j)]));
                        }
                    }
                }
            }
        }
    }
}
