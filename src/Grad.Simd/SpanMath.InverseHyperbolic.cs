using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = arsinh x[i]</c>, with full relative accuracy near 0.</summary>
    /// <remarks>
    /// At most 2 ULP. ±0 and subnormals give themselves, ±∞ gives itself, NaN gives NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Asinh<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(AsinhKernel), x, destination);

    /// <summary><c>destination[i] = arcosh x[i]</c>, with full relative accuracy near 1.</summary>
    /// <remarks>
    /// At most 2 ULP. 1 gives 0, less than 1 and NaN give NaN, +∞ gives +∞.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Acosh<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(AcoshKernel), x, destination);

    /// <summary><c>destination[i] = artanh x[i]</c>, with full relative accuracy near 0.</summary>
    /// <remarks>
    /// At most 2 ULP. ±1 gives ±∞, greater magnitudes and NaN give NaN; ±0 and subnormals give themselves.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Atanh<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(AtanhKernel), x, destination);

    private readonly struct AsinhKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Asinh(x);
    }

    private readonly struct AcoshKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Acosh(x);
    }

    private readonly struct AtanhKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Atanh(x);
    }
}
