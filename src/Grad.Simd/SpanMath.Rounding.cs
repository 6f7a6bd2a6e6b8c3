using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = ⌊x[i]⌋</c>, rounded down.</summary>
    /// <remarks>
    /// Exact; zeros keep their sign, infinities and NaN give themselves.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Floor<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(FloorKernel), x, destination);

    /// <summary><c>destination[i] = ⌈x[i]⌉</c>, rounded up; −0 between −1 and 0.</summary>
    /// <remarks>
    /// Exact; zeros keep their sign, infinities and NaN give themselves.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Ceiling<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(CeilingKernel), x, destination);

    /// <summary><c>destination[i]</c> is x[i] rounded to the nearest whole number, of two the even one.</summary>
    /// <remarks>
    /// Exact; zeros keep their sign, infinities and NaN give themselves.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Round<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(RoundKernel), x, destination);

    /// <summary><c>destination[i]</c> is x[i] rounded toward zero.</summary>
    /// <remarks>
    /// Exact; zeros keep their sign, infinities and NaN give themselves.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Truncate<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(TruncateKernel), x, destination);

    /// <summary><c>destination[i]</c> is what the truncated division of x[i] by y[i] leaves, C's fmod.</summary>
    /// <remarks>
    /// Exact, with the sign of x, of zeros too; NaN if x is infinite or y zero, x if y is infinite.
    /// </remarks>
    /// <param name="x">The dividends.</param>
    /// <param name="y">The divisors.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Remainder<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(RemainderKernel), x, y, destination);

    /// <summary><c>destination[i]</c> is what the truncated division of x[i] by y leaves.</summary>
    /// <inheritdoc cref="Remainder{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Remainder<T>(ReadOnlySpan<T> x, T y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(RemainderKernel), x, y, destination);

    /// <summary><c>destination[i]</c> is what the truncated division of x by y[i] leaves.</summary>
    /// <inheritdoc cref="Remainder{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Remainder<T>(T x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(RemainderKernel), x, y, destination);

    /// <summary><c>destination[i] = x[i] − n·y[i]</c>, n the whole number nearest to x[i]/y[i], of two the even one: the remainder of IEEE 754.</summary>
    /// <remarks>
    /// Exact, whatever the quotient; at most half of y in magnitude. Zeros have the sign of x; NaN if x is infinite or y zero, x if y is infinite.
    /// </remarks>
    /// <param name="x">The dividends.</param>
    /// <param name="y">The divisors.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Ieee754Remainder<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(Ieee754RemainderKernel), x, y, destination);

    /// <summary><c>destination[i] = x[i] − n·y</c>, n the whole number nearest to x[i]/y.</summary>
    /// <inheritdoc cref="Ieee754Remainder{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Ieee754Remainder<T>(ReadOnlySpan<T> x, T y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(Ieee754RemainderKernel), x, y, destination);

    /// <summary><c>destination[i] = x − n·y[i]</c>, n the whole number nearest to x/y[i].</summary>
    /// <inheritdoc cref="Ieee754Remainder{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Ieee754Remainder<T>(T x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(Ieee754RemainderKernel), x, y, destination);

    private readonly struct FloorKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Floor(x);
    }

    private readonly struct CeilingKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Ceiling(x);
    }

    private readonly struct RoundKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Round(x);
    }

    private readonly struct TruncateKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Truncate(x);
    }

    private readonly struct RemainderKernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Remainder(x, y);
    }

    private readonly struct Ieee754RemainderKernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V>
        {
            // Of the remainders to either side of zero the lesser. Their difference is exact where it matters: between y/2 and y.
            var magnitude = V.Abs(y);
            var near = V.Remainder(x, y);
            var far = near - V.Select(V.LessThan(x, V.Constant(0)), -magnitude, magnitude);
            V nearSize = V.Abs(near), farSize = V.Abs(far);
            // Both are y/2 only if the quotient is n + 1/2 exactly, and then so is its half, n/2 + 1/4.
            var half = 0.5 * (V.Abs(x) / magnitude);
            var isOdd = V.LessThan(V.Constant(0.5), half - V.Truncate(half));
            return V.Select(V.Or(V.LessThan(farSize, nearSize), V.And(V.Equal(farSize, nearSize), isOdd)), far, near);
        }
    }
}
