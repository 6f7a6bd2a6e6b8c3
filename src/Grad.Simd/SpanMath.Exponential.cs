using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = e^x[i]</c>.</summary>
    /// <remarks>
    /// At most 1.15 ULP. −∞ gives 0, +∞ gives +∞, NaN gives NaN; overflows to +∞, underflows through the subnormals to 0.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Exp<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(ExpKernel), x, destination);

    /// <summary><c>destination[i] = e^x[i] − 1</c>, with full relative accuracy near 0.</summary>
    /// <remarks>
    /// At most 1.7 ULP. −∞ gives −1, +∞ gives +∞, NaN gives NaN; ±0 and subnormals give themselves.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void ExpM1<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(ExpM1Kernel), x, destination);

    /// <summary><c>destination[i] = ln x[i]</c>.</summary>
    /// <remarks>
    /// At most 1 ULP, subnormal arguments included. ±0 gives −∞, negative numbers and NaN give NaN, +∞ gives +∞.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Log<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(LogKernel), x, destination);

    /// <summary><c>destination[i] = ln(1 + x[i])</c>, with full relative accuracy near 0.</summary>
    /// <remarks>
    /// At most 1 ULP. −1 gives −∞, less than −1 and NaN give NaN, +∞ gives +∞; ±0 and subnormals give themselves.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void LogP1<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(LogP1Kernel), x, destination);

    private readonly struct ExpKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Exp(x);
    }

    private readonly struct ExpM1Kernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.ExpM1(x);
    }

    private readonly struct LogKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Log(x);
    }

    private readonly struct LogP1Kernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.LogP1(x);
    }
}
