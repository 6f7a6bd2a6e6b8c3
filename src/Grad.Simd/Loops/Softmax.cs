using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Exponentials along an axis, relative to their greatest: so that none overflows, and the sum does not vanish.</summary>
/// <remarks>
/// Arrays are row-major of shape [outer, axis, inner]. A row's bits depend on its numbers alone. Memory is passed over twice at most: blocks
/// that stay in the first-level cache are exponentiated against their own greatest, which the second pass makes good. In the sum of exponentials the greatest
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
        if (axis == 0)
            SetToLogOfZero(destination[..(outer * inner)]);
        Compute(x, outer, axis, inner, destination, SoftmaxResult.LogOfSum);
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
        Compute(x, outer, axis, inner, destination, SoftmaxResult.Weights);
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
        Compute(x, outer, axis, inner, destination, SoftmaxResult.Logs);
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

    private static unsafe void Compute<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination, SoftmaxResult result)
        where T : unmanaged
    {
        if (x.IsEmpty)
            return;
        fixed (T* source = x, target = destination)
        {
            if (inner == 1 && axis <= SoftmaxShortRows<T>.MaxLength)
            {
                var rows = new SoftmaxShortRows<T>(source, outer, axis, target, result);
                Widest.Run<SoftmaxShortRows<T>, T>(ref rows, int.MaxValue);
            }
            else
            {
                var loop = new SoftmaxLoop<T>(source, outer, axis, inner, target, result);
                Widest.Run<SoftmaxLoop<T>, T>(ref loop, inner == 1 ? axis : inner);
            }
        }
    }

    private static void SetToLogOfZero<T>(Span<T> results)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            MemoryMarshal.Cast<T, double>(results).Fill(double.NegativeInfinity);
        else
            MemoryMarshal.Cast<T, float>(results).Fill(float.NegativeInfinity);
    }
}
