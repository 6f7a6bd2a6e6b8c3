using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

public static partial class Fold
{
    /// <summary>The place of the greatest element, the first of several; that of the first NaN if there is one.</summary>
    /// <param name="x">The numbers, at least one.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    /// <exception cref="NotSupportedException">T is none of double, float, int, long.</exception>
    public static int ArgMax<T>(ReadOnlySpan<T> x, [CallerMemberName] string operation = "ArgMax")
        where T : unmanaged
    {
        Contract.NotEmpty(x.Length, operation);
        int place = 0;
        ArgExtremeAxis<SpanMath.MaximumKernel, Greater, T>(x, 1, x.Length, 1, isMax: true, new Span<int>(ref place), operation);
        return place;
    }

    /// <summary>The place of the least element, the first of several; that of the first NaN if there is one.</summary>
    /// <inheritdoc cref="ArgMax{T}(ReadOnlySpan{T}, string)"/>
    public static int ArgMin<T>(ReadOnlySpan<T> x, [CallerMemberName] string operation = "ArgMin")
        where T : unmanaged
    {
        Contract.NotEmpty(x.Length, operation);
        int place = 0;
        ArgExtremeAxis<SpanMath.MinimumKernel, Less, T>(x, 1, x.Length, 1, isMax: false, new Span<int>(ref place), operation);
        return place;
    }

    /// <summary>
    /// The place of the greatest along the middle axis of a row-major array of shape [outer, axis, inner], the first of several; that of
    /// the first NaN if there is one.
    /// </summary>
    /// <param name="x">The numbers, outer·axis·inner of them.</param>
    /// <param name="outer">The length of the leading axes, multiplied.</param>
    /// <param name="axis">The length of the axis that is searched, at least 1.</param>
    /// <param name="inner">The length of the trailing axes, multiplied.</param>
    /// <param name="destination">The places along the axis, outer·inner of them; disjoint from x.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative, or that of the axis is 0.</exception>
    /// <exception cref="ArgumentException">
    /// x has not outer·axis·inner elements, the destination has fewer than outer·inner, or overlaps x.
    /// </exception>
    /// <exception cref="NotSupportedException">T is none of double, float, int, long.</exception>
    public static void ArgMaxAxis<T>(
        ReadOnlySpan<T> x, int outer, int axis, int inner, Span<int> destination, [CallerMemberName] string operation = "ArgMaxAxis")
        where T : unmanaged =>
        ArgExtremeAxis<SpanMath.MaximumKernel, Greater, T>(x, outer, axis, inner, isMax: true, destination, operation);

    /// <summary>
    /// The place of the least along the middle axis of a row-major array of shape [outer, axis, inner], the first of several; that of the
    /// first NaN if there is one.
    /// </summary>
    /// <inheritdoc cref="ArgMaxAxis{T}(ReadOnlySpan{T}, int, int, int, Span{int}, string)"/>
    public static void ArgMinAxis<T>(
        ReadOnlySpan<T> x, int outer, int axis, int inner, Span<int> destination, [CallerMemberName] string operation = "ArgMinAxis")
        where T : unmanaged =>
        ArgExtremeAxis<SpanMath.MinimumKernel, Less, T>(x, outer, axis, inner, isMax: false, destination, operation);

    private static void ArgExtremeAxis<TKernel, TOrder, T>(
        ReadOnlySpan<T> x, int outer, int axis, int inner, bool isMax, Span<int> destination, string operation)
        where TKernel : struct, IBinaryKernel
        where TOrder : struct, IBinaryKernel
        where T : unmanaged
    {
        Contract.NonEmptyAxis(x.Length, outer, axis, inner, operation);
        Contract.Holds(destination.Length, (long)outer * inner, operation);
        destination = destination[..(outer * inner)];
        Contract.Disjoint(x, destination, operation);
        if (typeof(T) == typeof(int))
        {
            WholeFold.ArgExtremeAxis(MemoryMarshal.Cast<T, int>(x), outer, axis, inner, isMax, destination);
            return;
        }

        if (typeof(T) == typeof(long))
        {
            WholeFold.ArgExtremeAxis(MemoryMarshal.Cast<T, long>(x), outer, axis, inner, isMax, destination);
            return;
        }

        for (int o = 0; o < outer && inner > 0; o++)
        {
            var slab = x.Slice(o * axis * inner, axis * inner);
            if (inner == 1)
            {
                T best = Extreme<TKernel, T>(slab, isMax, operation);
                var loop = new FirstEqual<T>(ref MemoryMarshal.GetReference(slab), axis, best, ref destination[o]);
                Widest.Run<FirstEqual<T>, T>(ref loop, axis);
            }
            else
            {
                var loop = new ColumnPlaces<TOrder, T>(ref MemoryMarshal.GetReference(slab), axis, inner, ref destination[o * inner]);
                Widest.Run<ColumnPlaces<TOrder, T>, T>(ref loop, inner);
            }
        }
    }
}
