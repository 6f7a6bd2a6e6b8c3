using System.Numerics;
using CommunityToolkit.HighPerformance;
using Grad.Simd;
using Xunit;

namespace Properties.Kernels.Linalg;

/// <summary>Cholesky, LU and QR: the product of the factors is the matrix, within the stated bounds, at every size around the blocks.</summary>
[Trait("Category", "Leg")]
public class FactorizationLaws
{
    [Fact]
    public void Cholesky_is_within_its_bound()
    {
        foreach (int n in MatrixCase.Sizes.Append(1000))
        {
            CheckCholesky<double>(n, SpanLinalg.Cholesky);
            CheckCholesky<float>(n, SpanLinalg.Cholesky);
        }
    }

    [Fact]
    public void Lu_is_within_its_bound_and_solves()
    {
        foreach (int n in MatrixCase.Sizes.Append(1000))
        {
            CheckLu<double>(n, n, SpanLinalg.Lu, SpanLinalg.LuSolve);
            CheckLu<float>(n, n, SpanLinalg.Lu, SpanLinalg.LuSolve);
        }

        foreach (var (m, n) in ((int, int)[])[(40, 7), (7, 40), (100, 33), (33, 100), (5, 0), (0, 5), (1, 50), (50, 1)])
        {
            CheckLu<double>(m, n, SpanLinalg.Lu, SpanLinalg.LuSolve);
            CheckLu<float>(m, n, SpanLinalg.Lu, SpanLinalg.LuSolve);
        }
    }

    [Fact]
    public void Qr_is_within_its_bound_and_orthogonal()
    {
        foreach (int n in MatrixCase.Sizes.Append(1000))
        {
            CheckQr<double>(n, n, SpanLinalg.Qr, SpanLinalg.QrMultiply);
            CheckQr<float>(n, n, SpanLinalg.Qr, SpanLinalg.QrMultiply);
        }

        foreach (var (m, n) in ((int, int)[])[(40, 7), (7, 40), (100, 33), (33, 100), (5, 0), (0, 5), (1, 50), (50, 1), (1000, 70)])
        {
            CheckQr<double>(m, n, SpanLinalg.Qr, SpanLinalg.QrMultiply);
            CheckQr<float>(m, n, SpanLinalg.Qr, SpanLinalg.QrMultiply);
        }
    }

