using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>An elementwise op with its element types fixed, on memory: what an interpreter calls.</summary>
internal abstract unsafe class ElementKernel
{
    /// <summary>The operands that are not there are null.</summary>
    /// <param name="x">The first operand's element.</param>
    /// <param name="y">The second's.</param>
    /// <param name="z">The third's.</param>
    /// <param name="result">Where the result's goes.</param>
    public abstract void One(void* x, void* y, void* z, void* result);

    /// <summary>Elements side by side. The result may be the memory of an operand.</summary>
    /// <param name="x">The first operand's elements.</param>
    /// <param name="y">The second's.</param>
    /// <param name="z">The third's.</param>
    /// <param name="result">Where the results go.</param>
    /// <param name="count">How many.</param>
    /// <param name="still">A bit for each operand that is a single element for all; not for all operands at once.</param>
    public abstract void Many(void* x, void* y, void* z, void* result, int count, Still still);

    /// <summary>Elements from an address on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static ReadOnlySpan<T> Source<T>(void* address, int count) => new(address, count);

    /// <summary>Room for elements from an address on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static Span<T> Target<T>(void* address, int count) => new(address, count);
}

/// <summary>Which operands are a single element for a whole row.</summary>
[Flags]
internal enum Still
{
    None = 0,
    First = 1,
    Second = 2,
    Third = 4,
}
