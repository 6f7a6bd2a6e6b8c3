using System.Numerics;

namespace Grad.Simd;

public static partial class SpanLinalg
{
    /// <summary><c>Cholesky</c> of a batch of matrices that lie in a span by any strides, in place.</summary>
    /// <remarks>
    /// Matrices of at most 1,024 elements are taken side by side, each in an element of its own of the processor's vectors: fastest where their batch stride
    /// is 1. The factor of a matrix has the same bits wherever in a batch it stands, and the bound of <c>Cholesky</c>.
    /// </remarks>
    /// <param name="size">The rows and columns of a matrix.</param>
    /// <param name="batch">The number of matrices.</param>
    /// <param name="a">The matrices, of which the lower triangles are read; then the factors, zeros above the diagonal.</param>
    /// <param name="layout">Where their elements are; none is in two places of the batch.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what A holds then is of no use.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length or a stride is negative, or the degree of parallelism less than 1.</exception>
    /// <exception cref="ArgumentException">The layout leads out of the span, or elements coincide.</exception>
    /// <exception cref="MatrixFactorizationException">
    /// A matrix is not positive definite: the first such is named. Those before it may be factored; those behind it are as they were, or on several threads may be factored too.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static unsafe void CholeskyBatch<T>(
        int size, int batch, Span<T> a, MatrixLayout layout, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var team = TeamSize.Of(maxDegreeOfParallelism, cancellationToken);
        BatchContract.Extents(size, size, batch);
        BatchContract.Layout("CholeskyBatch", nameof(a), size, size, batch, a.Length, layout, isWritten: true);
        if (size == 0 || batch == 0)
            return;
        fixed (T* memory = a)
            BatchPieces<CholeskyWork<T>>.Run(new CholeskyWork<T>(memory + layout.Offset, layout, size), batch, (long)size * size, team);
    }

    private readonly unsafe struct CholeskyWork<T>(T* start, MatrixLayout layout, int size) : IBatchWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int first, int count)
        {
            bool areFew = LaneMatrices.AreFew(size, size);
            using var scratch = new Scratch<T>((long)size * size * (areFew ? Widest.MaxCount : 1));
            if (areFew)
            {
                var loop = new CholeskyLanes<T>(start + ((nint)first * layout.Batch), layout, size, count, scratch.Start);
                Widest.Run<CholeskyLanes<T>, T>(ref loop, count);
                if (loop.Failed >= 0)
                    ThrowIndefinite("CholeskyBatch", loop.Index, Scalar.FromDouble<T>(loop.Pivot), first + loop.Failed);
                return;
            }

            for (int m = first; m < first + count; m++)
            {
                var matrix = LaneMatrices.Single(start, layout, m, size, size, scratch.Start);
                if (CholeskyFactor.Run(matrix) is >= 0 and var index)
                    ThrowIndefinite("CholeskyBatch", index, matrix[index, index], m);
                CholeskyFactor.ClearAbove(matrix);
                LaneMatrices.Return(matrix, start, layout, m);
            }
        }
    }
}
