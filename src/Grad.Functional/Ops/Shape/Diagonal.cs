namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>
    /// A diagonal of matrices, over the last two axes: the elements [i, i + <paramref name="offset"/>]. One axis takes their place; it is
    /// empty if there is no such diagonal.
    /// </summary>
    /// <remarks>Elements off the diagonal have derivative zero, even past an infinite slope. NumPy's diagonal takes the first two axes.</remarks>
    /// <exception cref="ArgumentException">The array has fewer than two axes.</exception>
    public static NDArray<T> Diagonal<T>(NDArray<T> x, int offset = 0) where T : unmanaged
    {
        var (rows, columns) = MatrixExtents("Diagonal", x);
        var (start, count) = DiagonalOf(rows, columns, offset);
        var (starts, steps, counts) = AlongLast(x.Shape.AsSpan()[..^2], start, columns + 1, count);
        var flat = (NDArray<T>)ReshapeOp.To(x, Shape.Create([.. x.Shape.AsSpan()[..^2], rows * columns]));
        return Slice.Of(flat, starts, steps, counts);
    }

    /// <summary>
    /// Square matrices with the last axis on a diagonal, at the elements [i, i + <paramref name="offset"/>], and zeros elsewhere. Of a
    /// matrix these are many matrices; its diagonal is <see cref="Diagonal"/>.
    /// </summary>
    /// <remarks>The zeros have derivative zero, even past an infinite slope.</remarks>
    /// <exception cref="ArgumentException">The array is a single number.</exception>
    public static NDArray<T> Diag<T>(NDArray<T> x, int offset = 0) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0)
        {
            throw new ArgumentException("Diag needs a vector, or a batch of them, but got a single number, which has no axes. Reshape it.", nameof(x));
        }

        var extent = x.Shape[^1] + (int)Math.Min(Math.Abs((long)offset), Array.MaxLength);
        var leading = x.Shape.AsSpan()[..^1];
        var result = Shape.Create([.. leading, extent, extent]);
        var (starts, steps, counts) = AlongLast(leading, DiagonalOf(extent, extent, offset).Start, extent + 1, x.Shape[^1]);
        var place = new Unslice(starts, steps, counts, Shape.Create([.. leading, extent * extent]));
        return (NDArray<T>)ReshapeOp.To(place.Apply([x]), result);
    }

    // Where a diagonal begins among the elements of a matrix, and how many it has.
    private static (int Start, int Count) DiagonalOf(int rows, int columns, int offset)
    {
        var count = offset >= 0 ? Math.Min(rows, columns - (long)offset) : Math.Min(rows + (long)offset, columns);
        return count <= 0 ? (0, 0) : (offset >= 0 ? offset : -offset * columns, (int)count);
    }

    private static (int[] Starts, int[] Steps, int[] Counts) AlongLast(ReadOnlySpan<int> leading, int start, int step, int count)
    {
        var (starts, steps) = (new int[leading.Length + 1], new int[leading.Length + 1]);
        Array.Fill(steps, 1);
        (starts[^1], steps[^1]) = (start, count > 1 ? step : 1);
        return (starts, steps, [.. leading, count]);
    }
}
