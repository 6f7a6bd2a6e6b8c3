using System.Numerics;

namespace Grad.Simd;

public static partial class SpanLinalg
{
    /// <summary><c>Qr</c> of a batch of matrices that lie in a span by any strides, in place.</summary>
    /// <remarks>
    /// Matrices of at most 1,024 elements are taken side by side, each in an element of its own of the processor's vectors: fastest where their batch stride
    /// is 1. The factors of a matrix have the same bits wherever in a batch it stands, and the bound of <c>Qr</c>.
    /// </remarks>
    /// <param name="rows">The rows of a matrix.</param>
    /// <param name="columns">The columns of a matrix.</param>
    /// <param name="batch">The number of matrices.</param>
    /// <param name="a">The matrices; then R and the vectors of the reflections.</param>
    /// <param name="layout">Where their elements are; none is in two places of the batch.</param>
    /// <param name="tau">Min(rows, columns) factors τ for each matrix, those of one behind those of the one before.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what A holds then is of no use.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length or a stride is negative, or the degree of parallelism less than 1.</exception>
    /// <exception cref="ArgumentException">The layout leads out of the span, elements coincide, tau has another length, or overlaps A.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static unsafe void QrBatch<T>(
        int rows, int columns, int batch, Span<T> a, MatrixLayout layout, Span<T> tau,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var team = TeamSize.Of(maxDegreeOfParallelism, cancellationToken);
        BatchContract.Extents(rows, columns, batch);
        BatchContract.Layout("QrBatch", nameof(a), rows, columns, batch, a.Length, layout, isWritten: true);
        int steps = Math.Min(rows, columns);
        BatchContract.Length("QrBatch", nameof(tau), tau.Length, steps, batch);
        BatchContract.Disjoint<T>("QrBatch", a, nameof(a), tau, nameof(tau));
        if (steps == 0 || batch == 0)
            return;
        fixed (T* memory = a, factors = tau)
            BatchPieces<QrWork<T>>.Run(new QrWork<T>(memory + layout.Offset, layout, rows, columns, factors), batch, (long)rows * columns, team);
    }

    /// <summary><c>QrMultiply</c> for a batch of matrices that lie in spans by any strides, in place of B.</summary>
    /// <param name="rows">The rows of a matrix, and of B.</param>
    /// <param name="reflected">The columns of a matrix that was factored.</param>
    /// <param name="columns">The columns of a matrix B.</param>
    /// <param name="batch">The number of products.</param>
    /// <param name="qr">What <c>QrBatch</c> left.</param>
    /// <param name="qrLayout">Where it is.</param>
    /// <param name="tau">Its factors, min(rows, reflected) for each matrix.</param>
    /// <param name="b">B, rows × columns; then the products. Disjoint from the factors.</param>
    /// <param name="bLayout">Where they are; no element is in two places of the batch.</param>
    /// <param name="transpose">Whether Qᵀ is meant.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what B holds then is of no use.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length or a stride is negative, or the degree of parallelism less than 1.</exception>
    /// <exception cref="ArgumentException">A layout leads out of its span, elements of B coincide, tau has another length, or B overlaps the factors.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static unsafe void QrMultiplyBatch<T>(
        int rows, int reflected, int columns, int batch, ReadOnlySpan<T> qr, MatrixLayout qrLayout, ReadOnlySpan<T> tau, Span<T> b, MatrixLayout bLayout,
        bool transpose = false, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var team = TeamSize.Of(maxDegreeOfParallelism, cancellationToken);
        BatchContract.Extents(rows, columns, batch);
        ArgumentOutOfRangeException.ThrowIfNegative(reflected);
        BatchContract.Layout("QrMultiplyBatch", nameof(qr), rows, reflected, batch, qr.Length, qrLayout, isWritten: false);
        BatchContract.Layout("QrMultiplyBatch", nameof(b), rows, columns, batch, b.Length, bLayout, isWritten: true);
        int steps = Math.Min(rows, reflected);
        BatchContract.Length("QrMultiplyBatch", nameof(tau), tau.Length, steps, batch);
        BatchContract.Disjoint<T>("QrMultiplyBatch", qr, nameof(qr), b, nameof(b));
        BatchContract.Disjoint<T>("QrMultiplyBatch", tau, nameof(tau), b, nameof(b));
        if (steps == 0 || columns == 0 || batch == 0)
            return;
        fixed (T* vectors = qr, factors = tau, memory = b)
        {
            var work = new QrMultiplyWork<T>(
                vectors + qrLayout.Offset, qrLayout, rows, reflected, factors, memory + bLayout.Offset, bLayout, columns, transpose);
            BatchPieces<QrMultiplyWork<T>>.Run(work, batch, (long)rows * (reflected + columns), team);
        }
    }

    private readonly unsafe struct QrWork<T>(T* start, MatrixLayout layout, int rows, int columns, T* tau) : IBatchWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int first, int count)
        {
            int steps = Math.Min(rows, columns);
            bool areFew = LaneMatrices.AreFew(rows, columns);
            using var scratch = new Scratch<T>((((long)rows * columns) + steps) * (areFew ? Widest.MaxCount : 1));
            if (areFew)
            {
                var loop = new QrLanes<T>(start + ((nint)first * layout.Batch), layout, rows, columns, count, tau + ((nint)first * steps), scratch.Start);
                Widest.Run<QrLanes<T>, T>(ref loop, count);
                return;
            }

            for (int m = first; m < first + count; m++)
            {
                var matrix = LaneMatrices.Single(start, layout, m, rows, columns, scratch.Start);
                Reflections.Factor(matrix, new Span<T>(tau + ((nint)m * steps), steps));
                LaneMatrices.Return(matrix, start, layout, m);
            }
        }
    }

    private readonly unsafe struct QrMultiplyWork<T>(
        T* qr, MatrixLayout qrLayout, int rows, int reflected, T* tau, T* b, MatrixLayout bLayout, int columns, bool transpose) : IBatchWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int first, int count)
        {
            int steps = Math.Min(rows, reflected);
            bool areFew = LaneMatrices.AreFew(rows, reflected + columns);
            using var scratch = new Scratch<T>((((long)rows * (reflected + columns)) + steps) * (areFew ? Widest.MaxCount : 1));
            if (areFew)
            {
                T* qrStart = qr + ((nint)first * qrLayout.Batch), bStart = b + ((nint)first * bLayout.Batch), factors = tau + ((nint)first * steps);
                var loop = new QrMultiplyLanes<T>(qrStart, qrLayout, rows, reflected, factors, bStart, bLayout, columns, transpose, count, scratch.Start);
                Widest.Run<QrMultiplyLanes<T>, T>(ref loop, count);
                return;
            }

            for (int m = first; m < first + count; m++)
            {
                var x = LaneMatrices.Single(b, bLayout, m, rows, columns, scratch.Start);
                var matrix = LaneMatrices.Single(qr, qrLayout, m, rows, reflected, scratch.Start + ((nint)rows * columns));
                Reflections.Multiply(matrix, new ReadOnlySpan<T>(tau + ((nint)m * steps), steps), x, transpose);
                LaneMatrices.Return(x, b, bLayout, m);
            }
        }
    }
}
