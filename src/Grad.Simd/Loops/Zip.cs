using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Applies a function of two or three numbers to the elements of spans, side by side, or of a span and a number.</summary>
/// <remarks>
/// An element's bits do not depend on its position, on the length or on alignment. All work in place on any of their inputs; inputs may
/// overlap each other at will.
/// </remarks>
public static class Zip
{
    /// <summary><c>destination[i] = kernel(x[i], y[i])</c>.</summary>
    /// <param name="kernel">The function.</param>
    /// <param name="x">The first arguments.</param>
    /// <param name="y">The second arguments.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Run<TKernel, T>(
        TKernel kernel, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, [CallerMemberName] string operation = "")
        where TKernel : struct, IBinaryKernel
        where T : unmanaged
    {
        Contract.EqualLengths(x.Length, y.Length, operation);
        Contract.Holds(destination.Length, x.Length, operation);
        Contract.SameStartOrDisjoint(x, destination, operation);
        Contract.SameStartOrDisjoint(y, destination, operation, nameof(y));
        if (x.IsEmpty)
            return;
        var loop = new Elementwise<Two<TKernel, T>, T>(
            new(kernel, in MemoryMarshal.GetReference(x), in MemoryMarshal.GetReference(y)),
            ref MemoryMarshal.GetReference(destination),
            x.Length);
        Widest.Run<Elementwise<Two<TKernel, T>, T>, T>(ref loop, x.Length);
    }

    /// <summary><c>destination[i] = kernel(x, y[i])</c>.</summary>
    /// <inheritdoc cref="Run{TKernel, T}(TKernel, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, string)"/>
    public static void Run<TKernel, T>(
        TKernel kernel, T x, ReadOnlySpan<T> y, Span<T> destination, [CallerMemberName] string operation = "")
        where TKernel : struct, IBinaryKernel
        where T : unmanaged =>
        Map.Run(new WithFirst<TKernel>(kernel, Scalar.ToDouble(x)), y, destination, operation);

    /// <summary><c>destination[i] = kernel(x[i], y)</c>.</summary>
    /// <inheritdoc cref="Run{TKernel, T}(TKernel, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, string)"/>
    public static void Run<TKernel, T>(
        TKernel kernel, ReadOnlySpan<T> x, T y, Span<T> destination, [CallerMemberName] string operation = "")
        where TKernel : struct, IBinaryKernel
        where T : unmanaged =>
        Map.Run(new WithSecond<TKernel>(kernel, Scalar.ToDouble(y)), x, destination, operation);

    /// <summary><c>destination[i] = kernel(x[i], y[i], z[i])</c>.</summary>
    /// <param name="kernel">The function.</param>
    /// <param name="x">The first arguments.</param>
    /// <param name="y">The second arguments.</param>
    /// <param name="z">The third arguments.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Run<TKernel, T>(
        TKernel kernel,
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> y,
        ReadOnlySpan<T> z,
        Span<T> destination,
        [CallerMemberName] string operation = "")
        where TKernel : struct, ITernaryKernel
        where T : unmanaged
    {
        Contract.EqualLengths(x.Length, y.Length, operation);
        Contract.EqualLengths(x.Length, z.Length, operation, "x", nameof(z));
        Contract.Holds(destination.Length, x.Length, operation);
        Contract.SameStartOrDisjoint(x, destination, operation);
        Contract.SameStartOrDisjoint(y, destination, operation, nameof(y));
        Contract.SameStartOrDisjoint(z, destination, operation, nameof(z));
        if (x.IsEmpty)
            return;
        var loop = new Elementwise<Three<TKernel, T>, T>(
            new(kernel, in MemoryMarshal.GetReference(x), in MemoryMarshal.GetReference(y), in MemoryMarshal.GetReference(z)),
            ref MemoryMarshal.GetReference(destination),
            x.Length);
        Widest.Run<Elementwise<Three<TKernel, T>, T>, T>(ref loop, x.Length);
    }
}
