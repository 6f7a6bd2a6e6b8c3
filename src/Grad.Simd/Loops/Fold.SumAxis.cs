using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

public static partial class Fold
{
    /// <summary>
    /// Sums a row-major array of shape [outer, axis, inner] over its middle axis:
    /// <c>destination[o, i] = Σₐ x[o, a, i]</c>. An axis of length 0 gives zeros; int and long wrap.
    /// </summary>
    /// <remarks>
    /// With <c>inner = 1</c> each sum is that of <see cref="Sum"/>; else its tree is pairwise, a function of <paramref name="axis"/> alone
    /// and the same at every width.
    /// </remarks>
    /// <param name="x">The terms, outer·axis·inner of them.</param>
    /// <param name="outer">The length of the leading axes, multiplied.</param>
    /// <param name="axis">The length of the axis that is summed.</param>
    /// <param name="inner">The length of the trailing axes, multiplied.</param>
    /// <param name="destination">The sums, outer·inner of them; disjoint from x.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    /// <exception cref="ArgumentException">
    /// x has not outer·axis·inner elements, the destination has fewer than outer·inner, or overlaps x.
    /// </exception>
    /// <exception cref="NotSupportedException">T is none of double, float, int, long.</exception>
    public static void SumAxis<T>(
        ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination, [CallerMemberName] string operation = "SumAxis")
        where T : unmanaged
    {
        Contract.Axis(x.Length, outer, axis, inner, operation);
        Contract.Holds(destination.Length, (long)outer * inner, operation);
        destination = destination[..(outer * inner)];
        Contract.Disjoint(x, destination, operation);

        if (typeof(T) == typeof(int))
            WrappingSum.RunAxis(MemoryMarshal.Cast<T, int>(x), outer, axis, inner, MemoryMarshal.Cast<T, int>(destination));
        else if (typeof(T) == typeof(long))
            WrappingSum.RunAxis(MemoryMarshal.Cast<T, long>(x), outer, axis, inner, MemoryMarshal.Cast<T, long>(destination));
        else if (inner == 1)
            SumRows(x, axis, destination);
        else
            SumColumns<Identity, T>(x, outer, axis, inner, destination);
    }

    private static void SumRows<T>(ReadOnlySpan<T> x, int axis, Span<T> destination)
        where T : unmanaged
    {
        if (axis is > 0 and <= ShortSum)
        {
            ShortSums.SumRows(x, axis, destination);
            return;
        }

        for (int o = 0; o < destination.Length; o++)
            destination[o] = Sum(x.Slice(o * axis, axis));
    }

    private static void SumColumns<TTerm, T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination)
        where TTerm : struct, IUnaryKernel
        where T : unmanaged
    {
        if (axis == 0)
            destination.Clear();
        for (int o = 0; axis > 0 && o < outer; o++)
        {
            var slab = x.Slice(o * axis * inner, axis * inner);
            var loop = new ColumnSums<TTerm, T>(
                ref MemoryMarshal.GetReference(slab), axis, inner, ref MemoryMarshal.GetReference(destination[(o * inner)..]));
            if (inner > 0)
                Widest.Run<ColumnSums<TTerm, T>, T>(ref loop, inner);
        }
    }
}
