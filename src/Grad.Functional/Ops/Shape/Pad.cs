using System.Runtime.InteropServices;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The array with <paramref name="value"/> around it: as many elements before and after along every axis.</summary>
    /// <remarks>What stands around has derivative zero, even past an infinite slope.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A width is negative.</exception>
    public static NDArray<T> Pad<T>(NDArray<T> x, int before, int after, T value = default) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        var (all, none) = (new int[x.Rank], new int[x.Rank]);
        Array.Fill(all, before);
        Array.Fill(none, after);
        return Pad(x, all, none, value);
    }

    /// <summary>The array with <paramref name="value"/> around it: for each axis, how many elements before and after.</summary>
    /// <remarks>What stands around has derivative zero, even past an infinite slope.</remarks>
    /// <exception cref="ArgumentException">There is not one width for each axis.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A width is negative.</exception>
    public static NDArray<T> Pad<T>(NDArray<T> x, ReadOnlySpan<int> before, ReadOnlySpan<int> after, T value = default) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        CheckWidths(x.Shape, before, nameof(before));
        CheckWidths(x.Shape, after, nameof(after));
        var (steps, extents) = (new int[x.Rank], new int[x.Rank]);
        Array.Fill(steps, 1);
        for (var axis = 0; axis < extents.Length; axis++)
        {
            extents[axis] = (int)Math.Min((long)before[axis] + x.Shape[axis] + after[axis], int.MaxValue);
        }

        var shape = Shape.Create(extents);
        if (shape == x.Shape)
        {
            return x;
        }

        var place = new Unslice(before.ToArray(), steps, x.Shape.AsSpan().ToArray(), shape);
        var placed = (NDArray<T>)place.Apply([x]);

        // By its bits: −0 is no zero here.
        return MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ContainsAnyExcept((byte)0)
            ? Where((NDArray<bool>)place.Apply([NDArray.Full(true, x.Shape)]), placed, NDArray.Full(value))
            : placed;
    }

    private static void CheckWidths(Shape shape, ReadOnlySpan<int> widths, string parameter)
    {
        if (widths.Length != shape.Rank)
        {
            throw new ArgumentException(
                $"Pad needs a width for each axis, but got {Shape.Format(widths)} for shape {shape}, which has rank {shape.Rank}. "
                + "One number pads all axes alike.",
                parameter);
        }

        foreach (var width in widths)
        {
            if (width < 0)
            {
                throw new ArgumentOutOfRangeException(
                    parameter,
                    FormattableString.Invariant($"Pad needs widths of zero or more, but got {width} for shape {shape}. To drop elements index the array."));
            }
        }
    }
}
