using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Applies a function of one number to every element of a span.</summary>
public static class Map
{
    /// <summary>
    /// <c>destination[i] = kernel(x[i])</c>, on the widest lanes of the hardware. An element's bits do not depend on its position, on the
    /// length or on alignment. Works in place; only the first <c>x.Length</c> elements of the destination are written.
    /// </summary>
    /// <param name="kernel">The function.</param>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <param name="operation">The name that errors speak of.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Run<TKernel, T>(
        TKernel kernel, ReadOnlySpan<T> x, Span<T> destination, [CallerMemberName] string operation = "")
        where TKernel : struct, IUnaryKernel
        where T : unmanaged
    {
        Contract.Holds(destination.Length, x.Length, operation);
        Contract.SameStartOrDisjoint(x, destination, operation);
        if (x.IsEmpty)
            return;
        var loop = new Elementwise<One<TKernel, T>, T>(
            new(kernel, in MemoryMarshal.GetReference(x)), ref MemoryMarshal.GetReference(destination), x.Length);
        Widest.Run<Elementwise<One<TKernel, T>, T>, T>(ref loop, x.Length);
    }
}
