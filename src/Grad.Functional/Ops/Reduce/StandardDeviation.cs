using System.Numerics;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The standard deviation √(Σ(x − mean)² / (n − ddof)), of all elements or along an axis.</summary>
    /// <remarks>
    /// The mean is taken first, so that nothing cancels, and the norm of the deviations neither overflows nor underflows.
    /// <paramref name="ddof"/> 0 as in NumPy gives that of the numbers, 1 as in PyTorch the estimate from a sample. Where all elements
    /// are equal the gradient is 0; PyTorch and JAX have NaN.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no such axis, or there are no more than <paramref name="ddof"/> elements along it.</exception>
    public static NDArray<T> StandardDeviation<T>(NDArray<T> x, int? axis = null, int ddof = 0, bool keepDims = false)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Moments.StandardDeviation(x, Moments.Over("StandardDeviation", x, axis), ddof, keepDims);

    /// <summary>The standard deviation along several axes.</summary>
    /// <inheritdoc cref="StandardDeviation{T}(NDArray{T}, int?, int, bool)" path="/remarks"/>
    /// <exception cref="ArgumentException">
    /// There is no such axis, one is named twice, or there are no more than <paramref name="ddof"/> elements along them.
    /// </exception>
    public static NDArray<T> StandardDeviation<T>(NDArray<T> x, ReadOnlySpan<int> axes, int ddof = 0, bool keepDims = false)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Moments.StandardDeviation(x, Moments.Over("StandardDeviation", x, axes), ddof, keepDims);
}
