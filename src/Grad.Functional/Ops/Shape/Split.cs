namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The array in parts of equal extent along an axis, in order; Concatenate puts them together again.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the number of sections is not positive.</exception>
    /// <exception cref="ArgumentException">The axis does not divide into that many parts.</exception>
    public static NDArray<T>[] Split<T>(NDArray<T> x, int sections, int axis = 0) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sections);
        var place = Axes.Normalize("Split", axis, x.Rank);
        if (x.Shape[place] % sections != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Split makes parts of equal extent, but {sections} sections do not divide axis {place} of shape {x.Shape}. ")
                + "Give the positions to split at.",
                nameof(sections));
        }

        var ends = new int[sections];
        for (var i = 0; i < sections; i++)
        {
            ends[i] = x.Shape[place] / sections * (i + 1);
        }

        return SplitBefore(x, ends, place);
    }

    /// <summary>The array in parts along an axis: a new part begins at each of the positions, which do not descend.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or a position is outside 0 to the axis' extent.</exception>
    /// <exception cref="ArgumentException">A position is less than the one before it.</exception>
    public static NDArray<T>[] Split<T>(NDArray<T> x, ReadOnlySpan<int> positions, int axis = 0) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        var place = Axes.Normalize("Split", axis, x.Rank);
        for (var i = 0; i < positions.Length; i++)
        {
            if (positions[i] < 0 || positions[i] > x.Shape[place])
            {
                throw new ArgumentOutOfRangeException(
                    nameof(positions),
                    FormattableString.Invariant(
                        $"Split got position {positions[i]} on axis {place} of shape {x.Shape}, where they run from 0 to {x.Shape[place]}."));
            }

            if (i > 0 && positions[i] < positions[i - 1])
            {
                throw new ArgumentException(
                    $"Split needs positions that do not descend, but got {Shape.Format(positions)}. Sort them.", nameof(positions));
            }
        }

        return SplitBefore(x, [.. positions, x.Shape[place]], place);
    }

    private static NDArray<T>[] SplitBefore<T>(NDArray<T> x, int[] ends, int axis) where T : unmanaged
    {
        var parts = new NDArray<T>[ends.Length];
        for (int i = 0, start = 0; i < parts.Length; start = ends[i++])
        {
            parts[i] = (NDArray<T>)Slice.Along(x.Shape, axis, start, ends[i] - start).Apply([x]);
        }

        return parts;
    }
}
