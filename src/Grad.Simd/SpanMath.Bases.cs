using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = 2^x[i]</c>, exact for integers.</summary>
    /// <remarks>
    /// At most 1.1 ULP. −∞ gives 0, +∞ gives +∞, NaN gives NaN; overflows to +∞, underflows through the subnormals to 0.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Exp2<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(Exp2Kernel), x, destination);

    /// <summary><c>destination[i] = log₂ x[i]</c>, exact for powers of 2.</summary>
    /// <remarks>
    /// At most 1 ULP, subnormal arguments included. ±0 gives −∞, negative numbers and NaN give NaN, +∞ gives +∞.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Log2<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(Log2Kernel), x, destination);

    /// <summary><c>destination[i] = log₁₀ x[i]</c>, exact for powers of 10.</summary>
    /// <remarks>
    /// At most 1 ULP, subnormal arguments included. ±0 gives −∞, negative numbers and NaN give NaN, +∞ gives +∞.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Log10<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(Log10Kernel), x, destination);

    private readonly struct Exp2Kernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Exp2(x);
    }

    private readonly struct Log2Kernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Log2(x);
    }

    private readonly struct Log10Kernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Log10(x);
    }
}
