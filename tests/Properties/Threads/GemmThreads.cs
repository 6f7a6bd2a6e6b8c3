using CommunityToolkit.HighPerformance;
using Grad.Simd;
using Xunit;

namespace Properties.Threads;

/// <summary>Products of matrices have the same bits for any number of threads, and end when they are cancelled.</summary>
public sealed class GemmThreads : IDisposable
{
    // Rows, terms, columns, products: packed, packed in part, unpacked, several blocks of the sums with a last lane that overlaps, few rows, few columns, a
    // row, many small ones.
    public static TheoryData<int, int, int, int> Shapes => new()
    {
        { 301, 260, 217, 1 }, { 515, 40, 333, 1 }, { 37, 700, 400, 1 }, { 50, 1_300, 229, 1 }, { 5, 128, 9_001, 1 }, { 9_001, 128, 5, 1 },
        { 3, 300, 5_000, 1 }, { 5_000, 300, 3, 1 }, { 1, 1_500, 1_003, 1 }, { 1_003, 1_500, 1, 1 },
        { 4, 4, 4, 70_000 }, { 33, 31, 40, 200 }, { 180, 180, 180, 3 }, { 200, 300, 17, 150 },
    };

    public GemmThreads() => Team.CallsAtOnce = true;

    public void Dispose() => Team.CallsAtOnce = false;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_number_of_threads_changes_no_bit(int rows, int depth, int columns, int batch)
    {
        Check(rows, depth, columns, batch, random => random.NextDouble() - 0.5);
        Check(rows, depth, columns, batch, random => random.NextSingle() - 0.5f);
    }

    [Fact]
    public void Transposes_and_factors_are_spread_too()
    {
        foreach (var (transposeA, transposeB) in ((bool, bool)[])[(false, false), (false, true), (true, false), (true, true)])
        {
            var random = new Random(3);
            double[,] Matrix(int rows, int columns)
            {
                var matrix = new double[rows, columns];
                foreach (ref double element in matrix.AsSpan())
                    element = random.NextDouble() - 0.5;
                return matrix;
            }

            var (a, b, c) = (transposeA ? Matrix(250, 170) : Matrix(170, 250), transposeB ? Matrix(190, 250) : Matrix(250, 190), Matrix(170, 190));
            var alone = (double[,])c.Clone();
            SpanBlas.Gemm(a, b, alone, 0.7, -0.3, transposeA, transposeB);
            foreach (int degree in (int[])[2, 3, 16])
            {
                var spread = (double[,])c.Clone();
                SpanBlas.Gemm(a, b, spread, 0.7, -0.3, transposeA, transposeB, degree);
                Assert.Equal(alone, spread);
            }
        }
    }

    [Fact]
    public void A_product_ends_when_it_is_cancelled()
    {
        double[,] a = new double[700, 700], c = new double[700, 700];
        foreach (int degree in (int[])[1, 2, 16])
        {
            Assert.ThrowsAny<OperationCanceledException>(
                () => SpanBlas.Gemm(a, a, c, maxDegreeOfParallelism: degree, cancellationToken: new CancellationToken(canceled: true)));
            SpanBlas.Gemm(a, a, c, maxDegreeOfParallelism: degree);
        }
    }

    [Fact]
    public void Less_than_one_thread_is_refused()
    {
        double[,] a = new double[2, 2];
        Assert.Throws<ArgumentOutOfRangeException>("maxDegreeOfParallelism", () => SpanBlas.Gemm(a, a, new double[2, 2], maxDegreeOfParallelism: 0));
        var layout = new MatrixLayout { Row = 2, Column = 1 };
        double[] flat = new double[4];
        Assert.Throws<ArgumentOutOfRangeException>(
            "maxDegreeOfParallelism", () => SpanBlas.GemmBatch<double>(2, 2, 2, 1, flat, layout, flat, layout, new double[4], maxDegreeOfParallelism: 0));
    }

    private static void Check<T>(int rows, int depth, int columns, int batch, Func<Random, T> number) where T : unmanaged
    {
        var random = new Random(rows + columns);
        T[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => number(random))];
        T[] a = Numbers(batch * rows * depth), b = Numbers(batch * depth * columns);
        MatrixLayout left = new() { Row = depth, Column = 1, Batch = rows * depth }, right = new() { Row = columns, Column = 1, Batch = depth * columns };
        T[] Run(int degree)
        {
            var c = new T[batch * rows * columns];
            SpanBlas.GemmBatch<T>(rows, columns, depth, batch, a, left, b, right, c, degree);
            return c;
        }

        var alone = Run(1);
        foreach (int degree in (int[])[2, 3, 16])
            Assert.True(alone.AsSpan().SequenceEqual(Run(degree)), $"{degree} threads, {typeof(T).Name}");
    }
}
