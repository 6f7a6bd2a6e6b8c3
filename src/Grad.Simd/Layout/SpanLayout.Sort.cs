using System.Numerics;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <content>Sorting.</content>
public static partial class SpanLayout
{
    /// <summary>Sorts numbers: from −∞ over −0 before +0 to +∞, and then NaN.</summary>
    /// <remarks>
    /// By digits of the bit patterns, from the last to the first (H. Seward, 1954): time in proportion to the length, whatever the numbers are. −0 and +0 are told
    /// apart, so that the result is one alone; NaN stay in the order in which they came, and keep their bits.
    /// </remarks>
    /// <param name="x">The numbers.</param>
    /// <param name="destination">The same in order; begins with x or is disjoint from it.</param>
    /// <param name="descending">Whether the order is turned around, NaN first.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Sort<T>(ReadOnlySpan<T> x, Span<T> destination, bool descending = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Contract.Holds(destination.Length, x.Length, nameof(Sort));
        Contract.SameStartOrDisjoint(x, destination, nameof(Sort));
        if (typeof(T) == typeof(double))
            Numbers<double, Radix.Key64>(MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(destination), descending);
        else if (typeof(T) == typeof(float))
            Numbers<float, Radix.Key32>(MemoryMarshal.Cast<T, float>(x), MemoryMarshal.Cast<T, float>(destination), descending);
        else
            Contract.ThrowElementType<T>();
    }

    /// <summary>The places of numbers in their order: <c>x[indices[k]]</c> is the k-th of <c>Sort</c>, to the bit.</summary>
    /// <remarks>Stable: numbers of the same bits, and NaN of any, come in the order of their places, descending too.</remarks>
    /// <param name="x">The numbers.</param>
    /// <param name="indices">Their places, to be written; disjoint from x.</param>
    /// <param name="descending">Whether the order is turned around, NaN first.</param>
    /// <exception cref="ArgumentException">There are fewer indices than numbers, or they overlap.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void ArgSort<T>(ReadOnlySpan<T> x, Span<int> indices, bool descending = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Contract.Holds(indices.Length, x.Length, nameof(ArgSort));
        Contract.Disjoint(x, indices, nameof(ArgSort));
        if (typeof(T) == typeof(double))
            Places<double, Radix.Place64>(MemoryMarshal.Cast<T, double>(x), indices, descending);
        else if (typeof(T) == typeof(float))
            Places<float, Radix.Place32>(MemoryMarshal.Cast<T, float>(x), indices, descending);
        else
            Contract.ThrowElementType<T>();
    }

    private static unsafe void Numbers<T, TKey>(ReadOnlySpan<T> x, Span<T> destination, bool descending)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKey : unmanaged, Radix.IItem<T, TKey>
    {
        var memory = (TKey*)NativeMemory.Alloc((nuint)x.Length * 2, (nuint)sizeof(TKey));
        try
        {
            // NaN are set aside, at the end of what they will be copied from.
            int count = 0, end = x.Length;
            foreach (T value in x)
                memory[T.IsNaN(value) ? --end : count++] = TKey.Of(value, 0, descending);
            TKey* sorted = Radix.Sort<T, TKey>(memory, memory + x.Length, count);
            int front = descending ? x.Length - count : 0, back = descending ? 0 : count;
            for (int i = 0; i < x.Length - count; i++)
                destination[back + i] = memory[x.Length - 1 - i].Value(descending);
            for (int i = 0; i < count; i++)
                destination[front + i] = sorted[i].Value(descending);
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    private static unsafe void Places<T, TPlace>(ReadOnlySpan<T> x, Span<int> indices, bool descending)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPlace : unmanaged, Radix.IItem<T, TPlace>
    {
        var memory = (TPlace*)NativeMemory.Alloc((nuint)x.Length * 2, (nuint)sizeof(TPlace));
        try
        {
            for (int i = 0; i < x.Length; i++)
                memory[i] = TPlace.Of(x[i], i, descending);
            TPlace* sorted = Radix.Sort<T, TPlace>(memory, memory + x.Length, x.Length);
            for (int i = 0; i < x.Length; i++)
                indices[i] = sorted[i].Place;
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }
}
