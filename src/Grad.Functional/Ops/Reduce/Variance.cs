using System.Numerics;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The variance Σ(x − mean)² / (n − ddof), of all elements or along an axis.</summary>
    /// <remarks>
    /// The mean is taken first, so that nothing cancels. <paramref name="ddof"/> 0 as in NumPy gives the variance of the numbers, 1 as in
    /// PyTorch the unbiased estimate from a sample. The gradient is 2(x − mean) / (n − ddof).
    /// </remarks>
    /// <exception cref="ArgumentException">There is no such axis, or there are no more than <paramref name="ddof"/> elements along it.</exception>
    public static NDArray<T> Variance<T>(NDArray<T> x, int? axis = null, int ddof = 0, bool keepDims = false)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Moments.Variance(x, Moments.Over("Variance", x, axis), ddof, keepDims);

    /// <summary>The variance along several axes.</summary>
    /// <inheritdoc cref="Variance{T}(NDArray{T}, int?, int, bool)" path="/remarks"/>
    /// <exception cref="ArgumentException">
    /// There is no such axis, one is named twice, or there are no more than <paramref name="ddof"/> elements along them.
    /// </exception>
    public static NDArray<T> Variance<T>(NDArray<T> x, ReadOnlySpan<int> axes, int ddof = 0, bool keepDims = false)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Moments.Variance(x, Moments.Over("Variance", x, axes), ddof, keepDims);
}

/// <summary>What variance and standard deviation share.</summary>
internal static class Moments
{
    public static int[] Over<T>(string operation, NDArray<T> x, int? axis) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        return axis is { } one ? [Axes.Normalize(operation, one, x.Rank)] : Axes.All(x.Rank);
    }

    public static int[] Over<T>(string operation, NDArray<T> x, ReadOnlySpan<int> axes) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        return Axes.Normalize(operation, axes, x.Rank);
    }

    public static NDArray<T> Variance<T>(NDArray<T> x, int[] over, int ddof, bool keepDims) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (deviations, freedom) = Deviations("Variance", x, over, ddof);
        return SumOp.Over(NDMath.Square(deviations), over, keepDims) / freedom;
    }

    public static NDArray<T> StandardDeviation<T>(NDArray<T> x, int[] over, int ddof, bool keepDims)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (deviations, freedom) = Deviations("StandardDeviation", x, over, ddof);
        return NormOp.Along(deviations, over, keepDims) / T.Sqrt(freedom);
    }

    private static (NDArray<T> Deviations, T Freedom) Deviations<T>(string operation, NDArray<T> x, int[] over, int ddof)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var count = Axes.Count(x.Shape, over);
        if (count - ddof <= 0)
        {
            throw new ArgumentException(
                $"{operation} needs more elements than ddof, but axes {Shape.Format(over)} of shape {x.Shape} hold {count} and ddof is {ddof}. " +
                "Give a smaller ddof, or more data.",
                nameof(ddof));
        }

        return (x - (SumOp.Over(x, over, keepDims: true) / T.CreateChecked(count)), T.CreateChecked(count - ddof));
    }
}
