using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Running results along an axis.</summary>
public static class Scan
{
    /// <summary>
    /// The running sums along the middle axis of a row-major array of shape [outer, axis, inner]: <c>destination[o, a, i] = Σ x[o, b, i]</c>
    /// over all b up to a, or from a on. int and long wrap.
    /// </summary>
    /// <remarks>
    /// Each sum adds one term to the one before: <c>|error| ≤ k·u·Σ|terms|</c> to first order for k terms, u half an ulp of one. The same
    /// bits at every width.
    /// </remarks>
    /// <param name="x">The terms, outer·axis·inner of them.</param>
    /// <param name="outer">The length of the leading axes, multiplied.</param>
    /// <param name="axis">The length of the axis that is summed along.</param>
    /// <param name="inner">The length of the trailing axes, multiplied.</param>
    /// <param name="fromEnd">Whether sums run from the end of the axis to its beginning.</param>
    /// <param name="destination">The sums, as many as terms; begins with x or is disjoint from it.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    /// <exception cref="ArgumentException">
    /// x has not outer·axis·inner elements, the destination has fewer, or overlaps x without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is none of double, float, int, long.</exception>
    public static void Sum<T>(
        ReadOnlySpan<T> x,
        int outer,
        int axis,
        int inner,
        bool fromEnd,
        Span<T> destination,
        [CallerMemberName] string operation = "Sum")
        where T : unmanaged
    {
        Contract.Axis(x.Length, outer, axis, inner, operation);
        Contract.Holds(destination.Length, x.Length, operation);
        Contract.SameStartOrDisjoint(x, destination, operation);
        if (typeof(T) == typeof(double))
            Run(MemoryMarshal.Cast<T, double>(x), outer, axis, inner, fromEnd, MemoryMarshal.Cast<T, double>(destination));
        else if (typeof(T) == typeof(float))
            Run(MemoryMarshal.Cast<T, float>(x), outer, axis, inner, fromEnd, MemoryMarshal.Cast<T, float>(destination));
        else if (typeof(T) == typeof(int))
            Run(MemoryMarshal.Cast<T, int>(x), outer, axis, inner, fromEnd, MemoryMarshal.Cast<T, int>(destination));
        else if (typeof(T) == typeof(long))
            Run(MemoryMarshal.Cast<T, long>(x), outer, axis, inner, fromEnd, MemoryMarshal.Cast<T, long>(destination));
        else
            Contract.ThrowElementType<T>();
    }

    private static void Run<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, bool fromEnd, Span<T> sums)
        where T : unmanaged, INumber<T>
    {
        for (int o = 0; o < outer && axis > 0; o++)
        {
            var slab = x.Slice(o * axis * inner, axis * inner);
            var slabSums = sums.Slice(o * axis * inner, axis * inner);
            if (inner == 1)
                AlongRow(slab, fromEnd, slabSums);
            else
                DownColumns(slab, inner, fromEnd, slabSums);
        }
    }

    private static void AlongRow<T>(ReadOnlySpan<T> x, bool fromEnd, Span<T> sums)
        where T : unmanaged, INumber<T>
    {
        T sum = fromEnd ? x[^1] : x[0];
        sums[fromEnd ? x.Length - 1 : 0] = sum;
        if (fromEnd)
        {
            for (int i = x.Length - 2; i >= 0; i--)
                sums[i] = sum = unchecked(sum + x[i]);
        }
        else
        {
            for (int i = 1; i < x.Length; i++)
                sums[i] = sum = unchecked(sum + x[i]);
        }
    }

    // Row upon row: the columns of a row keep to themselves.
    private static void DownColumns<T>(ReadOnlySpan<T> x, int inner, bool fromEnd, Span<T> sums)
        where T : unmanaged, INumber<T>
    {
        if (inner == 0)
            return;
        int step = fromEnd ? -inner : inner;
        int at = fromEnd ? x.Length - inner : 0;
        x.Slice(at, inner).CopyTo(sums[at..]);
        for (int next = at + step; next >= 0 && next < x.Length; at = next, next += step)
            Add(sums.Slice(at, inner), x.Slice(next, inner), sums.Slice(next, inner));
    }

    private static void Add<T>(ReadOnlySpan<T> former, ReadOnlySpan<T> row, Span<T> sums)
        where T : unmanaged, INumber<T>
    {
        ref T a = ref MemoryMarshal.GetReference(former), b = ref MemoryMarshal.GetReference(row), sum = ref MemoryMarshal.GetReference(sums);
        nint i = 0;
        for (; i <= sums.Length - Vector<T>.Count; i += Vector<T>.Count)
            (Vector.LoadUnsafe(ref a, (nuint)i) + Vector.LoadUnsafe(ref b, (nuint)i)).StoreUnsafe(ref sum, (nuint)i);
        for (; i < sums.Length; i++)
            Unsafe.Add(ref sum, i) = unchecked(Unsafe.Add(ref a, i) + Unsafe.Add(ref b, i));
    }
}
