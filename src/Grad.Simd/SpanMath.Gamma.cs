using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = log |Γ(x[i])|</c>, with full relative accuracy at its zeros 1 and 2.</summary>
    /// <remarks>
    /// At most 4 ULP; below −½ of the larger of the result and 1 + |x|·log(1 + |x|), since at the zeros there differences cancel. Zeros, negative integers
    /// and infinities give +∞, NaN gives NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void LogGamma<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(LogGammaKernel), x, destination);

    /// <summary><c>destination[i] = ψ(x[i])</c>, the derivative of log Γ, with full relative accuracy at its positive zero.</summary>
    /// <remarks>
    /// At most 3.5 ULP; for negative x of the larger of the result and 1 + log(1 + |x|), since at the zeros there differences cancel. ±0 gives ∓∞, negative
    /// integers, −∞ and NaN give NaN, +∞ gives +∞.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Digamma<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(DigammaKernel), x, destination);

    /// <summary><c>destination[i] = ψ′(x[i])</c>, the second derivative of log Γ.</summary>
    /// <remarks>
    /// At most 4 ULP. Zeros and negative integers give +∞, +∞ gives 0, −∞ and NaN give NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Trigamma<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(TrigammaKernel), x, destination);

    /// <summary><c>destination[i] = ψ⁽ⁿ⁾(x[i])</c>, the derivative of <see cref="Digamma"/> of order n.</summary>
    /// <remarks>
    /// Some 2.5 + 1.5·n ULP; for negative x and even n of the larger of the result and n!, since at the zeros there differences cancel. At its poles, 0 and the
    /// negative integers, ∞ for odd n; for even n ∓∞ at ±0 and NaN at negative integers. +∞ gives 0, −∞ and NaN give NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="order">n, from 0 to 170.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative or above 170.</exception>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Polygamma<T>(ReadOnlySpan<T> x, int order, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (order == 0)
        {
            Map.Run(default(DigammaKernel), x, destination);
        }
        else
        {
            PolygammaTable.Of(order);
            Map.Run(new PolygammaKernel(order), x, destination);
        }
    }

    private readonly struct LogGammaKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.LogGamma(x);
    }

    private readonly struct DigammaKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Digamma(x);
    }

    private readonly struct TrigammaKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Polygamma(x, 1);
    }

    private readonly struct PolygammaKernel(int order) : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Polygamma(x, order);
    }
}
