using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = arcsin x[i]</c>, from −π/2 to π/2.</summary>
    /// <remarks>
    /// At most 2 ULP. ±0 gives itself; NaN and what lies outside [−1, 1] give NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Asin<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(AsinKernel), x, destination);

    /// <summary><c>destination[i] = arccos x[i]</c>, from 0 to π.</summary>
    /// <remarks>
    /// At most 2 ULP. 1 gives +0; NaN and what lies outside [−1, 1] give NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Acos<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(AcosKernel), x, destination);

    /// <summary><c>destination[i] = arctan x[i]</c>, from −π/2 to π/2.</summary>
    /// <remarks>
    /// At most 2 ULP. ±0 gives itself, ±∞ gives ±π/2, NaN gives NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Atan<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(AtanKernel), x, destination);

    /// <summary><c>destination[i] = arctan(y[i] / x[i])</c> in the quadrant of the point (x, y), from −π to π.</summary>
    /// <remarks>
    /// At most 2 ULP. Zeros and infinities of either sign as <see cref="Math.Atan2"/> has them; NaN if either is NaN.
    /// </remarks>
    /// <param name="y">The ordinates.</param>
    /// <param name="x">The abscissas.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Atan2<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(Atan2Kernel), y, x, destination);

    /// <summary><c>destination[i] = arctan(y[i] / x)</c> in the quadrant of the point (x, y), from −π to π.</summary>
    /// <inheritdoc cref="Atan2{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Atan2<T>(ReadOnlySpan<T> y, T x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(Atan2Kernel), y, x, destination);

    /// <summary><c>destination[i] = arctan(y / x[i])</c> in the quadrant of the point (x, y), from −π to π.</summary>
    /// <inheritdoc cref="Atan2{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Atan2<T>(T y, ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(Atan2Kernel), y, x, destination);

    private readonly struct AsinKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Asin(x);
    }

    private readonly struct AcosKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Acos(x);
    }

    private readonly struct AtanKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Atan(x);
    }

    private readonly struct Atan2Kernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V y, V x) where V : struct, ILane<V> => V.Atan2(y, x);
    }
}
