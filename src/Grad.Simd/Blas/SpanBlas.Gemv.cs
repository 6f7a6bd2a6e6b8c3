using CommunityToolkit.HighPerformance;

namespace Grad.Simd;

public static partial class SpanBlas
{
    /// <summary><c>y = alpha·op(A)·x + beta·y</c>, where op is the matrix itself or its transpose.</summary>
    /// <remarks>
    /// <para>
    /// With beta = 0, y is only written: what stood in it is forgotten, NaN included. With alpha = 0, or where the sums have no terms, A and x
    /// are not read and y is scaled by beta alone. Otherwise NaN and infinities of A and x spread as IEEE 754 has them.
    /// </para>
    /// <para>
    /// The order of each sum is a function of its number of terms k alone; for the transpose it is that of <c>Gemm</c>, for the matrix itself
    /// each row has two sums of lanes. To first order, short of underflow and overflow,
    /// <c>|error| ≤ (k/2 + 8)·u·(|alpha|·|A|·|x| + |beta|·|y|)</c> for the matrix itself and Gemm's bound for the transpose.
    /// </para>
    /// </remarks>
    /// <param name="a">A.</param>
    /// <param name="x">As many elements as op(A) has columns.</param>
    /// <param name="y">As many elements as op(A) has rows; shares none with A or x.</param>
    /// <param name="alpha">The factor of the product.</param>
    /// <param name="beta">The factor of what stands in y.</param>
    /// <param name="transposeA">Whether op(A) is the transpose.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what y holds then is of no use.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or y overlaps A or x.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree of parallelism is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Gemv(
        ReadOnlySpan2D<double> a, ReadOnlySpan<double> x, Span<double> y, double alpha = 1, double beta = 0, bool transposeA = false,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        Multiply(new(a), new(x), new(y), alpha, beta, transposeA, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    /// <inheritdoc cref="Gemv(ReadOnlySpan2D{double}, ReadOnlySpan{double}, Span{double}, double, double, bool, int, CancellationToken)"/>
    public static void Gemv(
        ReadOnlySpan2D<float> a, ReadOnlySpan<float> x, Span<float> y, float alpha = 1, float beta = 0, bool transposeA = false,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        Multiply(new(a), new(x), new(y), alpha, beta, transposeA, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    private static unsafe void Multiply<T>(MatrixView<T> a, MatrixView<T> x, MatrixView<T> y, T alpha, T beta, bool transposeA, TeamSize team)
        where T : unmanaged
    {
        BlasContract.Shapes("Gemv", (a.Rows, a.Columns), transposeA, x.Columns, y.Columns);
        BlasContract.Disjoint("Gemv", in a, nameof(a), in y, nameof(y));
        BlasContract.Disjoint("Gemv", in x, nameof(x), in y, nameof(y));
        fixed (T* aStart = &a.GetPinnableReference(), xStart = &x.GetPinnableReference(), yStart = &y.GetPinnableReference())
        {
            if (transposeA || x.Columns == 0 || y.Columns == 0 || Scalar.ToDouble(alpha) == 0)
            {
                // A row times a matrix.
                Simd.Gemm.Run(new Product<T>
                {
                    Rows = 1,
                    Columns = y.Columns,
                    Depth = x.Columns,
                    A = xStart,
                    ARow = x.Columns,
                    AColumn = 1,
                    B = aStart,
                    BRow = a.Stride,
                    BColumn = 1,
                    C = yStart,
                    CRow = y.Columns,
                    Alpha = alpha,
                    Beta = beta,
                }, degree: team.Degree, token: team.Token);
                return;
            }

            RowDotPieces<T>.Run(aStart, a.Stride, a.Rows, a.Columns, xStart, yStart, alpha, beta, team);
        }
    }
}
