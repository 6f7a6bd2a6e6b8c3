using System.Numerics;

namespace Grad.Simd;

public static partial class SpanLinalg
{
    /// <summary><c>Lu</c> of a batch of matrices that lie in a span by any strides, in place.</summary>
    /// <remarks>
    /// Matrices of at most 1,024 elements are taken side by side, each in an element of its own of the processor's vectors: fastest where their batch stride
    /// is 1. The factors of a matrix have the same bits wherever in a batch it stands, and the bound of <c>Lu</c>.
    /// </remarks>
    /// <param name="rows">The rows of a matrix.</param>
    /// <param name="columns">The columns of a matrix.</param>
    /// <param name="batch">The number of matrices.</param>
    /// <param name="a">The matrices; then their factors.</param>
    /// <param name="layout">Where their elements are; none is in two places of the batch.</param>
    /// <param name="pivots">Min(rows, columns) places for each matrix, those of one behind those of the one before.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what A holds then is of no use.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length or a stride is negative, or the degree of parallelism less than 1.</exception>
    /// <exception cref="ArgumentException">The layout leads out of the span, elements coincide, or pivots has another length.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static unsafe void LuBatch<T>(
        int rows, int columns, int batch, Span<T> a, MatrixLayout layout, Span<int> pivots,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var team = TeamSize.Of(maxDegreeOfParallelism, cancellationToken);
        BatchContract.Extents(rows, columns, batch);
        BatchContract.Layout("LuBatch", nameof(a), rows, columns, batch, a.Length, layout, isWritten: true);
        int steps = Math.Min(rows, columns);
        BatchContract.Length("LuBatch", nameof(pivots), pivots.Length, steps, batch);
        if (steps == 0 || batch == 0)
            return;
        fixed (T* memory = a)
        {
            fixed (int* places = pivots)
                BatchPieces<LuWork<T>>.Run(new LuWork<T>(memory + layout.Offset, layout, rows, columns, places), batch, (long)rows * columns, team);
        }
    }

    /// <summary><c>LuSolve</c> for a batch of matrices that lie in spans by any strides, in place of B.</summary>
    /// <remarks>
    /// Matrices of at most 1,024 elements are taken side by side. The solution for a matrix has the same bits wherever in a batch it stands, and the bound of
    /// <c>LuSolve</c>.
    /// </remarks>
    /// <param name="size">The rows and columns of a matrix A.</param>
    /// <param name="columns">The columns of a matrix B.</param>
    /// <param name="batch">The number of systems.</param>
    /// <param name="lu">The factors of <c>LuBatch</c>.</param>
    /// <param name="luLayout">Where they are.</param>
    /// <param name="pivots">Their pivots, size for each matrix.</param>
    /// <param name="b">B, size × columns; then X. Disjoint from the factors.</param>
    /// <param name="bLayout">Where they are; no element is in two places of the batch.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what B holds then is of no use.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length or a stride is negative, or the degree of parallelism less than 1.</exception>
    /// <exception cref="ArgumentException">A layout leads out of its span, elements of B coincide, the pivots are none of Lu's, or B overlaps the factors.</exception>
    /// <exception cref="MatrixFactorizationException">A matrix is singular: the first such is named. Nothing is solved then.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static unsafe void LuSolveBatch<T>(
        int size, int columns, int batch, ReadOnlySpan<T> lu, MatrixLayout luLayout, ReadOnlySpan<int> pivots, Span<T> b, MatrixLayout bLayout,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var team = TeamSize.Of(maxDegreeOfParallelism, cancellationToken);
        BatchContract.Extents(size, columns, batch);
        BatchContract.Layout("LuSolveBatch", nameof(lu), size, size, batch, lu.Length, luLayout, isWritten: false);
        BatchContract.Layout("LuSolveBatch", nameof(b), size, columns, batch, b.Length, bLayout, isWritten: true);
        BatchContract.Length("LuSolveBatch", nameof(pivots), pivots.Length, size, batch);
        BatchContract.Disjoint<T>("LuSolveBatch", lu, nameof(lu), b, nameof(b));
        for (int m = 0; m < batch; m++)
        {
            for (int i = 0; i < size; i++)
            {
                if (lu[luLayout.At(m, i, i)] == T.Zero)
                    ThrowSingular("LuSolveBatch", i, m);
                if ((uint)pivots[(m * size) + i] >= (uint)size)
                {
                    throw new ArgumentException(
                        LinalgContract.Text($"LuSolveBatch needs the pivots of LuBatch, but pivots[{(m * size) + i}] is {pivots[(m * size) + i]}."), nameof(pivots));
                }
            }
        }

        if (size == 0 || columns == 0 || batch == 0)
            return;
        fixed (T* factors = lu, memory = b)
        {
            fixed (int* places = pivots)
            {
                var work = new LuSolveWork<T>(factors + luLayout.Offset, luLayout, size, places, memory + bLayout.Offset, bLayout, columns);
                BatchPieces<LuSolveWork<T>>.Run(work, batch, (long)size * (size + columns), team);
            }
        }
    }

    private readonly unsafe struct LuWork<T>(T* start, MatrixLayout layout, int rows, int columns, int* pivots) : IBatchWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int first, int count)
        {
            int steps = Math.Min(rows, columns);
            bool areFew = LaneMatrices.AreFew(rows, columns);
            using var scratch = new Scratch<T>((long)rows * columns * (areFew ? Widest.MaxCount : 1));
            if (areFew)
            {
                var loop = new LuLanes<T>(start + ((nint)first * layout.Batch), layout, rows, columns, count, pivots + ((nint)first * steps), scratch.Start);
                Widest.Run<LuLanes<T>, T>(ref loop, count);
                return;
            }

            for (int m = first; m < first + count; m++)
            {
                var matrix = LaneMatrices.Single(start, layout, m, rows, columns, scratch.Start);
                LuFactor.Run(matrix, new Span<int>(pivots + ((nint)m * steps), steps));
                LaneMatrices.Return(matrix, start, layout, m);
            }
        }
    }

    private readonly unsafe struct LuSolveWork<T>(T* lu, MatrixLayout luLayout, int size, int* pivots, T* b, MatrixLayout bLayout, int columns) : IBatchWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int first, int count)
        {
            bool areFew = LaneMatrices.AreFew(size, size + columns);
            using var scratch = new Scratch<T>((long)size * (size + columns) * (areFew ? Widest.MaxCount : 1));
            if (areFew)
            {
                T* luStart = lu + ((nint)first * luLayout.Batch), bStart = b + ((nint)first * bLayout.Batch);
                var loop = new LuSolveLanes<T>(luStart, luLayout, size, pivots + ((nint)first * size), bStart, bLayout, columns, count, scratch.Start);
                Widest.Run<LuSolveLanes<T>, T>(ref loop, count);
                return;
            }

            for (int m = first; m < first + count; m++)
            {
                var x = LaneMatrices.Single(b, bLayout, m, size, columns, scratch.Start);
                var matrix = LaneMatrices.Single(lu, luLayout, m, size, size, scratch.Start + ((nint)size * columns));
                LuFactor.Solve(matrix, new ReadOnlySpan<int>(pivots + ((nint)m * size), size), x);
                LaneMatrices.Return(x, b, bLayout, m);
            }
        }
    }
}
