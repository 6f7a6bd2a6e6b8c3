using System.Numerics;
using CommunityToolkit.HighPerformance;
using Grad.Simd;
using Xunit;

namespace Properties.Threads;

/// <summary>Products with vectors and symmetric matrices, substitution and factorizations have the same bits for any number of threads, and end when they are cancelled.</summary>
public sealed class LinalgThreads : IDisposable
{
    private const int Size = 331;

    // What a computation leaves, on so many threads.
    private static readonly Dictionary<string, Func<int, CancellationToken, double[,]>> s_cases = new()
    {
        ["Gemv"] = (degree, token) => Vector(1_003, y => SpanBlas.Gemv(Random(1_003, 700), Column(700), y, 0.7, 0.3, false, degree, token)),
        ["Gemv, transposed"] = (degree, token) => Vector(1_500, y => SpanBlas.Gemv(Random(1_003, 1_500), Column(1_003), y, 0.7, 0.3, true, degree, token)),
        ["Ger"] = (degree, token) => Of(1_001, 1_200, a => SpanBlas.Ger(0.7, Column(1_001), Column(1_200), a, degree, token)),
        ["Syrk"] = (degree, token) => Of(Size, Size, c => SpanBlas.Syrk(Random(Size, 300), c, 0.7, 0.3, true, false, degree, token)),
        ["Syrk, transposed"] = (degree, token) => Of(Size, Size, c => SpanBlas.Syrk(Random(300, Size), c, 0.7, 0.3, false, true, degree, token)),
        ["Symm"] = (degree, token) => Of(Size, 200, c => SpanBlas.Symm(Random(Size, Size), Random(Size, 200), c, 0.7, 0.3, true, false, degree, token)),
        ["Trsm"] = (degree, token) => Of(Size, 300, b => SpanBlas.Trsm(Definite(Size), b, true, false, false, false, degree, token)),
        ["Trsm, right"] = (degree, token) => Of(300, Size, b => SpanBlas.Trsm(Definite(Size), b, true, true, false, true, degree, token)),
        ["Trsm, a column"] = (degree, token) => Of(1_100, 1, b => SpanBlas.Trsm(Definite(1_100), b, true, false, false, false, degree, token)),
        ["Cholesky"] = (degree, token) => In(Definite(Size), a => SpanLinalg.Cholesky(a, degree, token)),
        ["Lu"] = (degree, token) => Of(Size, Size, a => SpanLinalg.Lu(a, new int[Size], degree, token)),
        ["LuSolve"] = (degree, token) => Of(Size, 300, b => Solve(b, degree, token)),
        ["Qr"] = (degree, token) => Of(Size + 40, Size, a => SpanLinalg.Qr(a, new double[Size], degree, token)),
        ["QrMultiply"] = (degree, token) => Of(Size, 300, b => SpanLinalg.QrMultiply(Random(Size, Size), Column(Size), b, true, degree, token)),
        ["SymmetricEigen"] = (degree, token) => Of(Size, Size, v => SpanLinalg.SymmetricEigen(Random(Size, Size), new double[Size], v, degree, token)),
        ["Svd"] = (degree, token) => Of(Size, 200, u => SpanLinalg.Svd(Random(Size, 200), u, new double[200], new double[200, 200], degree, token)),
        ["CholeskyBatch"] = (degree, token) => Batch(4, 2_003, (a, layout) => SpanLinalg.CholeskyBatch(4, 2_003, a, layout, degree, token)),
        ["CholeskyBatch, larger"] = (degree, token) => Batch(40, 30, (a, layout) => SpanLinalg.CholeskyBatch(40, 30, a, layout, degree, token)),
        ["LuBatch"] = (degree, token) => Batch(5, 2_003, (a, layout) => SpanLinalg.LuBatch(5, 5, 2_003, a, layout, new int[5 * 2_003], degree, token)),
        ["LuBatch, larger"] = (degree, token) => Batch(40, 30, (a, layout) => SpanLinalg.LuBatch(40, 40, 30, a, layout, new int[40 * 30], degree, token)),
        ["LuSolveBatch"] = (degree, token) => Batch(5, 2_003, (b, layout) => Solve(5, 2_003, b, layout, degree, token)),
        ["LuSolveBatch, larger"] = (degree, token) => Batch(40, 30, (b, layout) => Solve(40, 30, b, layout, degree, token)),
        ["QrBatch"] = (degree, token) => Batch(5, 2_003, (a, layout) => SpanLinalg.QrBatch(5, 5, 2_003, a, layout, new double[5 * 2_003], degree, token)),
        ["QrBatch, larger"] = (degree, token) => Batch(40, 30, (a, layout) => SpanLinalg.QrBatch(40, 40, 30, a, layout, new double[40 * 30], degree, token)),
        ["QrMultiplyBatch"] = (degree, token) => Batch(5, 2_003, (b, layout) => Multiply(5, 2_003, b, layout, degree, token)),
        ["QrMultiplyBatch, larger"] = (degree, token) => Batch(40, 30, (b, layout) => Multiply(40, 30, b, layout, degree, token)),
    };

