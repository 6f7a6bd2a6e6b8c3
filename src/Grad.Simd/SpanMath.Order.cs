using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = |x[i]|</c>.</summary>
    /// <remarks>
    /// Exact: the sign is cleared, of zeros and NaN too.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Abs<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(AbsKernel), x, destination);

    /// <summary><c>destination[i] = min(x[i], y[i])</c>.</summary>
    /// <remarks>
    /// Exact; IEEE 754-2019 <c>minimum</c>: NaN if either is NaN, and −0 below +0.
    /// </remarks>
    /// <param name="x">The first operands.</param>
    /// <param name="y">The second operands.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Minimum<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(MinimumKernel), x, y, destination);

    /// <summary><c>destination[i] = min(x[i], y)</c>.</summary>
    /// <inheritdoc cref="Minimum{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Minimum<T>(ReadOnlySpan<T> x, T y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(MinimumKernel), x, y, destination);

    /// <summary><c>destination[i] = max(x[i], y[i])</c>.</summary>
    /// <remarks>
    /// Exact; IEEE 754-2019 <c>maximum</c>: NaN if either is NaN, and +0 above −0.
    /// </remarks>
    /// <param name="x">The first operands.</param>
    /// <param name="y">The second operands.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Maximum<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(MaximumKernel), x, y, destination);

    /// <summary><c>destination[i] = max(x[i], y)</c>.</summary>
    /// <inheritdoc cref="Maximum{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Maximum<T>(ReadOnlySpan<T> x, T y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(MaximumKernel), x, y, destination);

    private readonly struct AbsKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Abs(x);
    }

    internal readonly struct MinimumKernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Min(x, y);
    }

    internal readonly struct MaximumKernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Max(x, y);
    }
}
