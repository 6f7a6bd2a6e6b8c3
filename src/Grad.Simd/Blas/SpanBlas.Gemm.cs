using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance;

namespace Grad.Simd;

/// <summary>Products of matrices and vectors in memory, for <see cref="float"/> and <see cref="double"/>.</summary>
public static partial class SpanBlas
{
    /// <summary><c>C = alpha·op(A)·op(B) + beta·C</c>, where op is the matrix itself or its transpose.</summary>
    /// <remarks>
    /// <para>
    /// With beta = 0, C is only written: what stood in it is forgotten, NaN included. With alpha = 0, or where the sums have no terms, A and B
    /// are not read and C is scaled by beta alone. Otherwise NaN and infinities of A and B spread as IEEE 754 has them.
    /// </para>
    /// <para>
    /// Each sum takes its terms in one order, a function of their number k alone: blocks of at most 512 terms, which are added up one by one,
    /// are added to C one after the other. So an element has the same bits wherever it stands, and whatever the other lengths, strides
    /// and transposes are. Where the hardware has a fused multiply-add, terms are fused. To first order, short of underflow and overflow,
    /// <c>|error| ≤ (min(k, 512) + k/512 + 4)·u·(|alpha|·|op(A)|·|op(B)| + |beta|·|C|)</c>, u half an ulp of one.
    /// </para>
    /// </remarks>
    /// <param name="a">A: m × k, or k × m if it is transposed.</param>
    /// <param name="b">B: k × n, or n × k if it is transposed.</param>
    /// <param name="c">C: m × n; shares no element with A or B.</param>
    /// <param name="alpha">The factor of the product.</param>
    /// <param name="beta">The factor of what stands in C.</param>
    /// <param name="transposeA">Whether op(A) is the transpose.</param>
    /// <param name="transposeB">Whether op(B) is the transpose.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what C holds then is of no use.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or C overlaps A or B.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree of parallelism is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Gemm(
        ReadOnlySpan2D<double> a,
        ReadOnlySpan2D<double> b,
        Span2D<double> c,
        double alpha = 1,
        double beta = 0,
        bool transposeA = false,
        bool transposeB = false,
        int maxDegreeOfParallelism = 1,
        CancellationToken cancellationToken = default) =>
        Multiply(new(a), new(b), new(c), alpha, beta, transposeA, transposeB, maxDegreeOfParallelism, cancellationToken);

    /// <inheritdoc cref="Gemm(ReadOnlySpan2D{double}, ReadOnlySpan2D{double}, Span2D{double}, double, double, bool, bool, int, CancellationToken)"/>
    public static void Gemm(
        ReadOnlySpan2D<float> a,
        ReadOnlySpan2D<float> b,
        Span2D<float> c,
        float alpha = 1,
        float beta = 0,
        bool transposeA = false,
        bool transposeB = false,
        int maxDegreeOfParallelism = 1,
        CancellationToken cancellationToken = default) =>
        Multiply(new(a), new(b), new(c), alpha, beta, transposeA, transposeB, maxDegreeOfParallelism, cancellationToken);

    [SkipLocalsInit]
    private static unsafe void Multiply<T>(
        MatrixView<T> a, MatrixView<T> b, MatrixView<T> c, T alpha, T beta, bool transposeA, bool transposeB, int degree = 1, CancellationToken token = default)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 1, "maxDegreeOfParallelism");
        BlasContract.Shapes("Gemm", (a.Rows, a.Columns), transposeA, (b.Rows, b.Columns), transposeB, (c.Rows, c.Columns));
        BlasContract.Disjoint("Gemm", in a, nameof(a), in c, nameof(c));
        BlasContract.Disjoint("Gemm", in b, nameof(b), in c, nameof(c));
        fixed (T* aStart = &a.GetPinnableReference(), bStart = &b.GetPinnableReference(), cStart = &c.GetPinnableReference())
        {
            var product = new Product<T>
            {
                Rows = c.Rows,
                Columns = c.Columns,
                Depth = transposeA ? a.Rows : a.Columns,
                A = aStart,
                ARow = transposeA ? 1 : a.Stride,
                AColumn = transposeA ? a.Stride : 1,
                B = bStart,
                BRow = transposeB ? 1 : b.Stride,
                BColumn = transposeB && b.Rows > 1 ? b.Stride : 1,
                C = cStart,
                CRow = c.Stride,
                Alpha = alpha,
                Beta = beta,
            };
            Simd.Gemm.Run(in product, degree: degree, token: token);
        }
    }
}
