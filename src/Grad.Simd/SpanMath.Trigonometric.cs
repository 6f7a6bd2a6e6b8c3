using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = sin x[i]</c>, x in radians, of any size.</summary>
    /// <remarks>
    /// At most 2 ULP. ±0 gives itself; infinities and NaN give NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Sin<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(SinKernel), x, destination);

    /// <summary><c>destination[i] = cos x[i]</c>, x in radians, of any size.</summary>
    /// <remarks>
    /// At most 2 ULP. Infinities and NaN give NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Cos<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(CosKernel), x, destination);

    /// <summary><c>sines[i] = sin x[i]</c> and <c>cosines[i] = cos x[i]</c> in one pass, x in radians, of any size.</summary>
    /// <remarks>
    /// At most 2 ULP: the bits of <see cref="Sin"/> and <see cref="Cos"/>. Only the first <c>x.Length</c> elements of either destination are written.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="sines">The sines; begins with x or is disjoint from it.</param>
    /// <param name="cosines">The cosines; begins with x or is disjoint from it, and is disjoint from the sines.</param>
    /// <exception cref="ArgumentException">
    /// A destination is shorter than x, or overlaps it without beginning with it, or the destinations overlap each other.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void SinCos<T>(ReadOnlySpan<T> x, Span<T> sines, Span<T> cosines)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PairLoop<SinCosPair, T>.Run(x, sines, cosines, nameof(SinCos), nameof(sines), nameof(cosines));

    /// <summary><c>destination[i] = tan x[i]</c>, x in radians, of any size.</summary>
    /// <remarks>
    /// At most 2 ULP. ±0 gives itself; infinities and NaN give NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Tan<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(TanKernel), x, destination);

    private readonly struct SinKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Sin(x);
    }

    private readonly struct CosKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Cos(x);
    }

    private readonly struct TanKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Tan(x);
    }
}
