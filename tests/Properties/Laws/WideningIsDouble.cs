using Grad.Functional;
using Properties.Support;
using Xunit;

namespace Properties.Laws;

/// <summary>A trace in float, taken anew in double, has the bits of a call in double: values and gradients.</summary>
public sealed class WideningIsDouble : OpLaw
{
    private protected override int Draws => 12;

    internal override bool AppliesTo(OpSample sample, bool isFloat) => isFloat;

    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        OpCall<float> narrow = point.As<float>();
        OpCall<double> wide = point.As<double>();
        NDArray<float>[] from = Array.ConvertAll(narrow.Inputs, Ad.Variable);
        var output = narrow.Apply(from);
        Compare("Value", Replay.Widen(from, wide.Inputs, output), wide.Value());

        var gradients = Ad.Grad(NDMath.Sum(output * output), from);
        var expected = Ad.Grad(inputs => wide.Apply(inputs) is var y ? NDMath.Sum(y * y) : y, wide.Inputs);
        for (int i = 0; i < gradients.Length; i++)
            Compare($"Gradient {i}", Replay.Widen(from, wide.Inputs, gradients[i]), expected[i]);
    }

    private static void Compare(string what, Node widened, NDArray<double> expected)
    {
        var actual = Assert.IsType<NDArray<double>>(widened);
        Assert.Equal(expected.Shape, actual.Shape);
        double[] x = actual.ToArray(), y = expected.ToArray();
        for (int i = 0; i < x.Length; i++)
            Claim.That(Bits.Same(x[i], y[i]), $"{what}: element {i} is {Bits.Describe(x[i])} widened, {Bits.Describe(y[i])} in double.");
    }
}
