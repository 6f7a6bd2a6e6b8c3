using System.Numerics;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The place of the least element among all, row-major: the first of several, or that of the first NaN if there is one.</summary>
    /// <remarks>A constant to derivatives.</remarks>
    /// <exception cref="ArgumentException">The array is empty.</exception>
    public static NDArray<int> ArgMin<T>(NDArray<T> x) where T : unmanaged, INumber<T> => ArgExtremeOp.OfAll(x, isMax: false);

    /// <summary>The place of the least along an axis: the first of several, or that of the first NaN if there is one.</summary>
    /// <remarks>A constant to derivatives.</remarks>
    /// <exception cref="ArgumentException">There is no such axis, or it is empty.</exception>
    public static NDArray<int> ArgMin<T>(NDArray<T> x, int axis, bool keepDims = false) where T : unmanaged, INumber<T> =>
        ArgExtremeOp.Along(x, axis, isMax: false, keepDims);
}
