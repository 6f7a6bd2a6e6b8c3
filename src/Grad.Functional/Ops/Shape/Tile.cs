namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>
    /// The array side by side with copies of itself, as often along each axis as <paramref name="repeats"/> say; the shorter of shape and
    /// repeats has ones put before it, as in NumPy.
    /// </summary>
    /// <remarks>The reverse adds up the cotangents of the copies.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number of repeats is negative.</exception>
    public static NDArray<T> Tile<T>(NDArray<T> x, params ReadOnlySpan<int> repeats) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        var rank = Math.Max(x.Rank, repeats.Length);
        var (apart, stretched, result) = (new List<int>(), new List<int>(), new int[rank]);
        for (var axis = 0; axis < rank; axis++)
        {
            var extent = axis < rank - x.Rank ? 1 : x.Shape[axis - (rank - x.Rank)];
            var count = axis < rank - repeats.Length ? 1 : repeats[axis - (rank - repeats.Length)];
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(repeats));
            result[axis] = (int)Math.Min((long)extent * count, int.MaxValue);
            if (count != 1)
            {
                apart.Add(1);
                stretched.Add(count);
            }

            apart.Add(extent);
            stretched.Add(extent);
        }

        var shape = Shape.Create(result);
        var apartShape = Shape.Create([.. apart]);
        return (NDArray<T>)ReshapeOp.To(Broadcast.To(ReshapeOp.To(x, apartShape), Shape.Create([.. stretched])), shape);
    }

    /// <summary>The array with each element along an axis <paramref name="count"/> times in a row.</summary>
    /// <remarks>The reverse adds up the cotangents of the copies.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the count is negative.</exception>
    public static NDArray<T> Repeat<T>(NDArray<T> x, int count, int axis = 0) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var place = Axes.Normalize("Repeat", axis, x.Rank);
        var extents = x.Shape.AsSpan().ToArray();
        extents[place] = (int)Math.Min((long)extents[place] * count, int.MaxValue);
        var result = Shape.Create(extents);
        int[] apart = [.. x.Shape.AsSpan()[..(place + 1)], 1, .. x.Shape.AsSpan()[(place + 1)..]];
        int[] stretched = [.. apart];
        stretched[place + 1] = count;
        return (NDArray<T>)ReshapeOp.To(Broadcast.To(ReshapeOp.To(x, Shape.Create(apart)), Shape.Create(stretched)), result);
    }
}
