using Grad.Simd;

namespace Grad.Functional;

/// <summary>Two elementwise ops of one operand that have work in common, with the element type fixed, on memory. Each has the bits that it has alone.</summary>
internal abstract unsafe class PairKernel
{
    /// <summary>Elements side by side. The three share no memory.</summary>
    /// <param name="x">The operand's elements.</param>
    /// <param name="first">Where the first op's results go.</param>
    /// <param name="second">Where the second's go.</param>
    /// <param name="count">How many.</param>
    public abstract void Many(void* x, void* first, void* second, int count);
}

/// <summary>The kernel of a pair of functions.</summary>
internal sealed unsafe class PairKernel<TPair, T> : PairKernel
    where TPair : struct, IPairKernel
    where T : unmanaged
{
    public override void Many(void* x, void* first, void* second, int count) =>
        PairLoop<TPair, T>.Run(new ReadOnlySpan<T>(x, count), new Span<T>(first, count), new Span<T>(second, count), typeof(TPair).Name);
}
