using Grad.Simd;

namespace Grad.Functional;

/// <summary>Copies an array with its axes in another order.</summary>
internal static class PermutedCopy
{
    // Below it, a call for each matrix costs more than it saves.
    private const int SmallMatrix = 64;

    /// <summary>Axis i of the result is axis <c>axes[i]</c> of the source.</summary>
    public static void Run<T>(ReadOnlySpan<T> source, Shape shape, ReadOnlySpan<int> axes, Span<T> destination) where T : unmanaged
    {
        if (destination.IsEmpty)
        {
            return;
        }

        var (extents, strides) = Merge(shape, axes);
        var rank = extents.Length;
        var unit = Array.IndexOf(strides, 1);
        if (rank == 0 || unit == rank - 1 || (long)extents[unit] * extents[^1] < SmallMatrix)
        {
            StridedCopy.Gather(source, 0, strides, extents, destination);
            return;
        }

        // The axis along which the source runs and the one along which the result does make a matrix, which is transposed for every place
        // on the other axes.
        var (rows, columns, stride) = (extents[^1], extents[unit], strides[^1]);
        var steps = StridedCopy.RowMajor(extents);
        Span<int> counter = stackalloc int[rank];
        counter.Clear();
        var (from, to) = (0, 0);
        while (true)
        {
            SpanLayout.Transpose(source[from..], rows, columns, stride, destination[to..], steps[unit]);
            var axis = rank - 2;
            for (; axis >= 0; axis--)
            {
                if (axis == unit)
                {
                    continue;
                }

                (from, to) = (from + strides[axis], to + steps[axis]);
                if (++counter[axis] < extents[axis])
                {
                    break;
                }

                (from, to) = (from - (strides[axis] * extents[axis]), to - (steps[axis] * extents[axis]));
                counter[axis] = 0;
            }

            if (axis < 0)
            {
                return;
            }
        }
    }

    /// <summary>The result's axes with their strides in the source: none of extent 1, and neighbours that stay neighbours made one.</summary>
    private static (int[] Extents, int[] Strides) Merge(Shape shape, ReadOnlySpan<int> axes)
    {
        var all = StridedCopy.RowMajor(shape);
        var (extents, strides) = (new List<int>(axes.Length), new List<int>(axes.Length));
        foreach (var axis in axes)
        {
            var (extent, stride) = (shape[axis], all[axis]);
            if (extent == 1)
            {
                continue;
            }

            if (strides.Count > 0 && strides[^1] == stride * extent)
            {
                (extents[^1], strides[^1]) = (extents[^1] * extent, stride);
            }
            else
            {
                extents.Add(extent);
                strides.Add(stride);
            }
        }

        return ([.. extents], [.. strides]);
    }
}
