using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = √(x[i]² + y[i]²)</c>, without overflow and underflow on the way.</summary>
    /// <remarks>
    /// At most 1.5 ULP. An infinity gives +∞, beside NaN too; else NaN gives NaN.
    /// </remarks>
    /// <param name="x">The first operands.</param>
    /// <param name="y">The second operands.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Hypot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(HypotKernel), x, y, destination);

    private readonly struct HypotKernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Hypot(x, y);
    }
}
