using System.Numerics;
using FsCheck;
using Grad.Functional;
using Properties.Generators;
using Properties.Support;
using Xunit;

namespace Properties.Laws;

/// <summary>An elementwise op of any length has in each element the bits that the element has alone: values and gradients.</summary>
public sealed class EveryLength : OpLaw
{
    private const int Longest = 257;

    private protected override int Draws => 1;

    internal override bool AppliesTo(OpSample sample, bool isFloat) => sample.IsElementwise;

    private protected override Arbitrary<OpPoint> Points<T>(OpSample sample) => OpPoints.Rows<T>(sample, Longest);

    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        var call = point.As<T>();
        var alone = Enumerable.Range(0, Longest).Select(k => All(Slice(call, k, 1))).ToArray();
        for (int length = 0; length <= Longest; length++)
        {
            var results = All(Slice(call, Longest - length, length));
            for (int r = 0; r < results.Length; r++)
            {
                Assert.Equal(length, results[r].Length);
                for (int k = 0; k < length; k++)
                {
                    T expected = alone[Longest - length + k][r][0];
                    Claim.That(
                        Bits.Same(expected, results[r][k]),
                        $"Element {k} of {length} of result {r} is {Bits.Describe(results[r][k])}, alone {Bits.Describe(expected)}.");
                }
            }
        }
    }

    private static OpCall<T> Slice<T>(OpCall<T> call, int start, int length)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(call.Op, Array.ConvertAll(call.Operands, operand =>
            operand is NDArray<T> real ? (Node)Part(real, start, length) : Part((NDArray<bool>)operand, start, length)));

    private static NDArray<TElement> Part<TElement>(NDArray<TElement> x, int start, int length) where TElement : unmanaged =>
        NDArray.Create(x.AsSpan().Slice(start, length));

    /// <summary>The value, then the gradients.</summary>
    private static T[][] All<T>(OpCall<T> call)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var value = call.Value();
        return [value.ToArray(), .. call.Pull(NDArray.OnesLike(value)).Select(gradient => gradient.ToArray())];
    }
}
