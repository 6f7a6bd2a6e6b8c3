using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

public static partial class Fold
{
    /// <summary>The Euclidean norm √Σ x[i]², without overflow or underflow on the way; 0 for no elements.</summary>
    /// <remarks>
    /// Where the sum of squares would leave the range, the numbers are scaled by a power of two first. NaN if any is NaN, else +∞ if any is
    /// infinite. <c>|error| ≤ (14 + log₂ n)·u·norm</c> to first order, u half an ulp of one.
    /// </remarks>
    /// <param name="x">The numbers.</param>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static T Norm<T>(ReadOnlySpan<T> x)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            return Unsafe.BitCast<double, T>(NormOf(MemoryMarshal.Cast<T, double>(x), Unsafe.BitCast<T, double>(SumOfSquares(x))));
        if (typeof(T) == typeof(float))
            return Unsafe.BitCast<float, T>(NormOf(MemoryMarshal.Cast<T, float>(x), Unsafe.BitCast<T, float>(SumOfSquares(x))));
        Contract.ThrowElementType<T>();
        return default;
    }

    /// <summary>
    /// The Euclidean norms along the middle axis of a row-major array of shape [outer, axis, inner]:
    /// <c>destination[o, i] = √Σₐ x[o, a, i]²</c>. An axis of length 0 gives zeros.
    /// </summary>
    /// <remarks>Each as <see cref="Norm"/>, but that with <c>inner > 1</c> its sum is that of <see cref="SumAxis"/>.</remarks>
    /// <param name="x">The numbers, outer·axis·inner of them.</param>
    /// <param name="outer">The length of the leading axes, multiplied.</param>
    /// <param name="axis">The length of the axis that is reduced.</param>
    /// <param name="inner">The length of the trailing axes, multiplied.</param>
    /// <param name="destination">The norms, outer·inner of them; disjoint from x.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    /// <exception cref="ArgumentException">
    /// x has not outer·axis·inner elements, the destination has fewer than outer·inner, or overlaps x.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void NormAxis<T>(
        ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination, [CallerMemberName] string operation = "NormAxis")
        where T : unmanaged
    {
        Contract.Axis(x.Length, outer, axis, inner, operation);
        Contract.Holds(destination.Length, (long)outer * inner, operation);
        destination = destination[..(outer * inner)];
        Contract.Disjoint(x, destination, operation);
        if (typeof(T) != typeof(double) && typeof(T) != typeof(float))
            Contract.ThrowElementType<T>();
        if (inner == 1)
        {
            for (int o = 0; o < outer; o++)
                destination[o] = Norm(x.Slice(o * axis, axis));
            return;
        }

        SumColumns<Squared, T>(x, outer, axis, inner, destination);
        if (typeof(T) == typeof(double))
            RootOfSums(MemoryMarshal.Cast<T, double>(x), axis, inner, MemoryMarshal.Cast<T, double>(destination));
        else
            RootOfSums(MemoryMarshal.Cast<T, float>(x), axis, inner, MemoryMarshal.Cast<T, float>(destination));
    }

    // With the bits of a dot product.
    private static T SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged
    {
        if (x.Length <= ShortSum)
            return Dot(x, x);
        ref T start = ref MemoryMarshal.GetReference(x);
        return Run<Squares, T>(ref start, ref start, x.Length);
    }

    // What a term may lose below the smallest number, times the most terms there are, is no part of a sum this large.
    private static bool IsSafe<T>(T sum)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        T.IsFinite(sum) && sum >= T.CreateChecked(typeof(T) == typeof(double) ? Math.ScaleB(1, -900) : Math.ScaleB(1, -90));

    private static T NormOf<T>(ReadOnlySpan<T> x, T sumOfSquares)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        IsSafe(sumOfSquares) ? T.Sqrt(sumOfSquares) : x.IsEmpty || T.IsNaN(sumOfSquares) ? sumOfSquares : ScaledNorm(x);

    private static void RootOfSums<T>(ReadOnlySpan<T> x, int axis, int inner, Span<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[]? column = null;
        for (int i = 0; i < sums.Length; i++)
        {
            if (IsSafe(sums[i]) || axis == 0 || T.IsNaN(sums[i]))
            {
                sums[i] = T.Sqrt(sums[i]);
                continue;
            }

            column ??= ArrayPool<T>.Shared.Rent(axis);
            for (int a = 0; a < axis; a++)
                column[a] = x[(i / inner * axis + a) * inner + i % inner];
            sums[i] = ScaledNorm<T>(column.AsSpan(0, axis));
        }

        if (column is not null)
            ArrayPool<T>.Shared.Return(column);
    }

    // The greatest number becomes one from 1 to 2, as far as a power of two can make it so.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T ScaledNorm<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] scaled = ArrayPool<T>.Shared.Rent(x.Length);
        var buffer = scaled.AsSpan(0, x.Length);
        SpanMath.Abs(x, buffer);
        T largest = Max<T>(buffer);
        T norm = largest;
        if (largest > T.Zero && T.IsFinite(largest))
        {
            int limit = typeof(T) == typeof(double) ? 1000 : 120;
            int exponent = Math.Clamp(-T.ILogB(largest), -limit, limit);
            SpanMath.Multiply(buffer, T.ScaleB(T.One, exponent), buffer);
            norm = T.ScaleB(T.Sqrt(Dot<T>(buffer, buffer)), -exponent);
        }

        ArrayPool<T>.Shared.Return(scaled);
        return norm;
    }
}
