using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Sums and dot products.</summary>
/// <remarks>
/// Each sum has one tree, a function of its length alone: blocks of sixteen rows of eight accumulators, combined pairwise; up to sixteen terms are added
/// as they come, by eights. So the bits do
/// not depend on the memory offset, and the error grows with the logarithm of the length: |error| ≤ (25 + log₂ n)·u·Σ|terms| to first
/// order, u half an ulp of one. Between widths of hardware the tree differs within that bound.
/// </remarks>
public static partial class Fold
{
    /// <summary>
    /// Up to this many terms a sum has the tree of a column of <see cref="SumAxis"/>, and a dot product takes its terms one by one: on all hardware.
    /// </summary>
    internal const int ShortSum = 16;

    /// <summary>The sum of the elements; 0 for none. The sum of int and long wraps.</summary>
    /// <param name="x">The terms.</param>
    /// <exception cref="NotSupportedException">T is none of double, float, int, long.</exception>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged
    {
        if (typeof(T) == typeof(int))
            return Unsafe.BitCast<int, T>(WrappingSum.Run(MemoryMarshal.Cast<T, int>(x)));
        if (typeof(T) == typeof(long))
            return Unsafe.BitCast<long, T>(WrappingSum.Run(MemoryMarshal.Cast<T, long>(x)));
        if (x.Length is > 0 and <= ShortSum && (typeof(T) == typeof(double) || typeof(T) == typeof(float)))
            return ShortSums.Sum(x);
        ref T start = ref MemoryMarshal.GetReference(x);
        return Run<Addends, T>(ref start, ref start, x.Length);
    }

    /// <summary>The sum of the products <c>x[i]·y[i]</c>, each fused into the sum where the hardware can; 0 for none.</summary>
    /// <param name="x">The first factors.</param>
    /// <param name="y">The second factors.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, [CallerMemberName] string operation = "Dot")
        where T : unmanaged
    {
        Contract.EqualLengths(x.Length, y.Length, operation);
        if (x.Length is > 0 and <= ShortSum && (typeof(T) == typeof(double) || typeof(T) == typeof(float)))
            return ShortSums.Dot(x, y);
        return Run<Products, T>(ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(y), x.Length);
    }

    private static T Run<TTerm, T>(ref T x, ref T y, int count)
        where TTerm : struct, ITerm
        where T : unmanaged
    {
        T result = default;
        var loop = new Reduction<TTerm, T>(ref x, ref y, count, ref result);
        if (count > 0 || !(typeof(T) == typeof(double) || typeof(T) == typeof(float)))
            Widest.Run<Reduction<TTerm, T>, T>(ref loop, count);
        return result;
    }
}
