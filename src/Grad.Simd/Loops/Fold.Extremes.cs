using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

public static partial class Fold
{
    /// <summary>The greatest of the elements: NaN if any is NaN, and −0 below +0.</summary>
    /// <remarks>Exact.</remarks>
    /// <param name="x">The numbers, at least one.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    /// <exception cref="NotSupportedException">T is none of double, float, int, long.</exception>
    public static T Max<T>(ReadOnlySpan<T> x, [CallerMemberName] string operation = "Max")
        where T : unmanaged =>
        Extreme<SpanMath.MaximumKernel, T>(x, isMax: true, operation);

    /// <summary>The least of the elements: NaN if any is NaN, and −0 below +0.</summary>
    /// <inheritdoc cref="Max{T}(ReadOnlySpan{T}, string)"/>
    public static T Min<T>(ReadOnlySpan<T> x, [CallerMemberName] string operation = "Min")
        where T : unmanaged =>
        Extreme<SpanMath.MinimumKernel, T>(x, isMax: false, operation);

    /// <summary>
    /// The greatest along the middle axis of a row-major array of shape [outer, axis, inner]: <c>destination[o, i] = maxₐ x[o, a, i]</c>.
    /// NaN if any is NaN, and −0 below +0.
    /// </summary>
    /// <remarks>Exact.</remarks>
    /// <param name="x">The numbers, outer·axis·inner of them.</param>
    /// <param name="outer">The length of the leading axes, multiplied.</param>
    /// <param name="axis">The length of the axis that is reduced, at least 1.</param>
    /// <param name="inner">The length of the trailing axes, multiplied.</param>
    /// <param name="destination">The results, outer·inner of them; disjoint from x.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, or that of the axis is 0.</exception>
    /// <exception cref="ArgumentException">
    /// x has not outer·axis·inner elements, the destination has fewer than outer·inner, or overlaps x.
    /// </exception>
    /// <exception cref="NotSupportedException">T is none of double, float, int, long.</exception>
    public static void MaxAxis<T>(
        ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination, [CallerMemberName] string operation = "MaxAxis")
        where T : unmanaged =>
        ExtremeAxis<SpanMath.MaximumKernel, T>(x, outer, axis, inner, isMax: true, destination, operation);

    /// <summary>
    /// The least along the middle axis of a row-major array of shape [outer, axis, inner]: <c>destination[o, i] = minₐ x[o, a, i]</c>.
    /// NaN if any is NaN, and −0 below +0.
    /// </summary>
    /// <inheritdoc cref="MaxAxis{T}(ReadOnlySpan{T}, int, int, int, Span{T}, string)"/>
    public static void MinAxis<T>(
        ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination, [CallerMemberName] string operation = "MinAxis")
        where T : unmanaged =>
        ExtremeAxis<SpanMath.MinimumKernel, T>(x, outer, axis, inner, isMax: false, destination, operation);

    internal static T Extreme<TKernel, T>(ReadOnlySpan<T> x, bool isMax, string operation)
        where TKernel : struct, IBinaryKernel
        where T : unmanaged
    {
        Contract.NotEmpty(x.Length, operation);
        T result = default;
        if (typeof(T) == typeof(int) || typeof(T) == typeof(long))
        {
            ExtremeOfWhole(x, 1, x.Length, 1, isMax, new Span<T>(ref result));
            return result;
        }

        var loop = new RowExtreme<TKernel, T>(ref MemoryMarshal.GetReference(x), x.Length, ref result);
        Widest.Run<RowExtreme<TKernel, T>, T>(ref loop, x.Length);
        return result;
    }

    internal static void ExtremeAxis<TKernel, T>(
        ReadOnlySpan<T> x, int outer, int axis, int inner, bool isMax, Span<T> destination, string operation)
        where TKernel : struct, IBinaryKernel
        where T : unmanaged
    {
        Contract.NonEmptyAxis(x.Length, outer, axis, inner, operation);
        Contract.Holds(destination.Length, (long)outer * inner, operation);
        destination = destination[..(outer * inner)];
        Contract.Disjoint(x, destination, operation);
        if (typeof(T) == typeof(int) || typeof(T) == typeof(long))
        {
            ExtremeOfWhole(x, outer, axis, inner, isMax, destination);
            return;
        }

        for (int o = 0; o < outer && inner > 0; o++)
        {
            var slab = x.Slice(o * axis * inner, axis * inner);
            if (inner == 1)
            {
                var loop = new RowExtreme<TKernel, T>(ref MemoryMarshal.GetReference(slab), axis, ref destination[o]);
                Widest.Run<RowExtreme<TKernel, T>, T>(ref loop, axis);
            }
            else
            {
                var loop = new ColumnExtremes<TKernel, T>(ref MemoryMarshal.GetReference(slab), axis, inner, ref destination[o * inner]);
                Widest.Run<ColumnExtremes<TKernel, T>, T>(ref loop, inner);
            }
        }
    }

    private static void ExtremeOfWhole<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, bool isMax, Span<T> destination)
        where T : unmanaged
    {
        if (typeof(T) == typeof(int))
            WholeFold.ExtremeAxis(MemoryMarshal.Cast<T, int>(x), outer, axis, inner, isMax, MemoryMarshal.Cast<T, int>(destination));
        else
            WholeFold.ExtremeAxis(MemoryMarshal.Cast<T, long>(x), outer, axis, inner, isMax, MemoryMarshal.Cast<T, long>(destination));
    }
}
