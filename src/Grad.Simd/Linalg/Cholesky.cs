using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using CommunityToolkit.HighPerformance;

namespace Grad.Simd;

public static partial class SpanLinalg
{
    /// <summary>The Cholesky factor of a symmetric positive definite matrix: the lower L, with a positive diagonal, of <c>A = L·Lᵀ</c>, in place.</summary>
    /// <remarks>
    /// Only the lower triangle of A is read; above the diagonal zeros are written. By halves, so that nearly all work is products. To first order
    /// <c>|A − L·Lᵀ| ≤ (n + 1)·u·|L|·|Lᵀ|</c>, element by element, u half an ulp of one (Higham 2002, theorem 10.3).
    /// </remarks>
    /// <param name="a">A, n × n; then L.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what A holds then is of no use.</param>
    /// <exception cref="ArgumentException">A is not square.</exception>
    /// <exception cref="MatrixFactorizationException">A is not positive definite; A is then partly overwritten.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree of parallelism is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Cholesky(Span2D<double> a, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        Factor(a, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    /// <inheritdoc cref="Cholesky(Span2D{double}, int, CancellationToken)"/>
    public static void Cholesky(Span2D<float> a, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        Factor(a, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    private static unsafe void Factor<T>(Span2D<T> a, TeamSize team) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LinalgContract.Square("Cholesky", a.Height, a.Width, nameof(a));
        var view = new MatrixView<T>(a);
        fixed (T* start = &view.GetPinnableReference())
        {
            var matrix = new Matrix<T>(start, a.Height, a.Width, view.Stride, team);
            if (CholeskyFactor.Run(matrix) is >= 0 and var index)
                ThrowIndefinite("Cholesky", index, matrix[index, index]);
            CholeskyFactor.ClearAbove(matrix);
        }
    }

    [DoesNotReturn]
    private static void ThrowIndefinite<T>(string operation, int index, T pivot, int? matrix = null) => throw new MatrixFactorizationException(
        LinalgContract.Text($"{operation} needs positive definite matrices, but the pivot at [{index}, {index}]{Of(matrix)} is {pivot}: the leading block of ")
        + LinalgContract.Text($"size {index + 1} is not. Check the matrix for symmetry, add a small multiple of the identity, or use Lu or SymmetricEigen."),
        index,
        matrix ?? 0);

    private static string Of(int? matrix) => matrix is null ? "" : LinalgContract.Text($" of matrix {matrix}");
}

/// <summary>Cholesky's factorization by halves.</summary>
internal static unsafe class CholeskyFactor
{
    private const int Few = 16;

    /// <summary>Overwrites the lower triangle; the place of the first pivot that is not positive, or −1.</summary>
    public static int Run<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = a.Rows;
        if (n <= Few)
            return Small(a);
        int half = TriangularSolver.Half(n);
        Matrix<T> top = a.Part(0, 0, half, half), left = a.Part(half, 0, n - half, half), bottom = a.Part(half, half, n - half, n - half);
        if (Run(top) is >= 0 and var failed)
            return failed;
        TriangularSolver.Right(Triangle<T>.Of(top, isLower: true).Transposed, left);
        SymmetricUpdate.Run(-T.One, left, false, T.One, bottom, isLower: true);
        return Run(bottom) is >= 0 and var below ? half + below : -1;
    }

    /// <summary>Writes zeros above the diagonal.</summary>
    public static void ClearAbove<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < a.Rows; i++)
            a.Row(i)[(i + 1)..].Clear();
    }

    private static int Small<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < a.Rows; j++)
        {
            T* pivot = a.Start + (j * a.Stride);
            for (int i = j; i < a.Rows; i++)
            {
                T* row = a.Start + (i * a.Stride);
                T sum = row[j];
                for (int k = 0; k < j; k++)
                    sum -= row[k] * pivot[k];
                if (i > j)
                {
                    row[j] = sum / pivot[j];
                    continue;
                }

                row[j] = sum;
                if (!(sum > T.Zero && T.IsFinite(sum)))
                    return j;
                row[j] = T.Sqrt(sum);
            }
        }

        return -1;
    }
}
