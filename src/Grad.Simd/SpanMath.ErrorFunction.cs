using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = erf x[i]</c>, with full relative accuracy near 0.</summary>
    /// <remarks>
    /// At most 1.5 ULP. ±0 gives itself, ±∞ gives ±1, NaN gives NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Erf<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(ErfKernel), x, destination);

    /// <summary><c>destination[i] = erfc x[i] = 1 − erf x[i]</c>, with full relative accuracy in the right tail.</summary>
    /// <remarks>
    /// At most 2 ULP. −∞ gives 2, +∞ gives 0, NaN gives NaN; underflows through the subnormals to 0.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Erfc<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(ErfcKernel), x, destination);

    /// <summary><c>destination[i] = Φ(x[i])</c>, the standard normal distribution function, with full relative accuracy in the left tail.</summary>
    /// <remarks>
    /// At most 2 ULP. −∞ gives 0, +∞ gives 1, NaN gives NaN; underflows through the subnormals to 0.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void NormalCdf<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(NormalCdfKernel), x, destination);

    /// <summary><c>destination[i] = log Φ(x[i])</c>, the logarithm of the distribution function of the standard normal.</summary>
    /// <remarks>
    /// At most 3 ULP, in both tails too. −∞ gives −∞, +∞ gives −0, NaN gives NaN; to the right underflows through the subnormals to −0.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void NormalLogCdf<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(NormalLogCdfKernel), x, destination);

    /// <summary><c>destination[i] = erf⁻¹ x[i]</c>, the inverse of the error function, with full relative accuracy near 0.</summary>
    /// <remarks>
    /// At most 3 ULP. ±0 gives itself, ±1 gives ±∞; beyond and NaN give NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void ErfInverse<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(ErfInverseKernel), x, destination);

    /// <summary><c>destination[i] = erfc⁻¹ x[i]</c>, the inverse of the complementary error function, down to the least subnormal.</summary>
    /// <remarks>
    /// At most 3 ULP. ±0 gives +∞, 1 gives 0, 2 gives −∞; below 0, above 2 and NaN give NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void ErfcInverse<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(ErfcInverseKernel), x, destination);

    /// <summary><c>destination[i] = Φ⁻¹(x[i])</c>, the inverse of the standard normal distribution function, down to the least subnormal.</summary>
    /// <remarks>
    /// At most 3 ULP. ±0 gives −∞, ½ gives 0, 1 gives +∞; below 0, above 1 and NaN give NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void NormalQuantile<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(NormalQuantileKernel), x, destination);

    private readonly struct ErfInverseKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.ErfInverse(x);
    }

    private readonly struct ErfcInverseKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.ErfcInverse(x);
    }

    private readonly struct NormalQuantileKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.NormalQuantile(x);
    }

    private readonly struct NormalLogCdfKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.NormalLogCdf(x);
    }

    private readonly struct ErfKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Erf(x);
    }

    private readonly struct ErfcKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Erfc(x);
    }

    private readonly struct NormalCdfKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.NormalCdf(x);
    }
}
