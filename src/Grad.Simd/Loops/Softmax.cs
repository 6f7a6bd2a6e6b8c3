using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Exponentials along an axis, relative to their greatest: so that none overflows, and the sum does not vanish.</summary>
/// <remarks>
/// Arrays are row-major of shape [outer, axis, inner]. A row's bits depend on its numbers alone. In the sum of exponentials the greatest
/// is an exact 1, kept apart from the others: their sum keeps its digits even where it is far below 1. A difference from the greatest is
/// rounded once, which changes its exponential by half an ulp times the difference; the stated errors come on top.
/// </remarks>
public static class Softmax
{
    /// <summary>
    /// <c>destination[o, i] = log Σₐ exp(x[o, a, i])</c>: NaN if any is NaN, else +∞ if any is; −∞ if all are, or there are none.
    /// </summary>
    /// <remarks>
    /// With m the greatest, the result is m + log1p(Σ exp(x − m)), the sum over the others. The error is a few ulps of the larger of m and
    /// the result.
    /// </remarks>
    /// <param name="x">The exponents, outer·axis·inner of them.</param>
    /// <param name="outer">The length of the leading axes, multiplied.</param>
    /// <param name="axis">The length of the axis that is summed.</param>
    /// <param name="inner">The length of the trailing axes, multiplied.</param>
    /// <param name="destination">The results, outer·inner of them; disjoint from x.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    /// <exception cref="ArgumentException">x has not outer·axis·inner elements, the destination has fewer than outer·inner, or overlaps x.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void LogSumExp<T>(
        ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination, [CallerMemberName] string operation = "LogSumExp")
        where T : unmanaged
    {
        Check(x, outer, axis, inner, (long)outer * inner, destination, operation);
        var rest = destination[..(outer * inner)];
        if (axis == 0)
            SetToLogOfZero(rest);
        if (x.IsEmpty)
            return;
        var greatest = new T[rest.Length];
        SumOthers(x, outer, axis, inner, greatest, rest);
        Zip.Run<LogOfSum, T>(default, greatest, rest, rest);
    }

    /// <summary><c>destination[o, a, i] = exp(x[o, a, i]) / Σ exp(x[o, b, i])</c> over all b: weights that add up to 1.</summary>
    /// <remarks>An entry of −∞ gets weight 0. Where all are −∞, or one is +∞ or NaN, weights are NaN. The error is a few ulps.</remarks>
    /// <param name="x">The exponents, outer·axis·inner of them.</param>
    /// <param name="outer">The length of the leading axes, multiplied.</param>
    /// <param name="axis">The length of the axis that is summed.</param>
    /// <param name="inner">The length of the trailing axes, multiplied.</param>
    /// <param name="destination">The weights, as many as exponents; disjoint from x.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    /// <exception cref="ArgumentException">x has not outer·axis·inner elements, the destination has fewer, or overlaps x.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Run<T>(
        ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination, [CallerMemberName] string operation = "Softmax")
        where T : unmanaged
    {
        Check(x, outer, axis, inner, x.Length, destination, operation);
        if (x.IsEmpty)
            return;
        var sums = new T[inner];
        var greatest = new T[inner];
        for (int o = 0, size = axis * inner; o < outer; o++)
        {
            var slab = x.Slice(o * size, size);
            var weights = destination.Slice(o * size, size);
            Fold.MaxAxis(slab, 1, axis, inner, greatest);
            Rows(default(ExpOfDifference), slab, greatest, weights);
            Fold.SumAxis<T>(weights, 1, axis, inner, sums);
            Map.Run<Inverse, T>(default, sums, sums);
            Rows(default(Product), weights, sums, weights);
        }
    }

    /// <summary>The logarithm of <see cref="Run"/>: <c>destination[o, a, i] = x[o, a, i] − log Σ exp(x[o, b, i])</c> over all b.</summary>
    /// <remarks>An entry of −∞ stays −∞. Where all are −∞, or one is +∞ or NaN, results are NaN or −∞.</remarks>
    /// <param name="x">The exponents, outer·axis·inner of them.</param>
    /// <param name="outer">The length of the leading axes, multiplied.</param>
    /// <param name="axis">The length of the axis that is summed.</param>
    /// <param name="inner">The length of the trailing axes, multiplied.</param>
    /// <param name="destination">The results, as many as exponents; disjoint from x.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    /// <exception cref="ArgumentException">x has not outer·axis·inner elements, the destination has fewer, or overlaps x.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void RunLog<T>(
        ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination, [CallerMemberName] string operation = "LogSoftmax")
        where T : unmanaged
    {
        Check(x, outer, axis, inner, x.Length, destination, operation);
        if (x.IsEmpty)
            return;
        T[] greatest = new T[outer * inner], logs = new T[outer * inner];
        SumOthers(x, outer, axis, inner, greatest, logs);
        Map.Run<LogOfOneMore, T>(default, logs, logs);
        for (int o = 0, size = axis * inner; o < outer; o++)
        {
            var slab = x.Slice(o * size, size);
            var results = destination.Slice(o * size, size);
            Rows(default(Difference), slab, greatest.AsSpan(o * inner, inner), results);
            Rows(default(Difference), results, logs.AsSpan(o * inner, inner), results);
        }
    }

    private static void Check<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, long results, Span<T> destination, string operation)
        where T : unmanaged
    {
        if (typeof(T) != typeof(double) && typeof(T) != typeof(float))
            Contract.ThrowElementType<T>();
        Contract.Axis(x.Length, outer, axis, inner, operation);
        Contract.Holds(destination.Length, results, operation);
        Contract.Disjoint(x, destination[..(int)results], operation);
    }

    /// <summary>The greatest along the axis, and the sum of the exponentials of the others relative to it.</summary>
    private static void SumOthers<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> greatest, Span<T> rest)
        where T : unmanaged
    {
        int size = axis * inner;
        T[] rented = ArrayPool<T>.Shared.Rent(size);
        var terms = rented.AsSpan(0, size);
        var places = new int[inner];
        for (int o = 0; o < outer; o++)
        {
            var slab = x.Slice(o * size, size);
            var top = greatest.Slice(o * inner, inner);
            Fold.ArgMaxAxis(slab, 1, axis, inner, places);
            for (int i = 0; i < inner; i++)
                top[i] = slab[places[i] * inner + i];
            Rows(default(ExpOfDifference), slab, top, terms);
            for (int i = 0; i < inner; i++)
                terms[places[i] * inner + i] = default;
            Fold.SumAxis<T>(terms, 1, axis, inner, rest.Slice(o * inner, inner));
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>A function of each element of a matrix and what stands for its column.</summary>
    private static void Rows<TKernel, T>(TKernel kernel, ReadOnlySpan<T> x, ReadOnlySpan<T> perColumn, Span<T> destination)
        where TKernel : struct, IBinaryKernel
        where T : unmanaged
    {
        int inner = perColumn.Length;
        if (inner == 1)
        {
            Zip.Run(kernel, x, perColumn[0], destination);
            return;
        }

        for (int start = 0; start < x.Length; start += inner)
            Zip.Run(kernel, x.Slice(start, inner), perColumn, destination.Slice(start, inner));
    }

    private static void SetToLogOfZero<T>(Span<T> results)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            MemoryMarshal.Cast<T, double>(results).Fill(double.NegativeInfinity);
        else
            MemoryMarshal.Cast<T, float>(results).Fill(float.NegativeInfinity);
    }

    private readonly struct ExpOfDifference : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Exp(x - y);
    }

    private readonly struct Difference : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => x - y;
    }

    private readonly struct Product : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => x * y;
    }

    private readonly struct Inverse : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => 1 / x;
    }

    private readonly struct LogOfOneMore : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.LogP1(x);
    }

    // Where the greatest is infinite or NaN, it is the result.
    private readonly struct LogOfSum : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V greatest, V others) where V : struct, ILane<V>
        {
            var zero = greatest - greatest;
            return V.Select(V.Equal(zero, zero), greatest + V.LogP1(others), greatest);
        }
    }
}
