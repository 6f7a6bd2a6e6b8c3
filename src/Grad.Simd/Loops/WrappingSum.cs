using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Sums of integers, which wrap and so may be taken in any order.</summary>
internal static class WrappingSum
{
    /// <summary>The sum of the elements.</summary>
    public static T Run<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryInteger<T>
    {
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(x);
        var total = Vector<T>.Zero;
        foreach (var vector in vectors)
            total += vector;

        T sum = Vector.Sum(total);
        foreach (T rest in x[(vectors.Length * Vector<T>.Count)..])
            sum = unchecked(sum + rest);
        return sum;
    }

    /// <summary>The sum over the middle axis of a row-major [outer, axis, inner].</summary>
    public static void RunAxis<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int o = 0; o < outer; o++)
        {
            var slab = x.Slice(o * axis * inner, axis * inner);
            var sums = destination.Slice(o * inner, inner);
            if (inner == 1)
            {
                sums[0] = Run(slab);
                continue;
            }

            sums.Clear();
            for (int a = 0; a < axis; a++)
                AddTo(sums, slab.Slice(a * inner, inner));
        }
    }

    private static void AddTo<T>(Span<T> sums, ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryInteger<T>
    {
        ref T sum = ref MemoryMarshal.GetReference(sums), term = ref MemoryMarshal.GetReference(row);
        nuint i = 0;
        for (; (nint)i <= sums.Length - Vector<T>.Count; i += (nuint)Vector<T>.Count)
            (Vector.LoadUnsafe(ref sum, i) + Vector.LoadUnsafe(ref term, i)).StoreUnsafe(ref sum, i);
        for (; (nint)i < sums.Length; i++)
            Unsafe.Add(ref sum, i) = unchecked(Unsafe.Add(ref sum, i) + Unsafe.Add(ref term, i));
    }
}
