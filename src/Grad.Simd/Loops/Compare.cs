using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Turns numbers into truth values by a kernel whose result is a mask.</summary>
public static class Compare
{
    /// <summary><c>destination[i] = kernel(x[i], y[i])</c>.</summary>
    /// <param name="kernel">The comparison; its result is a mask.</param>
    /// <param name="x">The first arguments.</param>
    /// <param name="y">The second arguments.</param>
    /// <param name="destination">The truth values, in memory of their own; only the first <c>x.Length</c> are written.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentException">The lengths differ, the destination is shorter, or it overlaps an input.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Run<TKernel, T>(
        TKernel kernel, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> destination, [CallerMemberName] string operation = "")
        where TKernel : struct, IBinaryKernel
        where T : unmanaged
    {
        Contract.EqualLengths(x.Length, y.Length, operation);
        Contract.Holds(destination.Length, x.Length, operation);
        destination = destination[..x.Length];
        Contract.Disjoint(x, destination, operation);
        Contract.Disjoint(y, destination, operation, nameof(y));
        if (x.IsEmpty)
            return;
        var loop = new Elementwise<Two<TKernel, T>, bool>(
            new(kernel, in MemoryMarshal.GetReference(x), in MemoryMarshal.GetReference(y)),
            ref MemoryMarshal.GetReference(destination),
            x.Length);
        Widest.Run<Elementwise<Two<TKernel, T>, bool>, T>(ref loop, x.Length);
    }

    /// <summary><c>destination[i] = kernel(x, y[i])</c>.</summary>
    /// <inheritdoc cref="Run{TKernel, T}(TKernel, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{bool}, string)"/>
    public static void Run<TKernel, T>(
        TKernel kernel, T x, ReadOnlySpan<T> y, Span<bool> destination, [CallerMemberName] string operation = "")
        where TKernel : struct, IBinaryKernel
        where T : unmanaged =>
        RunOne(new WithFirst<TKernel>(kernel, Scalar.ToDouble(x)), y, destination, operation, nameof(y));

    /// <summary><c>destination[i] = kernel(x[i], y)</c>.</summary>
    /// <inheritdoc cref="Run{TKernel, T}(TKernel, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{bool}, string)"/>
    public static void Run<TKernel, T>(
        TKernel kernel, ReadOnlySpan<T> x, T y, Span<bool> destination, [CallerMemberName] string operation = "")
        where TKernel : struct, IBinaryKernel
        where T : unmanaged =>
        RunOne(new WithSecond<TKernel>(kernel, Scalar.ToDouble(y)), x, destination, operation, nameof(x));

    private static void RunOne<TKernel, T>(TKernel kernel, ReadOnlySpan<T> x, Span<bool> destination, string operation, string name)
        where TKernel : struct, IUnaryKernel
        where T : unmanaged
    {
        Contract.Holds(destination.Length, x.Length, operation);
        destination = destination[..x.Length];
        Contract.Disjoint(x, destination, operation, name);
        if (x.IsEmpty)
            return;
        var loop = new Elementwise<One<TKernel, T>, bool>(
            new(kernel, in MemoryMarshal.GetReference(x)), ref MemoryMarshal.GetReference(destination), x.Length);
        Widest.Run<Elementwise<One<TKernel, T>, bool>, T>(ref loop, x.Length);
    }
}
