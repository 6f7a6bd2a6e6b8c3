using System.Numerics;
using Grad.Functional;
using Properties.Support;
using Xunit;

namespace Properties.Laws;

/// <summary>
/// The cotangent of an operand that was stretched is the sum, over all that it was stretched to, of the cotangent it would have had if it
/// had been written out in full; and who else is traced makes no difference to it.
/// </summary>
public sealed class BroadcastSumsBack : OpLaw
{
    internal override bool AppliesTo(OpSample sample, bool isFloat) => sample.IsElementwise && sample.Operands.Length > 1;

    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        var call = point.As<T>();
        var shape = call.Value().Shape;
        var full = new OpCall<T>(call.Op, Array.ConvertAll(call.Operands, operand => operand is NDArray<T> real ? InFull(real, shape) : operand));
        var cotangent = Seeds.Like(call.Value(), 8);
        NDArray<T>[] pulled = call.Pull(cotangent), inFull = full.Pull(cotangent);
        for (int i = 0; i < pulled.Length; i++)
        {
            Assert.Equal(call.Inputs[i].Shape, pulled[i].Shape);
            if (inFull[i].ToArray().All(T.IsFinite))
                Compare(pulled[i], inFull[i]);
            else
                tally.Exclude(pulled[i].Length);

            var alone = Ad.Grad(call.Along(i), call.Inputs[i], gradOutputs: cotangent);
            bool same = pulled[i].ToArray().Zip(alone.ToArray(), Bits.Same).All(same => same);
            Claim.That(same, $"The cotangent of input {i} depends on who else is traced.");
        }
    }

    private static NDArray<T> InFull<T>(NDArray<T> x, Shape shape)
        where T : unmanaged, IFloatingPointIeee754<T> => NDArray.Create<T>(NDMath.BroadcastTo(x, shape).AsSpan(), shape);

    // Where element k of the full array comes from is what stretching the numbers 0, 1, 2, … tells.
    private static void Compare<T>(NDArray<T> pulled, NDArray<T> inFull)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] source = NDMath.BroadcastTo(NDMath.Reshape(NDArray.Arange(pulled.Length), pulled.Shape), inFull.Shape).ToArray();
        double[] terms = Seeds.Doubles(inFull), actual = Seeds.Doubles(pulled);
        double[] sums = new double[pulled.Length], magnitudes = new double[pulled.Length];
        for (int k = 0; k < source.Length; k++)
        {
            sums[source[k]] += terms[k];
            magnitudes[source[k]] += Math.Abs(terms[k]);
        }

        for (int i = 0; i < sums.Length; i++)
        {
            Claim.That(
                Math.Abs(sums[i] - actual[i]) <= Rounding.Bound<T>(source.Length, magnitudes[i]),
                $"Element {i} of the cotangent is {actual[i]:R}, the sum over what it was stretched to {sums[i]:R}.");
        }
    }
}
