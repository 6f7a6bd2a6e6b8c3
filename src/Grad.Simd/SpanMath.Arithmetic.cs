using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Functions over spans of float and double, named and shaped as <c>System.Numerics.Tensors.TensorPrimitives</c> names them.
/// </summary>
/// <remarks>
/// Elementwise functions take inputs of one length and a destination at least as long, of which they write the first elements; the
/// destination begins with an input (in place) or is disjoint from all of them. An element's bits never depend on its position, on the
/// length or on alignment. Errors are given in units of the last place (ULP), with and without a fused multiply-add in hardware.
/// </remarks>
public static partial class SpanMath
{
    /// <summary><c>destination[i] = x[i] + y[i]</c>.</summary>
    /// <remarks>
    /// Correctly rounded (at most 0.5 ULP); NaN, infinities and signed zeros as IEEE 754 has them.
    /// </remarks>
    /// <param name="x">The first operands.</param>
    /// <param name="y">The second operands.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Add<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(AddKernel), x, y, destination);

    /// <summary><c>destination[i] = x[i] + y</c>.</summary>
    /// <inheritdoc cref="Add{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Add<T>(ReadOnlySpan<T> x, T y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(AddKernel), x, y, destination);

    /// <summary><c>destination[i] = x[i] − y[i]</c>.</summary>
    /// <remarks>
    /// Correctly rounded (at most 0.5 ULP); NaN, infinities and signed zeros as IEEE 754 has them.
    /// </remarks>
    /// <param name="x">The first operands.</param>
    /// <param name="y">The second operands.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Subtract<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(SubtractKernel), x, y, destination);

    /// <summary><c>destination[i] = x[i] − y</c>.</summary>
    /// <inheritdoc cref="Subtract{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Subtract<T>(ReadOnlySpan<T> x, T y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(SubtractKernel), x, y, destination);

    /// <summary><c>destination[i] = x − y[i]</c>.</summary>
    /// <inheritdoc cref="Subtract{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Subtract<T>(T x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(SubtractKernel), x, y, destination);

    /// <summary><c>destination[i] = x[i]·y[i]</c>.</summary>
    /// <remarks>
    /// Correctly rounded (at most 0.5 ULP); NaN, infinities and signed zeros as IEEE 754 has them.
    /// </remarks>
    /// <param name="x">The first operands.</param>
    /// <param name="y">The second operands.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Multiply<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(MultiplyKernel), x, y, destination);

    /// <summary><c>destination[i] = x[i]·y</c>.</summary>
    /// <inheritdoc cref="Multiply{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Multiply<T>(ReadOnlySpan<T> x, T y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(MultiplyKernel), x, y, destination);

    /// <summary><c>destination[i] = x[i] / y[i]</c>.</summary>
    /// <remarks>
    /// Correctly rounded (at most 0.5 ULP); NaN, infinities and signed zeros as IEEE 754 has them.
    /// </remarks>
    /// <param name="x">The first operands.</param>
    /// <param name="y">The second operands.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Divide<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(DivideKernel), x, y, destination);

    /// <summary><c>destination[i] = x[i] / y</c>.</summary>
    /// <inheritdoc cref="Divide{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Divide<T>(ReadOnlySpan<T> x, T y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(DivideKernel), x, y, destination);

    /// <summary><c>destination[i] = x / y[i]</c>.</summary>
    /// <inheritdoc cref="Divide{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Divide<T>(T x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(DivideKernel), x, y, destination);

    /// <summary><c>destination[i] = −x[i]</c>.</summary>
    /// <remarks>
    /// Exact: the sign is flipped, of zeros and NaN too.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Negate<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(NegateKernel), x, destination);

    private readonly struct AddKernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => x + y;
    }

    private readonly struct SubtractKernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => x - y;
    }

    private readonly struct MultiplyKernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => x * y;
    }

    private readonly struct DivideKernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => x / y;
    }

    private readonly struct NegateKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => -x;
    }
}
