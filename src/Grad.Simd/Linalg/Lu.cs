using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using CommunityToolkit.HighPerformance;

namespace Grad.Simd;

public static partial class SpanLinalg
{
    /// <summary>
    /// The factors of <c>P·A = L·U</c> by elimination with partial pivoting, in place: U on and above the diagonal, below it L, whose diagonal is one.
    /// </summary>
    /// <remarks>
    /// A may be singular: a pivot of zero is left as it is, and only solving refuses it. By halves of the columns (S. Toledo, Locality of Reference in LU
    /// Decomposition with Partial Pivoting, 1997). To first order <c>|P·A − L·U| ≤ n·u·|L|·|U|</c>, element by element, u half an ulp of one.
    /// </remarks>
    /// <param name="a">A, m × n; then its factors.</param>
    /// <param name="pivots">Min(m, n) places: row i was exchanged with row pivots[i], one exchange after the other.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what A holds then is of no use.</param>
    /// <exception cref="ArgumentException">pivots has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree of parallelism is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Lu(Span2D<double> a, Span<int> pivots, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        FactorLu(a, pivots, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    /// <inheritdoc cref="Lu(Span2D{double}, Span{int}, int, CancellationToken)"/>
    public static void Lu(Span2D<float> a, Span<int> pivots, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        FactorLu(a, pivots, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    /// <summary>X of <c>A·X = B</c> from the factors of A, in place of B.</summary>
    /// <remarks><c>(A + E)·x = b</c> holds for each column with <c>|E| ≤ 3·n·u·Pᵀ·|L|·|U|</c> to first order (Higham 2002, theorem 9.4).</remarks>
    /// <param name="lu">The factors, n × n, of <c>Lu</c>.</param>
    /// <param name="pivots">Its pivots.</param>
    /// <param name="b">B, n × k; then X.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what B holds then is of no use.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or B overlaps the factors.</exception>
    /// <exception cref="MatrixFactorizationException">A is singular: a pivot is zero.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree of parallelism is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void LuSolve(
        ReadOnlySpan2D<double> lu, ReadOnlySpan<int> pivots, Span2D<double> b,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        SolveLu(lu, pivots, b, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    /// <inheritdoc cref="LuSolve(ReadOnlySpan2D{double}, ReadOnlySpan{int}, Span2D{double}, int, CancellationToken)"/>
    public static void LuSolve(
        ReadOnlySpan2D<float> lu, ReadOnlySpan<int> pivots, Span2D<float> b,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        SolveLu(lu, pivots, b, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    private static unsafe void FactorLu<T>(Span2D<T> a, Span<int> pivots, TeamSize team) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LinalgContract.Length("Lu", nameof(pivots), pivots.Length, Math.Min(a.Height, a.Width));
        var view = new MatrixView<T>(a);
        fixed (T* start = &view.GetPinnableReference())
            LuFactor.Run(new Matrix<T>(start, a.Height, a.Width, view.Stride, team), pivots);
    }

    private static unsafe void SolveLu<T>(ReadOnlySpan2D<T> lu, ReadOnlySpan<int> pivots, Span2D<T> b, TeamSize team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = lu.Height;
        LinalgContract.Square("LuSolve", lu.Height, lu.Width, nameof(lu));
        LinalgContract.Length("LuSolve", nameof(pivots), pivots.Length, n);
        LinalgContract.Shape("LuSolve", nameof(b), b.Height, b.Width, n, b.Width);
        LinalgContract.Disjoint<T>("LuSolve", lu, nameof(lu), b, nameof(b));
        for (int i = 0; i < n; i++)
        {
            if (lu[i, i] == T.Zero)
                ThrowSingular("LuSolve", i);
            if ((uint)pivots[i] >= (uint)n)
                throw new ArgumentException(LinalgContract.Text($"LuSolve needs the pivots of Lu, but pivots[{i}] is {pivots[i]}."), nameof(pivots));
        }

        MatrixView<T> view = new(lu), target = new(b);
        fixed (T* start = &view.GetPinnableReference(), bStart = &target.GetPinnableReference())
        {
            Matrix<T> factors = new(start, n, n, view.Stride), x = new(bStart, n, b.Width, target.Stride, team);
            LuFactor.Solve(factors, pivots, x);
        }
    }

    [DoesNotReturn]
    private static void ThrowSingular(string operation, int index, int? matrix = null) => throw new MatrixFactorizationException(
        LinalgContract.Text($"{operation} needs regular matrices, but the pivot at [{index}, {index}]{Of(matrix)} is 0: the first {index + 1} columns are ")
        + "dependent. Remove the dependence, or use Svd for a solution of least squares.",
        index,
        matrix ?? 0);
}

/// <summary>Elimination with partial pivoting, by halves of the columns.</summary>
internal static unsafe class LuFactor
{
    private const int Few = 8;

    public static void Run<T>(Matrix<T> a, Span<int> pivots) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = pivots.Length;
        if (k <= Few)
        {
            // What is right of the pivots' columns takes part as well.
            Small(a.Part(0, 0, a.Rows, k), pivots);
            if (a.Columns > k)
                Finish(a, k, pivots);
            return;
        }

        int half = k / 2;
        Run(a.Part(0, 0, a.Rows, half), pivots[..half]);
        var rest = a.Part(half, half, a.Rows - half, a.Columns - half);
        Finish(a, half, pivots[..half]);
        Run(rest, pivots[half..]);
        Exchange(a.Part(half, 0, a.Rows - half, half), pivots[half..]);
        foreach (ref int pivot in pivots[half..])
            pivot += half;
    }

    /// <summary>X of A·X = B in place of B, from the factors of A.</summary>
    public static void Solve<T>(Matrix<T> factors, ReadOnlySpan<int> pivots, Matrix<T> b) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Exchange(b, pivots);
        TriangularSolver.Left(Triangle<T>.Of(factors, isLower: true, isUnit: true), b);
        TriangularSolver.Left(Triangle<T>.Of(factors, isLower: false), b);
    }

    /// <summary>Exchanges rows as the pivots say, from the first on.</summary>
    public static void Exchange<T>(Matrix<T> a, ReadOnlySpan<int> pivots) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < pivots.Length; i++)
        {
            if (pivots[i] != i)
                a.SwapRows(i, pivots[i]);
        }
    }

