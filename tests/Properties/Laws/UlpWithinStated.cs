using System.Numerics;
using FsCheck;
using Grad.Functional;
using Grad.Simd;
using Properties.Generators;
using Properties.Support;
using Xunit;

namespace Properties.Laws;

/// <summary>
/// Through the public path, an elementwise op errs by no more units in the last place than its documentation states, against its own body
/// in double-double: over the whole range, at special values and their neighbours, at points evenly spaced by bit pattern, near the edges
/// of its domain; NaN, infinities and signs of zero included.
/// </summary>
public sealed class UlpWithinStated : OpLaw
{
    private const int Length = 256;

    /// <summary>The smallest normal double, times what the second half of a double-double holds.</summary>
    private const double ReferenceIsSound = 2.2250738585072014e-308 * (1L << 53);

    private protected override int Draws => 1;

    internal override bool AppliesTo(OpSample sample, bool isFloat) => ElementwiseBody.Of(sample.Op) is not null;

    private protected override Arbitrary<OpPoint> Points<T>(OpSample sample) => OpPoints.Rows<T>(sample, Length);

    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        var everywhere = Everywhere<T>();
        if (point.Shapes.Length == 1)
        {
            tally.Draw(Array.ConvertAll(everywhere, double.CreateTruncating));
            Compare<T>(point.Sample, [everywhere]);
        }
        else
        {
            // Every special value meets every other; the spaced points meet in two orders.
            var special = Samples.Special<T>().Where((_, i) => i % 3 == 0).ToArray();
            T[] x = [.. special.SelectMany(a => special.Select(_ => a)), .. everywhere];
            T[] y = [.. special.SelectMany(_ => special), .. everywhere];
            Array.Reverse(y, special.Length * special.Length, everywhere.Length);
            tally.Draw(Array.ConvertAll(x, double.CreateTruncating));
            tally.Draw(Array.ConvertAll(y, double.CreateTruncating));
            Compare<T>(point.Sample, [x, y]);
        }

        Compare(point.Sample, Array.ConvertAll(point.Elements, elements => Array.ConvertAll(elements, T.CreateChecked)));
    }

    private static T[] Everywhere<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        .. Samples.Special<T>(),
        .. Samples.Spaced<T>(typeof(T) == typeof(float) ? 1_000_003UL : 4_611_686_018_427_387UL),
        .. Samples.Between<T>(-40, 40, 2_000),
    ];

    private static void Compare<T>(OpSample sample, T[][] operands)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = ElementwiseBody.Of(sample.Op)!;
        double stated = typeof(T) == typeof(float) ? sample.MaxUlp.Float : sample.MaxUlp.Double;
        var result = (NDArray<T>)sample.Op.Apply(Array.ConvertAll(operands, operand => (Node)NDArray.Create<T>(operand)));
        var actual = result.AsSpan();
        for (int k = 0; k < actual.Length; k++)
        {
            var exact = body.Eval<DoubleDouble>(Array.ConvertAll(operands, operand => (DoubleDouble)double.CreateTruncating(operand[k])));
            double scale = sample.Scale?.Invoke(Array.ConvertAll(operands, operand => double.CreateTruncating(operand[k]))) ?? 0;
            double ulps = Error(actual[k], exact, scale);
            Claim.That(
                ulps <= stated || (stated <= 0.5 && Math.Abs(exact.Hi) < ReferenceIsSound && IsOfTheHardware(body, operands, k, actual[k])),
                $"At {At(operands, k)}: {Bits.Describe(actual[k])}, {ulps:F2} ULP; stated {stated}.");
        }
    }

    private static double Error<T>(T actual, DoubleDouble exact, double scale)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        actual is float narrow ? Ulp.Error(narrow, exact.Hi, scale) : Ulp.Error(double.CreateTruncating(actual), exact, scale);

    // Below it the reference loses its second half, then bits of the first, and the signs of zeros. There the operations that the hardware
    // rounds correctly are held to the hardware, one number at a time.
    private static bool IsOfTheHardware<T>(ElementwiseBody body, T[][] operands, int k, T actual)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        actual is float narrow
            ? Bits.Same(narrow, body.Eval<F32x1>(Array.ConvertAll(operands, x => new F32x1(float.CreateTruncating(x[k])))).Value)
            : Bits.Same(
                double.CreateTruncating(actual),
                body.Eval<F64x1>(Array.ConvertAll(operands, x => new F64x1(double.CreateTruncating(x[k])))).Value);

    private static string At<T>(T[][] operands, int k)
        where T : unmanaged, IFloatingPointIeee754<T> => string.Join(", ", operands.Select(operand => Bits.Describe(operand[k])));
}
