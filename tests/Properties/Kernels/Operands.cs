using System.Numerics;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>Operands for an overload, special values among them, and the result of each element by a call on it alone.</summary>
public sealed class Operands<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SpanOverload<T> overload;
    private readonly T[][] operands;
    private readonly T[] expected;

    public Operands(SpanOverload<T> overload, int length)
    {
        this.overload = overload;
        operands = [.. Enumerable.Range(1, 3).Select(seed => Samples.Mixed<T>(length, seed))];
        expected = [.. Enumerable.Range(0, length).Select(i => overload.Alone(At(0, i), At(1, i), At(2, i)))];
    }

    /// <summary>An operand.</summary>
    public T[] this[int operand] => operands[operand];

    /// <summary>What to pass for an operand: the span, or the number as a span of its own.</summary>
    public ReadOnlySpan<T> Scalar(int operand, ReadOnlySpan<T> span) =>
        operand == overload.Scalar ? operands[operand].AsSpan(0, 1) : span;

    /// <summary>The first elements of each operand.</summary>
    public void CopyTo(Span<T> x, Span<T> y, Span<T> z, int length)
    {
        operands[0].AsSpan(0, length).CopyTo(x);
        operands[1].AsSpan(0, length).CopyTo(y);
        operands[2].AsSpan(0, length).CopyTo(z);
    }

    /// <summary>The results are those of the elements from <paramref name="offset"/> on.</summary>
    public void AssertExpected(ReadOnlySpan<T> actual, int offset)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            if (!Bits.Same(expected[offset + i], actual[i]))
            {
                Assert.Fail($"{overload}: element {i} of {actual.Length} (operands from {offset}: {Bits.Describe(At(0, offset + i))}, "
                    + $"{Bits.Describe(At(1, offset + i))}, {Bits.Describe(At(2, offset + i))}) is {Bits.Describe(actual[i])}, "
                    + $"but {Bits.Describe(expected[offset + i])} alone.");
            }
        }
    }

    private T At(int operand, int i) => operands[operand][operand == overload.Scalar ? 0 : i];
}