    public LinalgThreads() => Team.CallsAtOnce = true;

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    public void Dispose() => Team.CallsAtOnce = false;

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_number_of_threads_changes_no_bit(string name)
    {
        var alone = s_cases[name](1, default);
        foreach (int degree in (int[])[2, 3, 16])
            Assert.Equal(alone, s_cases[name](degree, default));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_cancelled_ends_and_no_threads_are_refused(string name)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        foreach (int degree in (int[])[1, 2])
            Assert.ThrowsAny<OperationCanceledException>(() => s_cases[name](degree, cancelled.Token));
        Assert.Contains("maxDegreeOfParallelism", Assert.Throws<ArgumentOutOfRangeException>(() => s_cases[name](0, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_matrices_that_are_not_definite_the_first_is_named()
    {
        double[] batch = new double[9 * 3_000];
        for (int m = 0; m < 3_000; m++)
        {
            for (int i = 0; i < 3; i++)
                batch[(9 * m) + (4 * i)] = m % 700 == 650 && i == 2 ? -1 : 1;
        }

        foreach (int degree in (int[])[1, 2, 16])
        {
            double[] copy = [.. batch];
            var failure = Assert.Throws<MatrixFactorizationException>(() => SpanLinalg.CholeskyBatch<double>(3, 3_000, copy, new MatrixLayout(3, 1, 0, 9), degree));
            Assert.Equal((650, 2), (failure.Matrix, failure.Index));
        }
    }

    private static void Solve(double[,] b, int degree, CancellationToken token)
    {
        var (lu, pivots) = (Random(Size, Size), new int[Size]);
        SpanLinalg.Lu(lu, pivots);
        SpanLinalg.LuSolve(lu, pivots, b, degree, token);
    }

    private static void Solve(int size, int batch, double[] b, MatrixLayout layout, int degree, CancellationToken token)
    {
        double[] lu = [.. Batch(size, batch, (_, _) => { }).AsSpan()];
        int[] pivots = new int[size * batch];
        SpanLinalg.LuBatch(size, size, batch, lu, layout, pivots);
        SpanLinalg.LuSolveBatch(size, size, batch, lu, layout, pivots, b, layout, degree, token);
    }

    private static void Multiply(int size, int batch, double[] b, MatrixLayout layout, int degree, CancellationToken token)
    {
        double[] qr = [.. Batch(size, batch, (_, _) => { }).AsSpan()], tau = new double[size * batch];
        SpanLinalg.QrBatch(size, size, batch, qr, layout, tau);
        SpanLinalg.QrMultiplyBatch(size, size, size, batch, qr, layout, tau, b, layout, transpose: true, degree, token);
    }

    private static double[,] Random(int rows, int columns)
    {
        var random = new Random((rows * 7919) + columns);
        var matrix = new double[rows, columns];
        foreach (ref double element in matrix.AsSpan())
            element = random.NextDouble() - 0.5;
        return matrix;
    }

    private static double[] Column(int length) => [.. Random(length, 1).AsSpan()];

    private static double[,] Definite(int size)
    {
        var matrix = Random(size, size);
        for (int i = 0; i < size; i++)
            matrix[i, i] += size;
        return matrix;
    }

    private static double[,] In(double[,] matrix, Action<double[,]> compute)
    {
        compute(matrix);
        return matrix;
    }

    private static double[,] Of(int rows, int columns, Action<double[,]> compute) => In(Random(rows, columns), compute);

    private static double[,] Vector(int length, Action<double[]> compute)
    {
        double[] vector = Column(length);
        compute(vector);
        var result = new double[length, 1];
        vector.CopyTo(result.AsSpan());
        return result;
    }

    // Matrices with a heavy diagonal, one behind the other.
    private static double[,] Batch(int size, int batch, Action<double[], MatrixLayout> compute)
    {
        double[] matrices = [.. Random(batch, size * size).AsSpan()];
        for (int m = 0; m < batch; m++)
        {
            for (int i = 0; i < size; i++)
                matrices[(m * size * size) + (i * (size + 1))] += size;
        }

        compute(matrices, new MatrixLayout(size, 1, 0, size * size));
        var result = new double[batch, size * size];
        matrices.CopyTo(result.AsSpan());
        return result;
    }
}
