using System.Numerics;
using CommunityToolkit.HighPerformance;
using Grad.Simd;
using Xunit;

namespace Properties.Kernels.Linalg;

/// <summary>Eigenvalues and singular values: the product of the parts is the matrix, vectors are orthonormal, values are known ones.</summary>
[Trait("Category", "Leg")]
public class SpectralLaws
{
    private static readonly int[] s_sizes = [0, 1, 2, 3, 5, 8, 17, 33, 34, 64, 65, 100, 200, 300];

    [Fact]
    public void Eigenvectors_take_a_matrix_apart()
    {
        foreach (int n in s_sizes)
        {
            foreach (var (name, a) in Symmetric(n))
            {
                CheckEigen<double>(name, a, SpanLinalg.SymmetricEigen);
                CheckEigen<float>(name, a, SpanLinalg.SymmetricEigen);
            }
        }
    }

    [Fact]
    public void Eigenvectors_take_a_large_matrix_apart()
    {
        double[,] a = Symmetric(1000).First().Matrix;
        CheckEigen<double>("random", a, SpanLinalg.SymmetricEigen);
        CheckEigen<float>("random", a, SpanLinalg.SymmetricEigen);
    }

    [Fact]
    public void Singular_vectors_take_a_matrix_apart()
    {
        foreach (var (m, n) in s_sizes.Select(n => (n, n)).Concat([(40, 7), (7, 40), (100, 33), (33, 100), (100, 80), (80, 100), (5, 0), (0, 5), (1, 50), (50, 1)]))
        {
            foreach (var (name, a) in General(m, n))
            {
                CheckSvd<double>(name, a, SpanLinalg.Svd);
                CheckSvd<float>(name, a, SpanLinalg.Svd);
            }
        }
    }

    [Fact]
    public void Singular_vectors_take_a_large_matrix_apart()
    {
        foreach (var (m, n) in ((int, int)[])[(1000, 1000), (1000, 400), (400, 500)])
        {
            double[,] a = General(m, n).First().Matrix;
            CheckSvd<double>("random", a, SpanLinalg.Svd);
            CheckSvd<float>("random", a, SpanLinalg.Svd);
        }
    }

    [Fact]
    public void The_second_difference_has_its_known_values()
    {
        const int n = 50;
        var a = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            a[i, i] = 2;
            if (i > 0)
                a[i, i - 1] = -1;
        }

