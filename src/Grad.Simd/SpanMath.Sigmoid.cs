using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = tanh x[i]</c>, with full relative accuracy near 0.</summary>
    /// <remarks>
    /// At most 1.7 ULP. ±0 gives itself, ±∞ gives ±1, NaN gives NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Tanh<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(TanhKernel), x, destination);

    /// <summary><c>destination[i] = 1 / (1 + e^−x[i])</c>, with full relative accuracy where it is tiny.</summary>
    /// <remarks>
    /// At most 2 ULP. −∞ gives 0, +∞ gives 1, NaN gives NaN; underflows through the subnormals to 0.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Sigmoid<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(SigmoidKernel), x, destination);

    private readonly struct TanhKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Tanh(x);
    }

    private readonly struct SigmoidKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Sigmoid(x);
    }
}
