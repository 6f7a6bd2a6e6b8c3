using System.Globalization;

namespace Grad.Simd;

public static partial class SpanBlas
{
    /// <summary><c>C = A·B</c> for a batch of matrices, whose elements lie in spans by any strides; those of C behind one another, row-major.</summary>
    /// <remarks>The sums are those of <c>Gemm</c>, to the bit. An operand with a batch stride of 0 is shared and not repeated.</remarks>
    /// <param name="rows">The rows of A and C.</param>
    /// <param name="columns">The columns of B and C.</param>
    /// <param name="depth">The columns of A and rows of B.</param>
    /// <param name="batch">The number of products.</param>
    /// <param name="a">The elements of A.</param>
    /// <param name="aLayout">Where they are.</param>
    /// <param name="b">The elements of B.</param>
    /// <param name="bLayout">Where they are.</param>
    /// <param name="c">The products, batch·rows·columns elements; disjoint from A and B.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what C holds then is of no use.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length or a stride is negative, or the degree of parallelism less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentException">A layout leads out of its span, or C is too short or overlaps A or B.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static unsafe void GemmBatch<T>(
        int rows, int columns, int depth, int batch, ReadOnlySpan<T> a, MatrixLayout aLayout, ReadOnlySpan<T> b, MatrixLayout bLayout, Span<T> c,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDegreeOfParallelism, 1);
        CheckLayout(rows, depth, batch, a.Length, aLayout, nameof(a));
        CheckLayout(depth, columns, batch, b.Length, bLayout, nameof(b));
        Int128 size = (Int128)batch * rows * columns;
        if (size > c.Length)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"GemmBatch writes {size} elements, but c holds {c.Length}. Pass one of at least {size}."),
                nameof(c));
        }

        c = c[..(int)size];
        Contract.Disjoint(a, c, "GemmBatch", nameof(a));
        Contract.Disjoint(b, c, "GemmBatch", nameof(b));
        fixed (T* aStart = a, bStart = b, cStart = c)
        {
            var product = new Product<T>
            {
                Rows = rows,
                Columns = columns,
                Depth = depth,
                A = aStart + aLayout.Offset,
                ARow = aLayout.Row,
                AColumn = aLayout.Column,
                B = bStart + bLayout.Offset,
                BRow = bLayout.Row,
                BColumn = columns == 1 ? 1 : bLayout.Column,
                C = cStart,
                CRow = columns,
                Alpha = Scalar.FromDouble<T>(1),
            };
            Simd.Gemm.Run(in product, batch, aLayout.Batch, bLayout.Batch, (nint)rows * columns, maxDegreeOfParallelism, cancellationToken);
        }
    }

    private static void CheckLayout(int rows, int columns, int batch, int length, MatrixLayout layout, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layout.Row, name);
        ArgumentOutOfRangeException.ThrowIfNegative(layout.Column, name);
        ArgumentOutOfRangeException.ThrowIfNegative(layout.Offset, name);
        ArgumentOutOfRangeException.ThrowIfNegative(layout.Batch, name);
        if (rows == 0 || columns == 0 || batch == 0)
            return;
        long last = layout.Offset + (long)layout.Batch * (batch - 1) + (long)layout.Row * (rows - 1) + (long)layout.Column * (columns - 1);
        if (last >= length)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"GemmBatch reads {batch} matrices {rows}×{columns} from {name}, the last element at {last}, but it holds {length}. Correct the layout."),
                name);
        }
    }
}
