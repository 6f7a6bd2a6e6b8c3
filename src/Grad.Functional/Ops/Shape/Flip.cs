namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The array with the elements along an axis in reverse order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static NDArray<T> Flip<T>(NDArray<T> x, int axis) where T : unmanaged => Flip(x, [axis]);

    /// <summary>The array with the elements along several axes in reverse order.</summary>
    /// <exception cref="ArgumentException">There is no such axis, or one is named twice.</exception>
    public static NDArray<T> Flip<T>(NDArray<T> x, ReadOnlySpan<int> axes) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        var (starts, steps) = (new int[x.Rank], new int[x.Rank]);
        Array.Fill(steps, 1);
        foreach (var axis in Axes.Normalize("Flip", axes, x.Rank))
        {
            (starts[axis], steps[axis]) = x.Shape[axis] > 1 ? (x.Shape[axis] - 1, -1) : (0, 1);
        }

        return steps.AsSpan().Contains(-1) ? Slice.Of(x, starts, steps, x.Shape.AsSpan().ToArray()) : x;
    }

    /// <summary>
    /// The array with the elements along an axis moved on by <paramref name="shift"/> places; those that leave at the end come in at the
    /// start. A negative shift moves back.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static NDArray<T> Roll<T>(NDArray<T> x, int shift, int axis = 0) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        var place = Axes.Normalize("Roll", axis, x.Rank);
        var extent = x.Shape[place];
        var first = extent == 0 ? 0 : (int)((((long)shift % extent) + extent) % extent);
        return first == 0 ? x : (NDArray<T>)new ConcatenateOp(place).Apply(
        [
            Slice.Along(x.Shape, place, extent - first, first).Apply([x]),
            Slice.Along(x.Shape, place, 0, extent - first).Apply([x]),
        ]);
    }
}
