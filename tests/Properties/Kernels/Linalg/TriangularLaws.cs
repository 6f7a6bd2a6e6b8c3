using System.Numerics;
using CommunityToolkit.HighPerformance;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels.Linalg;

/// <summary>Triangular solves, symmetric products and the small routines of BLAS.</summary>
[Trait("Category", "Leg")]
public class TriangularLaws
{
    private static readonly bool[] s_flags = [false, true];

    [Fact]
    public void Trsm_is_within_its_bound()
    {
        foreach (int n in MatrixCase.Sizes)
        {
            foreach (int columns in (int[])[0, 1, 7, 40])
            {
                for (int flags = 0; flags < 16; flags++)
                {
                    CheckTrsm<double>(n, columns, flags, SpanBlas.Trsm);
                    CheckTrsm<float>(n, columns, flags, SpanBlas.Trsm);
                }
            }
        }
    }

    [Fact]
    public void Syrk_and_Symm_have_the_sums_of_Gemm()
    {
        foreach (int n in MatrixCase.Sizes.Where(n => n <= 129))
        {
            foreach (int k in (int[])[0, 1, 30])
            {
                foreach (bool transposed in s_flags)
                {
                    foreach (bool lower in s_flags)
                        CheckSyrk(n, k, transposed, lower);
                }

                foreach (bool right in s_flags)
                {
                    foreach (bool lower in s_flags)
                        CheckSymm(n, k, right, lower);
                }
            }
        }
    }

    [Fact]
    public void Axpy_Scal_and_Ger_are_what_they_say()
    {
        double[] x = [1, 2, 3], y = [10, 20, 30];
        SpanBlas.Axpy(2, x, y);
        Assert.Equal([12.0, 24, 36], y);
        SpanBlas.Scal(0.5, y.AsSpan());
        Assert.Equal([6.0, 12, 18], y);
        double[,] a = { { 1, 1, 1 }, { 2, 2, 2 } };
        SpanBlas.Ger(2, [1.0, 10.0], x, a);
        Assert.Equal([3.0, 5, 7, 22, 42, 62], a.Cast<double>());
        float[] f = [1, 2], g = [3, 4];
        SpanBlas.Axpy(-1f, f, g);
        Assert.Equal([2f, 2f], g);
        Assert.Throws<ArgumentException>("y", () => SpanBlas.Axpy(1.0, x, new double[2]));
        Assert.Throws<ArgumentException>(() => SpanBlas.Ger(1, x, x, new double[2, 3]));
    }

    [Fact]
    public void Bad_shapes_are_refused()
    {
        Assert.Throws<ArgumentException>("a", () => SpanBlas.Trsm(new double[2, 3], new double[2, 2], lower: true));
        Assert.Throws<ArgumentException>("b", () => SpanBlas.Trsm(new double[2, 2], new double[3, 2], lower: true));
        Assert.Throws<ArgumentException>("b", () => SpanBlas.Trsm(new double[2, 2], new double[2, 3], lower: true, right: true));
        var shared = new double[2, 2];
        Assert.Throws<ArgumentException>("b", () => SpanBlas.Trsm(shared, shared, lower: true));
        Assert.Throws<ArgumentException>("c", () => SpanBlas.Syrk(new double[2, 3], new double[3, 3]));
        Assert.Throws<ArgumentException>("a", () => SpanBlas.Symm(new double[2, 3], new double[3, 3], new double[2, 3]));
    }

    private delegate void Solver<T>(ReadOnlySpan2D<T> a, Span2D<T> b, bool lower, bool transposeA, bool unit, bool right, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default);

    private static double Number<T>(T x) where T : IBinaryFloatingPointIeee754<T> => double.CreateChecked(x);

    private static void CheckTrsm<T>(int n, int columns, int flags, Solver<T> solve) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool lower = (flags & 1) != 0, transposed = (flags & 2) != 0, unit = (flags & 4) != 0, right = (flags & 8) != 0;
        var a = MatrixCase.Random<T>(n, n, n, out _);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                // What is not to be read is NaN.
                bool isRead = lower ? j < i : j > i;
                a[i, j] = i == j ? (unit ? T.NaN : T.CreateChecked(3)) : isRead ? a[i, j] / T.CreateChecked(Math.Sqrt(n)) : T.NaN;
            }
        }

        T[,] matrix = a.ToArray();
        var b = right ? MatrixCase.Random<T>(columns, n, 1, out var around) : MatrixCase.Random<T>(n, columns, 1, out around);
        T[,] before = b.ToArray();
        solve(a, b, lower, transposed, unit, right);
        T[,] x = b.ToArray();
        Assert.True(MatrixCase.IsIntact(around));
        double A(int i, int j)
        {
            var (row, column) = transposed ? (j, i) : (i, j);
            return row == column ? (unit ? 1 : Number(matrix[row, column])) : (lower ? column < row : column > row) ? Number(matrix[row, column]) : 0;
        }

        double error = right
            ? MatrixCase.Residual(columns, n, n, (i, j) => Number(before[i, j]), (i, k) => Number(x[i, k]), A)
            : MatrixCase.Residual(n, columns, n, (i, j) => Number(before[i, j]), A, (k, j) => Number(x[k, j]));
        Assert.InRange(error, 0, n * MatrixCase.Roundoff<T>());
    }

    private static void CheckSyrk(int n, int k, bool transposed, bool lower)
    {
        var a = transposed ? MatrixCase.Random<double>(k, n, 1, out _).ToArray() : MatrixCase.Random<double>(n, k, 1, out _).ToArray();
        var c = MatrixCase.Random<double>(n, n, 2, out var around);
        double[,] whole = c.ToArray(), before = c.ToArray();
        SpanBlas.Gemm(a, a, whole, 1.5, 0.5, transposed, !transposed);
        SpanBlas.Syrk(a, c, 1.5, 0.5, lower, transposed);
        Assert.True(MatrixCase.IsIntact(around));
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                Assert.Equal(Bits.Of((lower ? j <= i : j >= i) ? whole[i, j] : before[i, j]), Bits.Of(c[i, j]));
        }
    }

    private static void CheckSymm(int n, int k, bool right, bool lower)
    {
        double[,] a = MatrixCase.Random<double>(n, n, 3, out _).ToArray(), whole = (double[,])a.Clone();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                whole[i, j] = whole[j, i] = lower ? a[i, j] : a[j, i];
                (lower ? ref a[j, i] : ref a[i, j]) = double.NaN;
            }
        }

        double[,] b = (right ? MatrixCase.Random<double>(k, n, 4, out _) : MatrixCase.Random<double>(n, k, 4, out _)).ToArray();
        double[,] c = (double[,])b.Clone(), expected = (double[,])b.Clone();
        SpanBlas.Gemm(right ? b : whole, right ? whole : b, expected, -2, 1);
        SpanBlas.Symm(a, b, c, -2, 1, lower, right);
        Assert.Equal(expected.Cast<double>().Select(Bits.Of), c.Cast<double>().Select(Bits.Of));
    }
}
