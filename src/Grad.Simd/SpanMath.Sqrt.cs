using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = √x[i]</c>.</summary>
    /// <remarks>
    /// Correctly rounded (at most 0.5 ULP). −0 gives −0, negative numbers and NaN give NaN, +∞ gives +∞.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Sqrt<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(SqrtKernel), x, destination);

    /// <summary><c>destination[i] = 1/√x[i]</c>.</summary>
    /// <remarks>
    /// At most 1.5 ULP: a root and a quotient, both correctly rounded. ±0 gives ±∞, negative numbers and NaN give NaN, +∞ gives 0.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void ReciprocalSqrt<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(ReciprocalSqrtKernel), x, destination);

    private readonly struct ReciprocalSqrtKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.ReciprocalSqrt(x);
    }

    private readonly struct SqrtKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Sqrt(x);
    }
}
