using System.Numerics;
using FsCheck;
using Grad.Functional;
using Properties.Generators;

namespace Properties.Laws;

/// <summary>
/// A constant operand of fewer elements, which the kernel stretches in passing, is like one that was stretched before: in value, gradient and
/// tangent, to the bit.
/// </summary>
public sealed class ConstantsStretch : OpLaw
{
    private const int Length = 5;

    internal override bool AppliesTo(OpSample sample, bool isFloat) => sample.IsElementwise && sample.Operands.Count(operand => operand.IsReal) > 1;

    private protected override Arbitrary<OpPoint> Points<T>(OpSample sample) => OpPoints.Rows<T>(sample, Length);

    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        for (int constant = 0; constant < point.Shapes.Length; constant++)
        {
            if (point.Sample.Operands[constant].IsReal)
                Check<T>(point, constant);
        }
    }

    private static void Check<T>(OpPoint point, int constant)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var operands = point.As<T>().Operands;
        NDArray<T> number = T.CreateChecked(point.Elements[constant][0]);
        int free = Enumerable.Range(0, operands.Length).First(i => i != constant && point.Sample.Operands[i].IsReal);
        var x = (NDArray<T>)operands[free];
        NDArray<T> With(NDArray<T> fixedOperand, NDArray<T> x) =>
            (NDArray<T>)point.Sample.Op.Apply([.. operands.Select((operand, i) => i == constant ? fixedOperand : i == free ? x : operand)]);

        var (stretched, row) = (NDArray.Full((T)number, Length), NDMath.Reshape(x, 1, Length));
        foreach (var narrow in (NDArray<T>[])[number, NDMath.Reshape(number, 1)])
        {
            // Structural ops on both sides: a pending mask has to pass through them too.
            NDArray<T> Wide(NDArray<T> v) => NDMath.Sum(With(stretched, NDMath.Reshape(v, Length)), 0);
            NDArray<T> Narrow(NDArray<T> v) => NDMath.Sum(With(narrow, NDMath.Reshape(v, Length)), 0);
            Same(With(stretched, x), With(narrow, x), "value");
            Same(Ad.Grad(Wide, row), Ad.Grad(Narrow, row), "gradient");
            Same(Ad.Jvp(Wide, row, T.One).Tangent, Ad.Jvp(Narrow, row, T.One).Tangent, "tangent");
        }
    }

    private static void Same<T>(NDArray<T> expected, NDArray<T> actual, string what)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Claim.That(
            expected.Shape == actual.Shape && expected.ToArray().Zip(actual.ToArray()).All(pair => pair.First.Equals(pair.Second)),
            $"The {what} is {actual} instead of {expected}.");
}
