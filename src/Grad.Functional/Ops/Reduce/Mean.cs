using System.Numerics;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The mean of all elements, of rank 0: the sum divided by their number.</summary>
    /// <exception cref="ArgumentException">The array is empty.</exception>
    public static NDArray<T> Mean<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Mean(x, keepDims: false);

    /// <summary>The mean of all elements; with <paramref name="keepDims"/> every axis stays, with extent 1.</summary>
    /// <exception cref="ArgumentException">The array is empty.</exception>
    public static NDArray<T> Mean<T>(NDArray<T> x, bool keepDims) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Mean(x, Axes.All(x.Rank), keepDims);
    }

    /// <summary>The mean along an axis, counted from the end if negative.</summary>
    /// <exception cref="ArgumentException">There is no such axis, or it is empty.</exception>
    public static NDArray<T> Mean<T>(NDArray<T> x, int axis, bool keepDims = false) where T : unmanaged, IFloatingPointIeee754<T> =>
        Mean(x, [axis], keepDims);

    /// <summary>The mean along several axes.</summary>
    /// <exception cref="ArgumentException">There is no such axis, one is named twice, or they hold no elements.</exception>
    public static NDArray<T> Mean<T>(NDArray<T> x, ReadOnlySpan<int> axes, bool keepDims = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        var over = Axes.Normalize("Mean", axes, x.Rank);
        var count = Axes.Count(x.Shape, over);
        return count > 0 ? SumOp.Over(x, over, keepDims) / T.CreateChecked(count) : throw Axes.Empty("Mean", x.Shape, over, "or use Sum");
    }
}
