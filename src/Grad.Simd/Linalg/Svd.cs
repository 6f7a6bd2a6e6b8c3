using System.Numerics;
using CommunityToolkit.HighPerformance;

namespace Grad.Simd;

public static partial class SpanLinalg
{
    // Up to so many rows or columns Jacobi's rotations cost little.
    private const int FewValues = 16;

    /// <summary>
    /// The singular values, descending, and vectors of a matrix, thin: <c>A = U·diag(values)·Vᵀ</c> with k = min(m, n) values.
    /// </summary>
    /// <remarks>
    /// Householder's reduction to two diagonals, by blocks, of a matrix far from square after QR, then implicit QR steps (J. Demmel and W. Kahan, Accurate
    /// Singular Values of Bidiagonal Matrices, 1990). With k ≤ 16: QR, then Jacobi's rotations of the rows of R until all are orthogonal (J. Demmel and
    /// K. Veselić, Jacobi's Method is More Accurate than QR, 1992). The results are exact for a matrix within <c>c·(m + n)·u·‖A‖</c> of A, c a small constant,
    /// u half an ulp of one; with k ≤ 16, of a matrix with rows of very different sizes, small values are often relatively accurate too, and those
    /// below 2⁻⁴⁸⁵ (double) or 2⁻⁵¹ (float) of the largest have vectors of no meaning, though orthonormal ones. Signs are not specified, nor the bases
    /// of spaces of equal values.
    /// </remarks>
    /// <param name="a">A, m × n.</param>
    /// <param name="u">m × k, to be written: orthonormal columns.</param>
    /// <param name="values">k elements, to be written.</param>
    /// <param name="vt">k × n, to be written: orthonormal rows.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what the results hold then is of no use.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, U or Vᵀ overlap A, or A holds NaN or an infinity.</exception>
    /// <exception cref="MatrixFactorizationException">The iteration did not end, which has not been seen of finite numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree of parallelism is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Svd(
        ReadOnlySpan2D<double> a, Span2D<double> u, Span<double> values, Span2D<double> vt,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        Singular(a, u, values, vt, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    /// <inheritdoc cref="Svd(ReadOnlySpan2D{double}, Span2D{double}, Span{double}, Span2D{double}, int, CancellationToken)"/>
    public static void Svd(
        ReadOnlySpan2D<float> a, Span2D<float> u, Span<float> values, Span2D<float> vt,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        Singular(a, u, values, vt, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    private static unsafe void Singular<T>(ReadOnlySpan2D<T> a, Span2D<T> u, Span<T> values, Span2D<T> vt, TeamSize team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = a.Height, n = a.Width, k = Math.Min(m, n);
        LinalgContract.Length("Svd", nameof(values), values.Length, k);
        LinalgContract.Shape("Svd", nameof(u), u.Height, u.Width, m, k);
        LinalgContract.Shape("Svd", nameof(vt), vt.Height, vt.Width, k, n);
        LinalgContract.Disjoint<T>("Svd", a, nameof(a), u, nameof(u));
        LinalgContract.Disjoint<T>("Svd", a, nameof(a), vt, nameof(vt));
        LinalgContract.Finite("Svd", a, nameof(a));
        if (k == 0)
            return;

        // A wide matrix is taken as its transpose: A = U·Σ·Vᵀ, and Aᵀ = V·Σ·Uᵀ.
        bool isWide = m < n;
        int tall = Math.Max(m, n), stride = Scratch<T>.Stride(k);
        using Scratch<T> space = new((long)tall * stride), leftSpace = new((long)tall * stride);
        Matrix<T> work = space.Matrix(tall, k, stride, team), left = leftSpace.Matrix(tall, k, stride, team);
        MatrixView<T> aView = new(a), uView = new(u), vtView = new(vt);
        fixed (T* aStart = &aView.GetPinnableReference(), uStart = &uView.GetPinnableReference(), vtStart = &vtView.GetPinnableReference())
        {
            Matrix<T> source = new(aStart, m, n, aView.Stride), uTarget = new(uStart, m, k, uView.Stride), vtTarget = new(vtStart, k, n, vtView.Stride);
            if (isWide)
                source.TransposeTo(work);
            else
                source.CopyTo(work);
            int exponent = work.Normalize();
            using Scratch<T> rightSpace = new((long)k * stride);
            var right = rightSpace.Matrix(k, k, stride, team);
            if (k <= FewValues)
                SingularValues.ByJacobi(work, left, values, right);
            else
                SingularValues.ByBidiagonal(work, left, values, right);
            foreach (ref T value in values)
                value = T.ScaleB(value, exponent);
            if (isWide)
            {
                left.TransposeTo(vtTarget);
                right.TransposeTo(uTarget);
            }
            else
            {
                left.CopyTo(uTarget);
                right.CopyTo(vtTarget);
            }
        }
    }
}