    [Fact]
    public void Reflections_of_subnormal_columns_are_orthogonal()
    {
        double[,] a = { { 3 * double.Epsilon }, { double.Epsilon }, { 7 * double.Epsilon } };
        var tau = new double[1];
        SpanLinalg.Qr(a, tau);
        var q = Identity(3);
        SpanLinalg.QrMultiply(a, tau, q);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
                Assert.Equal(i == j ? 1 : 0, (q[i, 0] * q[j, 0]) + (q[i, 1] * q[j, 1]) + (q[i, 2] * q[j, 2]), 1e-15);
        }
    }

    [Fact]
    public void What_is_not_definite_or_regular_is_refused_by_place()
    {
        foreach (int bad in (int[])[0, 3, 20, 70])
        {
            var a = new double[80, 80];
            for (int i = 0; i < 80; i++)
                a[i, i] = i == bad ? -1 : 1;
            var error = Assert.Throws<MatrixFactorizationException>(() => SpanLinalg.Cholesky(a));
            Assert.Equal(bad, error.Index);
            Assert.Contains($"[{bad}, {bad}] is -1", error.Message, StringComparison.Ordinal);

            var nan = new float[80, 80];
            for (int i = 0; i < 80; i++)
                nan[i, i] = i == bad ? float.NaN : 1;
            Assert.Equal(bad, Assert.Throws<MatrixFactorizationException>(() => SpanLinalg.Cholesky(nan)).Index);

            a[bad, bad] = 0;
            var pivots = new int[80];
            SpanLinalg.Lu(a, pivots);
            var singular = Assert.Throws<MatrixFactorizationException>(() => SpanLinalg.LuSolve(a, pivots, new double[80, 2]));
            Assert.Equal(bad, singular.Index);
            Assert.Contains("dependent", singular.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bad_shapes_are_refused()
    {
        Assert.Contains("2×3", Assert.Throws<ArgumentException>("a", () => SpanLinalg.Cholesky(new double[2, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("pivots", () => SpanLinalg.Lu(new double[4, 3], new int[4]));
        Assert.Throws<ArgumentException>("lu", () => SpanLinalg.LuSolve(new float[4, 3], new int[3], new float[4, 1]));
        Assert.Throws<ArgumentException>("b", () => SpanLinalg.LuSolve(Identity(3), new int[3], new double[4, 1]));
        Assert.Throws<ArgumentException>("pivots", () => SpanLinalg.LuSolve(Identity(3), [0, 1, 3], new double[3, 1]));
        Assert.Throws<ArgumentException>("tau", () => SpanLinalg.Qr(new double[4, 3], new double[4]));
        Assert.Throws<ArgumentException>("b", () => SpanLinalg.QrMultiply(new double[4, 3], new double[3], new double[3, 3]));
        var shared = Identity(3);
        Assert.Throws<ArgumentException>("b", () => SpanLinalg.LuSolve(shared, [0, 1, 2], shared));
    }

    private static double[,] Identity(int n)
    {
        var identity = new double[n, n];
        for (int i = 0; i < n; i++)
            identity[i, i] = 1;
        return identity;
    }

    private delegate void CholeskyFactor<T>(Span2D<T> a, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default);

    private delegate void LuFactor<T>(Span2D<T> a, Span<int> pivots, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default);

    private delegate void LuSolver<T>(ReadOnlySpan2D<T> lu, ReadOnlySpan<int> pivots, Span2D<T> b, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default);

    private delegate void QrFactor<T>(Span2D<T> a, Span<T> tau, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default);

    private delegate void QrProduct<T>(ReadOnlySpan2D<T> qr, ReadOnlySpan<T> tau, Span2D<T> b, bool transpose, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default);

    private static double Number<T>(T x) where T : IBinaryFloatingPointIeee754<T> => double.CreateChecked(x);

    private static void CheckCholesky<T>(int n, CholeskyFactor<T> factor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Diagonally dominant, so definite; the upper triangle is not to be read.
        var a = MatrixCase.Random<T>(n, n, n, out var surroundings);
        for (int i = 0; i < n; i++)
        {
            a[i, i] = T.CreateChecked(n) + T.One;
            for (int j = i + 1; j < n; j++)
                a[i, j] = T.NaN;
        }

        T[,] before = a.ToArray();
        factor(a);
        T[,] l = a.ToArray();
        Assert.True(MatrixCase.IsIntact(surroundings));
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
                Assert.Equal(T.Zero, l[i, j]);
        }

        double error = MatrixCase.Residual(
            n, n, n, (i, j) => Number(i >= j ? before[i, j] : before[j, i]), (i, k) => Number(l[i, k]), (k, j) => Number(l[j, k]));
        Assert.InRange(error, 0, (n + 1) * MatrixCase.Roundoff<T>());
    }

    private static void CheckLu<T>(int m, int n, LuFactor<T> factor, LuSolver<T> solve) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var a = MatrixCase.Random<T>(m, n, (1000 * m) + n, out var surroundings);
        T[,] before = a.ToArray();
        int k = Math.Min(m, n);
        var pivots = new int[k];
        factor(a, pivots);
        T[,] lu = a.ToArray();
        Assert.True(MatrixCase.IsIntact(surroundings));
        int[] rows = [.. Enumerable.Range(0, m)];
        for (int i = 0; i < k; i++)
            (rows[i], rows[pivots[i]]) = (rows[pivots[i]], rows[i]);
        double L(int i, int p) => p < i ? Number(lu[i, p]) : p == i ? 1 : 0;
        double U(int p, int j) => p <= j ? Number(lu[p, j]) : 0;
        Assert.InRange(MatrixCase.Residual(m, n, k, (i, j) => Number(before[rows[i], j]), L, U), 0, Math.Max(n, 1) * MatrixCase.Roundoff<T>());
        for (int i = 0; i < m; i++)
        {
            for (int p = 0; p < Math.Min(i, k); p++)
                Assert.InRange(Math.Abs(L(i, p)), 0, 1);
        }

        if (m != n || n == 0)
            return;
        foreach (int columns in (int[])[0, 1, 5])
        {
            var x = MatrixCase.Random<T>(n, columns, n + columns, out var around);
            T[,] b = x.ToArray();
            solve(lu, pivots, x);
            T[,] result = x.ToArray();
            Assert.True(MatrixCase.IsIntact(around));

            // |b − A·x| ≤ 3·n·u·|L|·|U|·|x|, row by row of P·A; |L|·|U| is at most n times the largest of |A| and U, which the floor stands for.
            double most = 0;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                    most = Math.Max(most, Math.Abs(U(i, j)));
            }

            double size = 0;
            foreach (T value in result)
                size = Math.Max(size, Math.Abs(Number(value)));
            double error = MatrixCase.Residual(
                n, columns, n, (i, j) => Number(b[i, j]), (i, p) => Number(before[i, p]), (p, j) => Number(result[p, j]), floor: n * most * size);
            Assert.InRange(error, 0, 3 * n * MatrixCase.Roundoff<T>());
        }
    }

    private static void CheckQr<T>(int m, int n, QrFactor<T> factor, QrProduct<T> multiply) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var a = MatrixCase.Random<T>(m, n, (1000 * m) + n, out var surroundings);
        T[,] before = a.ToArray();
        int k = Math.Min(m, n);
        var tau = new T[k];
        factor(a, tau);
        T[,] qr = a.ToArray();
        Assert.True(MatrixCase.IsIntact(surroundings));

        // The first k columns of Q, and Qᵀ·Q·B = B.
        var q = new T[m, k];
        for (int i = 0; i < k; i++)
            q[i, i] = T.One;
        multiply(qr, tau, q, false);
        double bound = 10 * (m + n) * MatrixCase.Roundoff<T>();
        double R(int p, int j) => p <= j ? Number(qr[p, j]) : 0;
        Assert.InRange(
            MatrixCase.Residual(m, n, k, (i, j) => Number(before[i, j]), (i, p) => Number(q[i, p]), R, floor: Math.Sqrt(m)), 0, bound);
        Assert.InRange(
            MatrixCase.Residual(k, k, m, (i, j) => i == j ? 1 : 0, (i, p) => Number(q[p, i]), (p, j) => Number(q[p, j]), floor: 1), 0, bound);
        if (m == 0)
            return;
        var b = MatrixCase.Random<T>(m, 3, 5, out var around);
        T[,] original = b.ToArray();
        multiply(qr, tau, b, true);
        multiply(qr, tau, b, false);
        Assert.True(MatrixCase.IsIntact(around));
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < 3; j++)
                Assert.InRange(Math.Abs(Number(b[i, j]) - Number(original[i, j])), 0, bound * Math.Sqrt(m));
        }
    }
}
