using System.Numerics;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The outer product <c>z[i, j] = x[i]·y[j]</c>, of shape [m, n]; arrays of other ranks than 1 are flattened, as in NumPy.</summary>
    /// <remarks>Each element is rounded once; whole numbers wrap. The derivatives are <c>∂x = ∂z·y</c> and <c>∂y = xᵀ·∂z</c>.</remarks>
    /// <exception cref="ArgumentException">The result would have too many elements.</exception>
    /// <exception cref="NotSupportedException">T is none of double, float, int, long.</exception>
    public static NDArray<T> Outer<T>(NDArray<T> x, NDArray<T> y) where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return (NDArray<T>)MatMulOp.Of(
            ReshapeOp.To(x, Shape.Create([x.Length, 1])), ReshapeOp.To(y, Shape.Create([1, y.Length])), transposeX: false, transposeY: false);
    }
}
