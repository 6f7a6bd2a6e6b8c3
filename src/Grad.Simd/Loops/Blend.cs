using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Chooses between elements by truth values; the part not taken leaves no trace. For every unmanaged type.</summary>
/// <remarks>Works in place on x or y; the mask is in memory of its own. Truth values are bytes, any but 0 being true.</remarks>
public static class Blend
{
    /// <summary><c>destination[i] = mask[i] ? x[i] : y[i]</c>.</summary>
    /// <param name="mask">The truth values.</param>
    /// <param name="x">What is taken where the mask holds.</param>
    /// <param name="y">What is taken elsewhere.</param>
    /// <param name="destination">The results; begins with x or y or is disjoint from it.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it, or overlaps the mask.
    /// </exception>
    public static void Run<T>(
        ReadOnlySpan<bool> mask, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, [CallerMemberName] string operation = "")
        where T : unmanaged
    {
        Contract.EqualLengths(mask.Length, x.Length, operation, nameof(mask), nameof(x));
        Contract.EqualLengths(mask.Length, y.Length, operation, nameof(mask), nameof(y));
        RunSteps(mask, x, 1, y, 1, destination, operation);
    }

    /// <summary><c>destination[i] = mask[i] ? x : y[i]</c>.</summary>
    /// <inheritdoc cref="Run{T}(ReadOnlySpan{bool}, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, string)"/>
    public static void Run<T>(
        ReadOnlySpan<bool> mask, T x, ReadOnlySpan<T> y, Span<T> destination, [CallerMemberName] string operation = "")
        where T : unmanaged
    {
        Contract.EqualLengths(mask.Length, y.Length, operation, nameof(mask), nameof(y));
        Span<T> lane = stackalloc T[Widest.MaxCount];
        lane.Fill(x);
        RunSteps(mask, lane, 0, y, 1, destination, operation);
    }

    /// <summary><c>destination[i] = mask[i] ? x[i] : y</c>.</summary>
    /// <inheritdoc cref="Run{T}(ReadOnlySpan{bool}, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, string)"/>
    public static void Run<T>(
        ReadOnlySpan<bool> mask, ReadOnlySpan<T> x, T y, Span<T> destination, [CallerMemberName] string operation = "")
        where T : unmanaged
    {
        Contract.EqualLengths(mask.Length, x.Length, operation, nameof(mask), nameof(x));
        Span<T> lane = stackalloc T[Widest.MaxCount];
        lane.Fill(y);
        RunSteps(mask, x, 1, lane, 0, destination, operation);
    }

    /// <summary><c>destination[i] = mask[i] ? x : y</c>.</summary>
    /// <inheritdoc cref="Run{T}(ReadOnlySpan{bool}, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, string)"/>
    public static void Run<T>(ReadOnlySpan<bool> mask, T x, T y, Span<T> destination, [CallerMemberName] string operation = "")
        where T : unmanaged
    {
        Span<T> lanes = stackalloc T[2 * Widest.MaxCount];
        lanes[..Widest.MaxCount].Fill(x);
        lanes[Widest.MaxCount..].Fill(y);
        RunSteps(mask, lanes[..Widest.MaxCount], 0, lanes[Widest.MaxCount..], 0, destination, operation);
    }

    private static void RunSteps<T>(
        ReadOnlySpan<bool> mask, ReadOnlySpan<T> x, int xStep, ReadOnlySpan<T> y, int yStep, Span<T> destination, string operation)
        where T : unmanaged
    {
        Contract.Holds(destination.Length, mask.Length, operation);
        destination = destination[..mask.Length];
        Contract.Disjoint(mask, destination, operation, nameof(mask));
        Contract.SameStartOrDisjoint(x, destination, operation);
        Contract.SameStartOrDisjoint(y, destination, operation, nameof(y));

        // A choice moves bits, so that any type of the size of a number travels in its lanes.
        if (mask.IsEmpty)
            return;
        if (Unsafe.SizeOf<T>() == sizeof(double))
            RunLanes<T, double>(mask, x, xStep, y, yStep, destination);
        else if (Unsafe.SizeOf<T>() == sizeof(float))
            RunLanes<T, float>(mask, x, xStep, y, yStep, destination);
        else
            RunElements(mask, x, xStep, y, yStep, destination);
    }

    private static void RunLanes<T, E>(
        ReadOnlySpan<bool> mask, ReadOnlySpan<T> x, int xStep, ReadOnlySpan<T> y, int yStep, Span<T> destination)
        where T : unmanaged
        where E : unmanaged
    {
        var loop = new Elementwise<Choice<T>, T>(
            new(in MemoryMarshal.GetReference(mask), in MemoryMarshal.GetReference(x), xStep, in MemoryMarshal.GetReference(y), yStep),
            ref MemoryMarshal.GetReference(destination),
            mask.Length);
        Widest.Run<Elementwise<Choice<T>, T>, E>(ref loop, mask.Length);
    }

    private static void RunElements<T>(
        ReadOnlySpan<bool> mask, ReadOnlySpan<T> x, int xStep, ReadOnlySpan<T> y, int yStep, Span<T> destination)
        where T : unmanaged
    {
        for (int i = 0; i < mask.Length; i++)
            destination[i] = mask[i] ? x[i * xStep] : y[i * yStep];
    }
}