    // The columns right of those that are factored.
    private static void Finish<T>(Matrix<T> a, int done, ReadOnlySpan<int> pivots) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = a.Columns - done;
        Exchange(a.Part(0, done, a.Rows, columns), pivots);
        var top = a.Part(0, done, done, columns);
        TriangularSolver.Left(Triangle<T>.Of(a.Part(0, 0, done, done), isLower: true, isUnit: true), top);
        if (a.Rows > done)
            a.Part(done, done, a.Rows - done, columns).Add(-T.One, a.Part(done, 0, a.Rows - done, done), false, top, false, T.One);
    }

    private static void Small<T>(Matrix<T> a, Span<int> pivots) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < pivots.Length; k++)
        {
            pivots[k] = Largest(a, k);
            if (pivots[k] != k)
                a.SwapRows(k, pivots[k]);
            T* pivot = a.Start + (k * a.Stride);
            if (pivot[k] == T.Zero)
                continue;
            for (int i = k + 1; i < a.Rows; i++)
            {
                T* row = a.Start + (i * a.Stride);
                T factor = row[k] /= pivot[k];
                for (int j = k + 1; j < a.Columns; j++)
                    row[j] -= factor * pivot[j];
            }
        }
    }

    // NaN counts as the largest: it stays in the factors, rather than behind them.
    private static int Largest<T>(Matrix<T> a, int k) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int best = k;
        T most = T.Abs(a[k, k]);
        for (int i = k + 1; i < a.Rows && !T.IsNaN(most); i++)
        {
            T size = T.Abs(a[i, k]);
            if (!(size <= most))
                (best, most) = (i, size);
        }

        return best;
    }
}
