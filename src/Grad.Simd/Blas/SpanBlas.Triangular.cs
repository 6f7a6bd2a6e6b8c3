using System.Numerics;
using CommunityToolkit.HighPerformance;

namespace Grad.Simd;

public static partial class SpanBlas
{
    /// <summary>X of <c>op(A)·X = B</c>, or from the right of <c>X·op(A) = B</c>, where A is triangular, in place of B.</summary>
    /// <remarks>
    /// Only the triangle of A is read, and of a unit triangle not the diagonal. A zero on the diagonal gives infinities and NaN, as division does.
    /// <c>(A + E)·x = b</c> holds for each column with <c>|E| ≤ n·u·|A|</c> to first order, u half an ulp of one (Higham 2002, theorem 8.5).
    /// </remarks>
    /// <param name="a">A, n × n.</param>
    /// <param name="b">B, n × k, or k × n from the right; then X. Shares no element with A.</param>
    /// <param name="lower">Whether A, not op(A), is lower triangular.</param>
    /// <param name="transposeA">Whether op(A) is the transpose.</param>
    /// <param name="unit">Whether the diagonal is one.</param>
    /// <param name="right">Whether op(A) stands at the right.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what B holds then is of no use.</param>
    /// <exception cref="ArgumentException">A is not square, B does not fit, or they overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree of parallelism is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Trsm(
        ReadOnlySpan2D<double> a, Span2D<double> b, bool lower, bool transposeA = false, bool unit = false, bool right = false,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        SolveTriangle(a, b, lower, transposeA, unit, right, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    /// <inheritdoc cref="Trsm(ReadOnlySpan2D{double}, Span2D{double}, bool, bool, bool, bool, int, CancellationToken)"/>
    public static void Trsm(
        ReadOnlySpan2D<float> a, Span2D<float> b, bool lower, bool transposeA = false, bool unit = false, bool right = false,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        SolveTriangle(a, b, lower, transposeA, unit, right, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    private static unsafe void SolveTriangle<T>(ReadOnlySpan2D<T> a, Span2D<T> b, bool lower, bool transposeA, bool unit, bool right, TeamSize team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LinalgContract.Square("Trsm", a.Height, a.Width, nameof(a));
        var (rows, columns) = right ? (b.Height, a.Height) : (a.Height, b.Width);
        LinalgContract.Shape("Trsm", nameof(b), b.Height, b.Width, rows, columns);
        LinalgContract.Disjoint<T>("Trsm", a, nameof(a), b, nameof(b));
        MatrixView<T> source = new(a), target = new(b);
        fixed (T* aStart = &source.GetPinnableReference(), bStart = &target.GetPinnableReference())
        {
            var triangle = Triangle<T>.Of(new Matrix<T>(aStart, a.Height, a.Width, source.Stride), lower, unit);
            triangle = transposeA ? triangle.Transposed : triangle;
            var x = new Matrix<T>(bStart, b.Height, b.Width, target.Stride, team);
            if (right)
                TriangularSolver.Right(in triangle, x);
            else
                TriangularSolver.Left(in triangle, x);
        }
    }
}
