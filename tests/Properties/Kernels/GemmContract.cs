using CommunityToolkit.HighPerformance;
using Grad.Simd;
using Xunit;

namespace Properties.Kernels;

/// <summary>What products of matrices refuse, and with which words.</summary>
[Trait("Category", "Leg")]
public class GemmContract
{
    [Fact]
    public void Bad_shapes_are_refused()
    {
        double[,] a = new double[2, 3], b = new double[4, 5], c = new double[2, 5];
        var inner = Assert.Throws<ArgumentException>("b", () => SpanBlas.Gemm(a, b, c));
        Assert.All((string[])["Gemm", "2×3", "4×5", "2×5", "columns of op(A)"], word => Assert.Contains(word, inner.Message, StringComparison.Ordinal));
        var outer = Assert.Throws<ArgumentException>("c", () => SpanBlas.Gemm(a, new double[5, 3], c.AsSpan2D(0, 0, 1, 5), transposeB: true));
        Assert.All((string[])["2×3", "5×3 (transposed)", "1×5", "2×5"], word => Assert.Contains(word, outer.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Layouts_that_lead_out_of_their_span_are_refused()
    {
        MatrixLayout square = new(2, 1, 0, 4);
        float[] a = new float[8], c = new float[8];
        SpanBlas.GemmBatch<float>(2, 2, 2, 2, a, square, a, square, c);
        foreach (var bad in (MatrixLayout[])[square with { Offset = 1 }, square with { Batch = 5 }, square with { Row = 3 }, square with { Column = 2 }])
        {
            Assert.Throws<ArgumentException>("a", () => SpanBlas.GemmBatch<float>(2, 2, 2, 2, a, bad, a, square, c));
            var refusal = Assert.Throws<ArgumentException>("b", () => SpanBlas.GemmBatch<float>(2, 2, 2, 2, a, square, a, bad, c));
            Assert.Contains("it holds 8", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>("a", () => SpanBlas.GemmBatch<float>(2, 2, 2, 2, a, square with { Row = -2 }, a, square, c));
        Assert.Throws<ArgumentOutOfRangeException>("batch", () => SpanBlas.GemmBatch<float>(2, 2, 2, -1, a, square, a, square, c));
        Assert.Throws<ArgumentException>("c", () => SpanBlas.GemmBatch<float>(2, 2, 2, 2, a, square, a, square, c.AsSpan(1)));
        Assert.Throws<ArgumentException>("destination", () => SpanBlas.GemmBatch<float>(2, 2, 2, 2, a, square, c, square, c));
    }

    [Fact]
    public void C_may_lie_beside_A_and_B_but_not_over_them()
    {
        double[,] all = new double[6, 9];
        foreach (var (first, second) in ((int, int)[])[(0, 0), (0, 2), (2, 0)])
        {
            var overlap = Assert.Throws<ArgumentException>(
                "c", () => SpanBlas.Gemm(all.AsSpan2D(0, first, 3, 3), new double[3, 3], all.AsSpan2D(2, second, 3, 3)));
            Assert.Contains("share memory", overlap.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(
                "c", () => SpanBlas.Gemm(new double[3, 3], all.AsSpan2D(0, first, 3, 3), all.AsSpan2D(2, second, 3, 3)));
        }

        all.AsSpan2D(0, 0, 6, 6).Fill(1);
        SpanBlas.Gemm(all.AsSpan2D(0, 0, 6, 3), all.AsSpan2D(0, 3, 3, 3), all.AsSpan2D(0, 6, 6, 3));
        Assert.All(all.AsSpan2D(0, 6, 6, 3).ToArray().Cast<double>(), x => Assert.Equal(3, x));
        SpanBlas.Gemm(all.AsSpan2D(0, 0, 3, 9), new double[9, 9], all.AsSpan2D(3, 0, 3, 9));
    }
}
