using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Moves elements between row-major arrays: whole rows by index, and transposition.</summary>
public static partial class SpanLayout
{
    // From here on the runtime's copy is as fast as a loop, and for long rows faster.
    private const int LongRow = 1024;

    /// <summary>
    /// Picks rows: <c>destination[b, o, k, :] = x[b, o, indices[b, k], :]</c>. A negative index counts from the end of the axis.
    /// </summary>
    /// <param name="x">Row-major [batch, outer, axis, inner].</param>
    /// <param name="indices">Row-major [batch, count]; count follows from its length.</param>
    /// <param name="batch">How many lists of indices there are, each for a part of x of its own; 1 if one list is for all of x.</param>
    /// <param name="outer">The product of the extents between the batch and the axis.</param>
    /// <param name="axis">The extent of the axis that the indices point into.</param>
    /// <param name="inner">The length of a row: the product of the extents after the axis.</param>
    /// <param name="destination">Row-major [batch, outer, count, inner]; disjoint from x.</param>
    /// <exception cref="ArgumentException">A length does not fit the extents, or the destination overlaps x.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index points outside the axis. Nothing has been written then.</exception>
    public static void GatherRows<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<int> indices, int batch, int outer, int axis, int inner, Span<T> destination)
        where T : unmanaged
    {
        int count = Check(x.Length, indices, batch, outer, axis, inner, nameof(GatherRows));
        long length = (long)indices.Length * outer * inner;
        Contract.Holds(destination.Length, length, nameof(GatherRows));
        Contract.Disjoint(x, destination, nameof(GatherRows));
        if (length == 0)
            return;

        ref T source = ref MemoryMarshal.GetReference(x), target = ref MemoryMarshal.GetReference(destination);
        ref int first = ref MemoryMarshal.GetReference(indices);
        nint rowBytes = (nint)inner * Unsafe.SizeOf<T>();
        if (inner == 1)
            GatherElements(ref source, ref first, batch, outer, axis, count, ref target);
        else if (rowBytes < Vector<byte>.Count)
            GatherShortRows(ref source, ref first, batch, outer, axis, inner, count, ref target);
        else
            GatherLongRows(ref Unsafe.As<T, byte>(ref source), ref first, batch, outer, axis, rowBytes, count, ref Unsafe.As<T, byte>(ref target));
    }

    /// <summary>
    /// Adds rows where they belong: <c>destination[b, o, indices[b, k], :] += updates[b, o, k, :]</c>, for k in ascending order, so that
    /// the bits of the sums are always the same. A negative index counts from the end of the axis. Whole numbers wrap.
    /// </summary>
    /// <param name="updates">Row-major [batch, outer, count, inner].</param>
    /// <param name="indices">Row-major [batch, count]; count follows from its length.</param>
    /// <param name="batch">How many lists of indices there are, each for a part of the arrays of its own.</param>
    /// <param name="outer">The product of the extents between the batch and the axis.</param>
    /// <param name="axis">The extent of the axis that the indices point into.</param>
    /// <param name="inner">The length of a row: the product of the extents after the axis.</param>
    /// <param name="destination">Row-major [batch, outer, axis, inner], added to; disjoint from the updates.</param>
    /// <exception cref="ArgumentException">A length does not fit the extents, or the destination overlaps the updates.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index points outside the axis. Nothing has been written then.</exception>
    public static void ScatterAddRows<T>(
        ReadOnlySpan<T> updates, ReadOnlySpan<int> indices, int batch, int outer, int axis, int inner, Span<T> destination)
        where T : unmanaged, INumberBase<T> =>
        Scatter<SumOf<T>, T>(updates, indices, batch, outer, axis, inner, destination, nameof(ScatterAddRows));

    /// <summary>The same for truth values, where the sum is whether any holds.</summary>
    /// <inheritdoc cref="ScatterAddRows{T}(ReadOnlySpan{T}, ReadOnlySpan{int}, int, int, int, int, Span{T})"/>
    public static void ScatterOrRows(
        ReadOnlySpan<bool> updates, ReadOnlySpan<int> indices, int batch, int outer, int axis, int inner, Span<bool> destination) =>
        Scatter<AnyOf, byte>(
            MemoryMarshal.Cast<bool, byte>(updates),
            indices,
            batch,
            outer,
            axis,
            inner,
            MemoryMarshal.Cast<bool, byte>(destination),
            nameof(ScatterOrRows));

    /// <summary>
    /// The place of the first index that points outside an axis of the given extent, counted from either end; −1 if there is none.
    /// </summary>
    public static int IndexOfOutside(ReadOnlySpan<int> indices, int extent)
    {
        ref int first = ref MemoryMarshal.GetReference(indices);
        int i = 0;
        for (; i <= indices.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            var index = Vector.LoadUnsafe(ref first, (nuint)i);
            if (Vector.LessThanAny(index, new Vector<int>(-extent)) || Vector.GreaterThanOrEqualAny(index, new Vector<int>(extent)))
                break;
        }

        for (; i < indices.Length; i++)
        {
            if (indices[i] < -extent || indices[i] >= extent)
                return i;
        }

        return -1;
    }

    private static void Scatter<TJoin, T>(
        ReadOnlySpan<T> updates, ReadOnlySpan<int> indices, int batch, int outer, int axis, int inner, Span<T> destination, string operation)
        where TJoin : struct, IJoin<T>
        where T : unmanaged
    {
        int count = Check(destination.Length, indices, batch, outer, axis, inner, operation);
        long length = (long)indices.Length * outer * inner;
        if (updates.Length != length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{operation} needs outer·inner = {outer}·{inner} updates for each of {indices.Length} indices, ")
                + FormattableString.Invariant($"but got {updates.Length}. Correct the lengths."),
                nameof(updates));
        }

        Contract.Disjoint(updates, destination, operation, nameof(updates));
        if (length == 0)
            return;

        ref T source = ref MemoryMarshal.GetReference(updates), target = ref MemoryMarshal.GetReference(destination);
        ref int first = ref MemoryMarshal.GetReference(indices);
        if (Vector<T>.IsSupported && inner >= Vector<T>.Count)
            JoinLongRows<TJoin, T>(ref source, ref first, batch, outer, axis, inner, count, ref target);
        else
            JoinShortRows<TJoin, T>(ref source, ref first, batch, outer, axis, inner, count, ref target);
    }

    private static int Check(int length, ReadOnlySpan<int> indices, int batch, int outer, int axis, int inner, string operation)
    {
        if (batch < 0 || outer < 0 || axis < 0 || inner < 0 || (Int128)batch * outer * axis * inner != length
            || (batch == 0 ? indices.Length : indices.Length % batch) != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{operation} needs an array of batch·outer·axis·inner = {batch}·{outer}·{axis}·{inner} elements and ")
                + FormattableString.Invariant($"equally many indices for each batch, but got {length} and {indices.Length}. Correct the lengths."));
        }

        if (IndexOfOutside(indices, axis) is >= 0 and var place)
        {
            throw new ArgumentOutOfRangeException(
                nameof(indices),
                FormattableString.Invariant($"{operation} got index {indices[place]} at place {place}, but the axis has extent {axis}."));
        }

        return batch == 0 ? 0 : indices.Length / batch;
    }

    // A negative index has all bits set in its sign: the extent is added to it alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Place(ref int indices, int k, int axis)
    {
        int index = Unsafe.Add(ref indices, k);
        return index + ((index >> 31) & axis);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void GatherElements<T>(ref T x, ref int indices, int batch, int outer, int axis, int count, ref T destination)
    {
        for (int b = 0; b < batch; b++, indices = ref Unsafe.Add(ref indices, count))
        {
            for (int o = 0; o < outer; o++, x = ref Unsafe.Add(ref x, axis), destination = ref Unsafe.Add(ref destination, count))
            {
                for (int k = 0; k < count; k++)
                    Unsafe.Add(ref destination, k) = Unsafe.Add(ref x, Place(ref indices, k, axis));
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void GatherShortRows<T>(
        ref T x, ref int indices, int batch, int outer, int axis, nint inner, int count, ref T destination)
    {
        for (int b = 0; b < batch; b++, indices = ref Unsafe.Add(ref indices, count))
        {
            for (int o = 0; o < outer; o++, x = ref Unsafe.Add(ref x, axis * inner))
            {
                for (int k = 0; k < count; k++, destination = ref Unsafe.Add(ref destination, inner))
                {
                    ref T row = ref Unsafe.Add(ref x, Place(ref indices, k, axis) * inner);
                    for (nint i = 0; i < inner; i++)
                        Unsafe.Add(ref destination, i) = Unsafe.Add(ref row, i);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void GatherLongRows(
        ref byte x, ref int indices, int batch, int outer, int axis, nint rowBytes, int count, ref byte destination)
    {
        nint last = rowBytes - Vector<byte>.Count;
        for (int b = 0; b < batch; b++, indices = ref Unsafe.Add(ref indices, count))
        {
            for (int o = 0; o < outer; o++, x = ref Unsafe.Add(ref x, axis * rowBytes))
            {
                for (int k = 0; k < count; k++, destination = ref Unsafe.Add(ref destination, rowBytes))
                {
                    ref byte row = ref Unsafe.Add(ref x, Place(ref indices, k, axis) * rowBytes);
                    if (rowBytes >= LongRow)
                    {
                        Unsafe.CopyBlockUnaligned(ref destination, ref row, (uint)rowBytes);
                        continue;
                    }

                    for (nint i = 0; i < last; i += Vector<byte>.Count)
                        Vector.LoadUnsafe(ref row, (nuint)i).StoreUnsafe(ref destination, (nuint)i);
                    Vector.LoadUnsafe(ref row, (nuint)last).StoreUnsafe(ref destination, (nuint)last);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void JoinShortRows<TJoin, T>(
        ref T updates, ref int indices, int batch, int outer, int axis, nint inner, int count, ref T destination)
        where TJoin : struct, IJoin<T>
        where T : unmanaged
    {
        for (int b = 0; b < batch; b++, indices = ref Unsafe.Add(ref indices, count))
        {
            for (int o = 0; o < outer; o++, destination = ref Unsafe.Add(ref destination, axis * inner))
            {
                for (int k = 0; k < count; k++, updates = ref Unsafe.Add(ref updates, inner))
                {
                    ref T row = ref Unsafe.Add(ref destination, Place(ref indices, k, axis) * inner);
                    for (nint i = 0; i < inner; i++)
                        Unsafe.Add(ref row, i) = TJoin.Of(Unsafe.Add(ref row, i), Unsafe.Add(ref updates, i));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void JoinLongRows<TJoin, T>(
        ref T updates, ref int indices, int batch, int outer, int axis, nint inner, int count, ref T destination)
        where TJoin : struct, IJoin<T>
        where T : unmanaged
    {
        for (int b = 0; b < batch; b++, indices = ref Unsafe.Add(ref indices, count))
        {
            for (int o = 0; o < outer; o++, destination = ref Unsafe.Add(ref destination, axis * inner))
            {
                for (int k = 0; k < count; k++, updates = ref Unsafe.Add(ref updates, inner))
                {
                    ref T row = ref Unsafe.Add(ref destination, Place(ref indices, k, axis) * inner);
                    nint i = 0;
                    for (; i <= inner - Vector<T>.Count; i += Vector<T>.Count)
                        TJoin.Of(Vector.LoadUnsafe(ref row, (nuint)i), Vector.LoadUnsafe(ref updates, (nuint)i)).StoreUnsafe(ref row, (nuint)i);
                    for (; i < inner; i++)
                        Unsafe.Add(ref row, i) = TJoin.Of(Unsafe.Add(ref row, i), Unsafe.Add(ref updates, i));
                }
            }
        }
    }

    /// <summary>What becomes of an element and an update that belongs there.</summary>
    private interface IJoin<T> where T : unmanaged
    {
        static abstract T Of(T x, T y);

        static abstract Vector<T> Of(Vector<T> x, Vector<T> y);
    }

    private readonly struct SumOf<T> : IJoin<T> where T : unmanaged, INumberBase<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of(T x, T y) => unchecked(x + y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Of(Vector<T> x, Vector<T> y) => x + y;
    }

    private readonly struct AnyOf : IJoin<byte>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static byte Of(byte x, byte y) => (byte)(x | y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<byte> Of(Vector<byte> x, Vector<byte> y) => x | y;
    }
}
