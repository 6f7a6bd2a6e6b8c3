using System.Numerics;
using CommunityToolkit.HighPerformance;

namespace Grad.Simd;

public static partial class SpanLinalg
{
    /// <summary>
    /// The factors of <c>A = Q·R</c> by Householder's reflections, in place: R on and above the diagonal, below it the vectors of the reflections
    /// <c>I − τ·v·vᵀ</c>, whose element on the diagonal is one.
    /// </summary>
    /// <remarks>
    /// Blocks of reflections are applied as products (R. Schreiber and C. Van Loan, A Storage-Efficient WY Representation, 1989). There is an orthogonal Q
    /// with <c>‖A − Q·R‖ ≤ c·m·n·u·‖A‖</c> column by column, c a small constant (Higham 2002, theorem 19.4).
    /// </remarks>
    /// <param name="a">A, m × n; then R and the vectors.</param>
    /// <param name="tau">Min(m, n) factors τ.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what A holds then is of no use.</param>
    /// <exception cref="ArgumentException">tau has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree of parallelism is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Qr(Span2D<double> a, Span<double> tau, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        FactorQr(a, tau, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    /// <inheritdoc cref="Qr(Span2D{double}, Span{double}, int, CancellationToken)"/>
    public static void Qr(Span2D<float> a, Span<float> tau, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        FactorQr(a, tau, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    /// <summary><c>Q·B</c> or <c>Qᵀ·B</c>, in place of B.</summary>
    /// <param name="qr">What <c>Qr</c> left of A, m × n.</param>
    /// <param name="tau">Its factors.</param>
    /// <param name="b">B, m × k; then the product. For the first k columns of Q, the identity.</param>
    /// <param name="transpose">Whether Qᵀ is meant.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what B holds then is of no use.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or B overlaps the factors.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree of parallelism is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void QrMultiply(
        ReadOnlySpan2D<double> qr, ReadOnlySpan<double> tau, Span2D<double> b, bool transpose = false,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        MultiplyQr(qr, tau, b, transpose, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    /// <inheritdoc cref="QrMultiply(ReadOnlySpan2D{double}, ReadOnlySpan{double}, Span2D{double}, bool, int, CancellationToken)"/>
    public static void QrMultiply(
        ReadOnlySpan2D<float> qr, ReadOnlySpan<float> tau, Span2D<float> b, bool transpose = false,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        MultiplyQr(qr, tau, b, transpose, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    private static unsafe void FactorQr<T>(Span2D<T> a, Span<T> tau, TeamSize team) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LinalgContract.Length("Qr", nameof(tau), tau.Length, Math.Min(a.Height, a.Width));
        var view = new MatrixView<T>(a);
        fixed (T* start = &view.GetPinnableReference())
            Reflections.Factor(new Matrix<T>(start, a.Height, a.Width, view.Stride, team), tau);
    }

    private static unsafe void MultiplyQr<T>(ReadOnlySpan2D<T> qr, ReadOnlySpan<T> tau, Span2D<T> b, bool transpose, TeamSize team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LinalgContract.Length("QrMultiply", nameof(tau), tau.Length, Math.Min(qr.Height, qr.Width));
        LinalgContract.Shape("QrMultiply", nameof(b), b.Height, b.Width, qr.Height, b.Width);
        LinalgContract.Disjoint<T>("QrMultiply", qr, nameof(qr), b, nameof(b));
        MatrixView<T> view = new(qr), target = new(b);
        fixed (T* start = &view.GetPinnableReference(), bStart = &target.GetPinnableReference())
        {
            Reflections.Multiply(
                new Matrix<T>(start, qr.Height, qr.Width, view.Stride), tau, new Matrix<T>(bStart, b.Height, b.Width, target.Stride, team), transpose);
        }
    }
}
