namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>
    /// An element for each index along an axis: element [i, k, j] of the result is [i, indices[i, k, j], j], for the axis in the middle. As
    /// NumPy's take_along_axis and PyTorch's gather; to take whole rows, use <see cref="Take"/>.
    /// </summary>
    /// <remarks>
    /// Negative positions count from the end. On the other axes the indices broadcast to the array, as in NumPy (PyTorch takes fewer
    /// indices instead, those from the start). The reverse adds the cotangents of elements that were taken several times; elements that
    /// were not taken have derivative zero, even past an infinite slope.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index points outside it.</exception>
    /// <exception cref="ArgumentException">The ranks differ, or the indices do not broadcast to the array on the other axes.</exception>
    public static NDArray<T> Gather<T>(NDArray<T> x, NDArray<int> indices, int axis) where T : unmanaged
    {
        var (place, fitted) = GatherAlong.Fit("Gather", x, indices, axis);
        return (NDArray<T>)GatherAlong.Take(x, fitted, place);
    }
}

/// <summary>An index for each element: every axis but one is shared.</summary>
internal static class GatherAlong
{
    /// <summary>The axis from the front, and the indices stretched to the array's other extents.</summary>
    public static (int Axis, Node Indices) Fit<T>(string operation, NDArray<T> x, NDArray<int> indices, int axis) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(indices);
        var place = Axes.Normalize(operation, axis, x.Rank);
        var wanted = x.Shape.AsSpan().ToArray();
        var fits = indices.Rank == x.Rank;
        for (var i = 0; i < wanted.Length && fits; i++)
        {
            fits = i == place || indices.Shape[i] == wanted[i] || indices.Shape[i] == 1;
        }

        if (!fits)
        {
            throw new ArgumentException(
                $"{operation} needs indices that broadcast to the array on every axis but axis {place}, with the same rank, but the array has shape "
                + $"{x.Shape} and the indices {indices.Shape}. Reshape the indices; to take whole rows use Take or x[indices].",
                nameof(indices));
        }

        wanted[place] = indices.Shape[place];
        Indices.CheckReady(operation, indices, place, x.Shape[place]);
        return (place, Broadcast.To(indices, Shape.Create(wanted)));
    }

    public static void CheckUpdates(string operation, Shape updates, Shape indices)
    {
        if (Axes.Broadcast(operation, updates, indices) != indices)
        {
            throw new ArgumentException(
                $"{operation} needs updates that broadcast to the shape of the indices, {indices}, but got {updates}. Give one update for each index.",
                nameof(updates));
        }
    }

    /// <summary>The elements that fitted indices name.</summary>
    public static Node Take(Node x, Node indices, int axis)
    {
        var (last, shared) = (x.Rank - 1, x.Rank - 1);
        var taken = new TakeOp(last, shared).Apply([Indices.ToBack(x, axis), Indices.ToBack(indices, axis)]);
        return Indices.FromBack(taken, axis);
    }
}
