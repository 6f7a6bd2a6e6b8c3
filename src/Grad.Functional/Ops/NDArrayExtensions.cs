using System.Numerics;

namespace Grad.Functional;

/// <summary>
/// The few functions that read well after their operand: <c>x.Sum(0).Reshape(3, 4).T</c>. Elementwise functions are in
/// <see cref="NDMath"/> only.
/// </summary>
public static class NDArrayExtensions
{
    /// <summary>Members of arrays of every element type.</summary>
    extension<TElement>(NDArray<TElement> x) where TElement : unmanaged
    {
        /// <summary>All axes in reverse order: of a matrix, its transpose.</summary>
        public NDArray<TElement> T => NDMath.Transpose(x);

        /// <inheritdoc cref="NDMath.Reshape{T}(NDArray{T}, ReadOnlySpan{int})"/>
        public NDArray<TElement> Reshape(params ReadOnlySpan<int> shape) => NDMath.Reshape(x, shape);

        /// <summary>The elements in one axis, row-major.</summary>
        public NDArray<TElement> Flatten() => NDMath.Reshape(x, x.Length);

        /// <inheritdoc cref="NDMath.Transpose{T}(NDArray{T})"/>
        public NDArray<TElement> Transpose() => NDMath.Transpose(x);

        /// <inheritdoc cref="NDMath.Permute{T}(NDArray{T}, ReadOnlySpan{int})"/>
        public NDArray<TElement> Permute(params ReadOnlySpan<int> axes) => NDMath.Permute(x, axes);

        /// <inheritdoc cref="NDMath.ExpandDims{T}(NDArray{T}, int)"/>
        public NDArray<TElement> ExpandDims(int axis) => NDMath.ExpandDims(x, axis);

        /// <inheritdoc cref="NDMath.Squeeze{T}(NDArray{T}, ReadOnlySpan{int})"/>
        public NDArray<TElement> Squeeze(params ReadOnlySpan<int> axes) => NDMath.Squeeze(x, axes);
    }

    /// <summary>Members of arrays of numbers.</summary>
    extension<T>(NDArray<T> x) where T : unmanaged, INumber<T>
    {
        /// <inheritdoc cref="NDMath.Sum{T}(NDArray{T})"/>
        public NDArray<T> Sum() => NDMath.Sum(x);

        /// <inheritdoc cref="NDMath.Sum{T}(NDArray{T}, bool)"/>
        public NDArray<T> Sum(bool keepDims) => NDMath.Sum(x, keepDims);

        /// <inheritdoc cref="NDMath.Sum{T}(NDArray{T}, int, bool)"/>
        public NDArray<T> Sum(int axis, bool keepDims = false) => NDMath.Sum(x, axis, keepDims);

        /// <inheritdoc cref="NDMath.Sum{T}(NDArray{T}, ReadOnlySpan{int}, bool)"/>
        public NDArray<T> Sum(ReadOnlySpan<int> axes, bool keepDims = false) => NDMath.Sum(x, axes, keepDims);

        /// <inheritdoc cref="NDMath.Max{T}(NDArray{T})"/>
        public NDArray<T> Max() => NDMath.Max(x);

        /// <inheritdoc cref="NDMath.Max{T}(NDArray{T}, bool)"/>
        public NDArray<T> Max(bool keepDims) => NDMath.Max(x, keepDims);

        /// <inheritdoc cref="NDMath.Max{T}(NDArray{T}, int, bool)"/>
        public NDArray<T> Max(int axis, bool keepDims = false) => NDMath.Max(x, axis, keepDims);

        /// <inheritdoc cref="NDMath.Max{T}(NDArray{T}, ReadOnlySpan{int}, bool)"/>
        public NDArray<T> Max(ReadOnlySpan<int> axes, bool keepDims = false) => NDMath.Max(x, axes, keepDims);

        /// <inheritdoc cref="NDMath.Min{T}(NDArray{T})"/>
        public NDArray<T> Min() => NDMath.Min(x);

        /// <inheritdoc cref="NDMath.Min{T}(NDArray{T}, bool)"/>
        public NDArray<T> Min(bool keepDims) => NDMath.Min(x, keepDims);

        /// <inheritdoc cref="NDMath.Min{T}(NDArray{T}, int, bool)"/>
        public NDArray<T> Min(int axis, bool keepDims = false) => NDMath.Min(x, axis, keepDims);

        /// <inheritdoc cref="NDMath.Min{T}(NDArray{T}, ReadOnlySpan{int}, bool)"/>
        public NDArray<T> Min(ReadOnlySpan<int> axes, bool keepDims = false) => NDMath.Min(x, axes, keepDims);

        /// <inheritdoc cref="NDMath.MatMul{T}(NDArray{T}, NDArray{T})"/>
        public NDArray<T> MatMul(NDArray<T> y) => NDMath.MatMul(x, y);

        /// <inheritdoc cref="NDMath.Dot{T}(NDArray{T}, NDArray{T})"/>
        public NDArray<T> Dot(NDArray<T> y) => NDMath.Dot(x, y);
    }

    /// <summary>Members of arrays of floating-point numbers.</summary>
    extension<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="NDMath.Mean{T}(NDArray{T})"/>
        public NDArray<T> Mean() => NDMath.Mean(x);

        /// <inheritdoc cref="NDMath.Mean{T}(NDArray{T}, bool)"/>
        public NDArray<T> Mean(bool keepDims) => NDMath.Mean(x, keepDims);

        /// <inheritdoc cref="NDMath.Mean{T}(NDArray{T}, int, bool)"/>
        public NDArray<T> Mean(int axis, bool keepDims = false) => NDMath.Mean(x, axis, keepDims);

        /// <inheritdoc cref="NDMath.Mean{T}(NDArray{T}, ReadOnlySpan{int}, bool)"/>
        public NDArray<T> Mean(ReadOnlySpan<int> axes, bool keepDims = false) => NDMath.Mean(x, axes, keepDims);
    }
}
