using System.Numerics;
using CommunityToolkit.HighPerformance;
using Grad.Simd;
using Properties.Laws;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>Products of a matrix and a vector: within the stated bound between guard pages, and the same bits wherever they stand.</summary>
[Trait("Category", "Leg")]
public class GemvLaws
{
    private static readonly int[] Lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 100, 257, 300];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Doubles_are_within_the_stated_error(bool transposed) => CheckErrors<double>(transposed);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Floats_are_within_the_stated_error(bool transposed) => CheckErrors<float>(transposed);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sum_has_the_same_bits_in_every_row_and_at_every_offset(bool transposed)
    {
        foreach (int k in (int[])[1, 5, 16, 77, 300])
        {
            const int count = 19;
            float[] x = Samples.Between<float>(-1, 1, k), row = Samples.Between<float>(-2, 1, k), y = new float[count], moved = new float[k + count];
            var a = transposed ? new float[k, count] : new float[count, k];
            for (int i = 0; i < count; i++)
            {
                for (int p = 0; p < k; p++)
                    (transposed ? ref a[p, i] : ref a[i, p]) = row[p];
            }

            for (int offset = 0; offset < count; offset++)
            {
                x.CopyTo(moved, offset);
                SpanBlas.Gemv(a, moved.AsSpan(offset, k), y, transposeA: transposed);
                Assert.All(y, value => Assert.Equal(Bits.Of(y[0]), Bits.Of(value)));
                var first = transposed ? a.AsSpan2D(0, offset, k, 1) : a.AsSpan2D(offset, 0, 1, k);
                float alone = 0;
                SpanBlas.Gemv(first, x, new Span<float>(ref alone), transposeA: transposed);
                Assert.Equal(Bits.Of(alone), Bits.Of(y[0]));
            }
        }
    }

    [Fact]
    public void The_sums_of_a_transpose_are_those_of_Gemm()
    {
        CheckSums<double>();
        CheckSums<float>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_beta_zero_y_is_forgotten_and_with_alpha_zero_A_and_x_are_not_read(bool transposed)
    {
        double[,] ones = new double[9, 9], nothing = new double[9, 9];
        ones.AsSpan2D().Fill(1);
        nothing.AsSpan2D().Fill(double.NaN);
        double[] x = [1, 1, 1, 1, 1, 1, 1, 1, 1], y = new double[9];
        Array.Fill(y, double.NaN);
        SpanBlas.Gemv(ones, x, y, alpha: 2, transposeA: transposed);
        Assert.All(y, value => Assert.Equal(18, value));
        SpanBlas.Gemv(nothing, x, y, alpha: 0, beta: 0.5, transposeA: transposed);
        Assert.All(y, value => Assert.Equal(9, value));
        SpanBlas.Gemv(new double[transposed ? 0 : 9, transposed ? 9 : 0], [], y, transposeA: transposed);
        Assert.All(y, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Bad_calls_are_refused()
    {
        var a = new double[2, 3];
        double[] x = new double[3], y = new double[2];
        var length = Assert.Throws<ArgumentException>("x", () => SpanBlas.Gemv(a, y, y));
        Assert.All((string[])["Gemv", "2×3", "x of 2", "y of 2"], word => Assert.Contains(word, length.Message, StringComparison.Ordinal));
        var result = Assert.Throws<ArgumentException>("y", () => SpanBlas.Gemv(a, y, y, transposeA: true));
        Assert.Contains("3×2", result.Message, StringComparison.Ordinal);
        var overlap = Assert.Throws<ArgumentException>("y", () => SpanBlas.Gemv(new double[3, 3], x, x));
        Assert.Contains("share memory", overlap.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("y", () => SpanBlas.Gemv(a, x, a.AsSpan2D().GetRowSpan(1)[..2]));
    }

    // Over the blocks of a sum, the rows that are taken together, and the stretches of the columns.
    private static void CheckSums<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (k, n) in ((int, int)[])[(1, 9), (7, 1031), (15, 2049), (256, 2055), (300, 4100), (513, 40)])
        {
            T[] a = Samples.Between<T>(-1, 1, k * n), x = Samples.Between<T>(-2, 1, k), twice = [.. x, .. x];
            T[] y = Samples.Between<T>(-1, 2, n), both = [.. y, .. y];
            var matrix = new Span2D<T>(a, k, n);
            foreach (double beta in (double[])[0, 0.75])
            {
                Blas.Gemv<T>(matrix, x, y, 1.5, beta, true);
                Blas.Gemm<T>(new Span2D<T>(twice, 2, k), matrix, new Span2D<T>(both, 2, n), 1.5, beta, false, false);
                for (int i = 0; i < n; i++)
                    Assert.True(Bits.Same(both[n + i], y[i]), $"{k}×{n}, beta {beta}: [{i}] has other bits than Gemm's.");
            }
        }
    }

    private static void CheckErrors<T>(bool transposed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(3);
        T draw() => T.CreateChecked((random.NextDouble() - 0.45) * Math.ScaleB(1, random.Next(-9, 9)));
        using GuardedMemory<T> xs = new(300), ys = new(300);
        foreach (int rows in Lengths)
        {
            foreach (int columns in Lengths)
            {
                using var a = new GuardedMatrix<T>(rows, columns, rows % 3, columns % 2 == 0, draw);
                Span<T> x = xs.Take(transposed ? rows : columns, rows % 2 == 0), y = ys.Take(transposed ? columns : rows, rows % 2 != 0);
                foreach (ref T element in x)
                    element = draw();
                foreach (ref T element in y)
                    element = draw();
                T[] old = y.ToArray();
                var (alpha, beta) = ((rows + columns) % 2 == 0 ? 1 : -0.75, rows % 2 == 0 ? 0 : 1.25);
                Blas.Gemv(a.View, x, y, alpha, beta, transposed);
                int roundings = transposed ? Math.Min(rows, GemmLoop<T>.DepthBlock) + rows / GemmLoop<T>.DepthBlock + 4 : columns / 2 + 8;
                for (int i = 0; i < y.Length; i++)
                {
                    DoubleDouble sum = DoubleDouble.Product(beta, double.CreateChecked(old[i]));
                    double magnitude = Math.Abs(sum.Hi);
                    for (int p = 0; p < x.Length; p++)
                    {
                        var term = DoubleDouble.Product(double.CreateChecked(transposed ? a[p, i] : a[i, p]), double.CreateChecked(x[p])) * alpha;
                        (sum, magnitude) = (sum + term, magnitude + Math.Abs(term.Hi));
                    }

                    double error = Math.Abs((sum - double.CreateChecked(y[i])).Hi), allowed = Rounding.Bound<T>(roundings, magnitude);
                    Assert.True(error <= allowed, $"{rows}×{columns}, transposed {transposed}: [{i}] is off by {error}, allowed {allowed}.");
                }
            }
        }
    }
}