        var values = new double[n];
        SpanLinalg.SymmetricEigen(a, values, new double[n, n]);
        for (int k = 0; k < n; k++)
            Assert.Equal(2 - (2 * Math.Cos(Math.PI * (k + 1) / (n + 1))), values[k], 1e-14);
    }

    [Fact]
    public void Sizes_far_from_one_neither_overflow_nor_vanish()
    {
        foreach (double scale in (double[])[1e300, 1e-300, double.Epsilon * 1024])
        {
            double[,] a = { { 2 * scale, scale }, { scale, 2 * scale } };
            double[] values = new double[2];
            SpanLinalg.SymmetricEigen(a, values, new double[2, 2]);
            Assert.Equal([1.0, 3.0], Array.ConvertAll(values, value => Math.Round(value / scale, 10)));
            SpanLinalg.Svd(a, new double[2, 2], values, new double[2, 2]);
            Assert.Equal([3.0, 1.0], Array.ConvertAll(values, value => Math.Round(value / scale, 10)));
        }
    }

    [Fact]
    public void Small_singular_values_of_graded_rows_are_relatively_accurate()
    {
        // Rows of an orthogonal matrix, each scaled: the scales are the singular values.
        double c = Math.Cos(1), s = Math.Sin(1);
        double[,] a = { { c, s }, { -s * 1e-100, c * 1e-100 } };
        var values = new double[2];
        SpanLinalg.Svd(a, new double[2, 2], values, new double[2, 2]);
        Assert.Equal(1, values[0], 1e-15);
        Assert.Equal(1, values[1] / 1e-100, 1e-14);
    }

    [Fact]
    public void Bad_calls_are_refused()
    {
        Assert.Throws<ArgumentException>("a", () => SpanLinalg.SymmetricEigen(new double[2, 3], new double[2], new double[2, 2]));
        Assert.Throws<ArgumentException>("values", () => SpanLinalg.SymmetricEigen(new double[2, 2], new double[3], new double[2, 2]));
        Assert.Throws<ArgumentException>("vectors", () => SpanLinalg.SymmetricEigen(new double[2, 2], new double[2], new double[2, 3]));
        double[,] bad = { { 1, 0 }, { double.NaN, 1 } };
        var error = Assert.Throws<ArgumentException>("a", () => SpanLinalg.SymmetricEigen(bad, new double[2], new double[2, 2]));
        Assert.Contains("a[1, 0] is NaN", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("a", () => SpanLinalg.Svd(bad, new double[2, 2], new double[2], new double[2, 2]));
        Assert.Throws<ArgumentException>("u", () => SpanLinalg.Svd(new double[4, 2], new double[4, 4], new double[2], new double[2, 2]));
        Assert.Throws<ArgumentException>("vt", () => SpanLinalg.Svd(new double[4, 2], new double[4, 2], new double[2], new double[4, 2]));
    }

    private delegate void EigenSolver<T>(ReadOnlySpan2D<T> a, Span<T> values, Span2D<T> vectors, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default);

    private delegate void SvdSolver<T>(ReadOnlySpan2D<T> a, Span2D<T> u, Span<T> values, Span2D<T> vt, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default);

    private static double Number<T>(T x) where T : IBinaryFloatingPointIeee754<T> => double.CreateChecked(x);

    private static IEnumerable<(string Name, double[,] Matrix)> General(int m, int n)
    {
        yield return ("random", MatrixCase.Random<double>(m, n, m + n, out _).ToArray());
        yield return ("zeros", new double[m, n]);
        var rankOne = new double[m, n];
        var graded = MatrixCase.Random<double>(m, n, m - n, out _).ToArray();
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                rankOne[i, j] = (i + 1.0) * (j % 3);
                graded[i, j] *= Math.ScaleB(1, -(i + j) % 60);
            }
        }

        yield return ("rank one", rankOne);
        yield return ("graded", graded);
    }

    private static IEnumerable<(string Name, double[,] Matrix)> Symmetric(int n)
    {
        foreach (var (name, a) in General(n, n))
            yield return (name, a);
        var wilkinson = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            wilkinson[i, i] = Math.Abs(i - (n / 2));
            if (i > 0)
                wilkinson[i, i - 1] = 1;
        }

        yield return ("Wilkinson's", wilkinson);
    }

    private static T[,] Cast<T>(double[,] a) where T : IBinaryFloatingPointIeee754<T>
    {
        var result = new T[a.GetLength(0), a.GetLength(1)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
                result[i, j] = T.CreateChecked(a[i, j]);
        }

        return result;
    }

    private static double Norm<T>(T[,] a) where T : IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T x in a)
            sum += Number(x) * Number(x);
        return Math.Sqrt(sum);
    }

    private static void CheckEigen<T>(string name, double[,] matrix, EigenSolver<T> solve) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = matrix.GetLength(0);
        T[,] a = Cast<T>(matrix), v = new T[n, n];
        var values = new T[n];
        solve(a, values, v);
        Assert.True(values.Zip(values.Skip(1)).All(pair => pair.First <= pair.Second), name);
        double bound = 10 * n * MatrixCase.Roundoff<T>();

        // A·v = λ·v: the terms of A·v beside −λ·v.
        double norm = 2 * Norm(a);
        double error = MatrixCase.Residual(
            n, n, n, (i, j) => Number(values[j]) * Number(v[i, j]), (i, k) => Number(i >= k ? a[i, k] : a[k, i]), (k, j) => Number(v[k, j]), floor: norm);
        Assert.True(error <= bound, $"{name}, {typeof(T).Name}, n = {n}: residual {error / MatrixCase.Roundoff<T>():F1} u");
        CheckOrthonormal(name, n, n, (i, k) => Number(v[k, i]), bound);
    }

    private static void CheckSvd<T>(string name, double[,] matrix, SvdSolver<T> solve) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = matrix.GetLength(0), n = matrix.GetLength(1), k = Math.Min(m, n);
        T[,] a = Cast<T>(matrix), u = new T[m, k], vt = new T[k, n];
        var values = new T[k];
        solve(a, u, values, vt);
        Assert.True(values.Zip(values.Skip(1)).All(pair => pair.First >= pair.Second) && values.All(value => value >= T.Zero), name);
        double bound = 10 * (m + n) * MatrixCase.Roundoff<T>();
        double error = MatrixCase.Residual(
            m, n, k, (i, j) => Number(a[i, j]), (i, p) => Number(u[i, p]) * Number(values[p]), (p, j) => Number(vt[p, j]), floor: Norm(a));
        Assert.True(error <= bound, $"{name}, {typeof(T).Name}, {m}×{n}: residual {error / MatrixCase.Roundoff<T>():F1} u");
        CheckOrthonormal(name, k, m, (i, p) => Number(u[p, i]), bound);
        CheckOrthonormal(name, k, n, (i, p) => Number(vt[i, p]), bound);
    }

    private static void CheckOrthonormal(string name, int count, int length, Func<int, int, double> vector, double bound)
    {
        double error = MatrixCase.Residual(count, count, length, (i, j) => i == j ? 1 : 0, vector, (p, j) => vector(j, p), floor: 1);
        Assert.True(error <= bound, $"{name}: {count} vectors of {length} are off being orthonormal by {error:E1}, bound {bound:E1}");
    }
}
