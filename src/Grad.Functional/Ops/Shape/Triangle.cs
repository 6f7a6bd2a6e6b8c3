namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>
    /// Matrices with zeros above a diagonal, over the last two axes: kept are the elements [i, j] with j − i ≤ <paramref name="diagonal"/>.
    /// </summary>
    /// <remarks>What is dropped leaves no trace: not its NaN or infinity, nor that of a slope there.</remarks>
    /// <exception cref="ArgumentException">The array has fewer than two axes.</exception>
    public static NDArray<T> Tril<T>(NDArray<T> x, int diagonal = 0) where T : unmanaged => Triangle("Tril", x, long.MinValue, diagonal);

    /// <summary>
    /// Matrices with zeros below a diagonal, over the last two axes: kept are the elements [i, j] with j − i ≥ <paramref name="diagonal"/>.
    /// </summary>
    /// <remarks>What is dropped leaves no trace: not its NaN or infinity, nor that of a slope there.</remarks>
    /// <exception cref="ArgumentException">The array has fewer than two axes.</exception>
    public static NDArray<T> Triu<T>(NDArray<T> x, int diagonal = 0) where T : unmanaged => Triangle("Triu", x, diagonal, long.MaxValue);

    private static NDArray<T> Triangle<T>(string operation, NDArray<T> x, long lowest, long highest) where T : unmanaged
    {
        var (rows, columns) = MatrixExtents(operation, x);
        var kept = new bool[rows * columns];
        for (var i = 0; i < rows; i++)
        {
            var from = (int)Math.Clamp(lowest == long.MinValue ? 0 : i + lowest, 0, columns);
            var past = (int)Math.Clamp(highest == long.MaxValue ? columns : i + highest + 1, from, columns);
            kept.AsSpan((i * columns) + from, past - from).Fill(true);
        }

        return Where(new NDArray<bool>(kept, new Shape([rows, columns])), x, NDArray.Full(default(T)));
    }

    private static (int Rows, int Columns) MatrixExtents<T>(string operation, NDArray<T> x) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Rank >= 2 ? (x.Shape[^2], x.Shape[^1]) : throw new ArgumentException(
            $"{operation} needs a matrix, or a batch of them, but got shape {x.Shape}, which has rank {x.Rank}. Reshape it.", nameof(x));
    }
}
