using System.Numerics;
using CommunityToolkit.HighPerformance;

namespace Grad.Simd;

public static partial class SpanLinalg
{
    /// <summary>
    /// The eigenvalues, ascending, and orthonormal eigenvectors of a symmetric matrix: <c>A = V·diag(values)·Vᵀ</c>.
    /// </summary>
    /// <remarks>
    /// Householder's reduction to tridiagonal form, by blocks, then implicit QR steps with Wilkinson's shift (G. Golub and C. Van Loan, Matrix Computations,
    /// 4th ed., 8.3), whose rotations are gathered before they turn the vectors. The results are exact for a matrix within <c>c·n·u·‖A‖</c> of A, c a small constant, u half an ulp of one. The sign of a vector is not
    /// specified, nor the basis of a space of equal values.
    /// </remarks>
    /// <param name="a">A, n × n, of which the lower triangle is read.</param>
    /// <param name="values">n elements, to be written.</param>
    /// <param name="vectors">n × n, to be written: the vectors are its columns. May be A itself.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what the results hold then is of no use.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or A holds NaN or an infinity.</exception>
    /// <exception cref="MatrixFactorizationException">The iteration did not end, which has not been seen of finite numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree of parallelism is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void SymmetricEigen(
        ReadOnlySpan2D<double> a, Span<double> values, Span2D<double> vectors,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        Eigen(a, values, vectors, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    /// <inheritdoc cref="SymmetricEigen(ReadOnlySpan2D{double}, Span{double}, Span2D{double}, int, CancellationToken)"/>
    public static void SymmetricEigen(
        ReadOnlySpan2D<float> a, Span<float> values, Span2D<float> vectors,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        Eigen(a, values, vectors, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    private static unsafe void Eigen<T>(ReadOnlySpan2D<T> a, Span<T> values, Span2D<T> vectors, TeamSize team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = a.Height;
        LinalgContract.Square("SymmetricEigen", a.Height, a.Width, nameof(a));
        LinalgContract.Length("SymmetricEigen", nameof(values), values.Length, n);
        LinalgContract.Shape("SymmetricEigen", nameof(vectors), vectors.Height, vectors.Width, n, n);
        if (n == 0)
            return;
        int stride = Scratch<T>.Stride(n);
        using Scratch<T> scratch = new((long)n * stride), second = new((long)n * stride);
        Matrix<T> work = scratch.Matrix(n, n, stride, team), q = second.Matrix(n, n, stride, team);
        for (int i = 0; i < n; i++)
        {
            a.GetRowSpan(i)[..(i + 1)].CopyTo(work.Row(i));
            for (int j = 0; j <= i; j++)
            {
                T value = work[i, j];
                if (!T.IsFinite(value))
                {
                    throw new ArgumentException(
                        LinalgContract.Text($"SymmetricEigen needs finite numbers, but a[{i}, {j}] is {value}. Remove or replace it first."), nameof(a));
                }

                work[j, i] = value;
            }
        }

        int exponent = work.Normalize();
        var offDiagonal = new T[n];
        Tridiagonal.Reduce(work, values, offDiagonal, q);

        // What is turned lies in rows.
        q.TransposeTo(work);
        Tridiagonal.Diagonalize(values, offDiagonal, work);
        var order = Enumerable.Range(0, n).ToArray();
        var keys = values.ToArray();
        Array.Sort(keys, order);
        for (int i = 0; i < n; i++)
        {
            values[i] = T.ScaleB(keys[i], exponent);
            work.Row(order[i]).CopyTo(q.Row(i));
        }

        var view = new MatrixView<T>(vectors);
        fixed (T* start = &view.GetPinnableReference())
            q.TransposeTo(new Matrix<T>(start, n, n, view.Stride));
    }
}
