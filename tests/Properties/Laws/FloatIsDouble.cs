using Grad.Functional;
using Xunit;

namespace Properties.Laws;

/// <summary>
/// In float, value and gradient are those in double but for rounding errors, whose bound is computed in double: by running error analysis
/// of the op's bodies, or for others from the magnitude of what they add.
/// </summary>
public sealed class FloatIsDouble : OpLaw
{
    internal override bool AppliesTo(OpSample sample, bool isFloat) => isFloat;

    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        if (ElementwiseBody.Of(point.Sample.Op) is { } body)
            CheckBody(body, point, tally);
        else
            CheckLinear(point, tally);
    }

    private static void CheckBody(ElementwiseBody body, OpPoint point, Tally tally)
    {
        double[][] meetings = [.. point.Meetings()];
        var narrow = Along<float>(point, meetings);
        var wide = Along<double>(point, meetings);
        for (int k = 0; k < meetings.Length; k++)
        {
            double[] x = meetings[k];

            // One side of a step in one precision, the other in the other: no bound on rounding errors bounds that.
            if (point.Sample.Kink is { } kink && kink(x) == 0)
            {
                tally.Exclude(1);
                continue;
            }

            for (int along = 0; along < x.Length; along++)
            {
                var narrowBound = Bound(body, x, along, Rounding.Unit<float>());
                var wideBound = Bound(body, x, along, Rounding.Unit<double>());
                Compare("Value", narrow.Value[k], wide.Value[k], narrowBound.Value + wideBound.Value, x);
                Compare($"Slope {along}", narrow.Slopes[along][k], wide.Slopes[along][k], narrowBound.Slope + wideBound.Slope, x);
            }
        }
    }

    private static (double Value, double Slope) Bound(ElementwiseBody body, double[] x, int along, double unit)
    {
        var operands = Array.ConvertAll(x, value => RunningError.Operand(value, 0, unit));
        var result = body.Eval<RunningError>(operands);
        return (result.PrimalError, body.Slope(along, result, operands).PrimalError);
    }

    private static (double[] Value, double[][] Slopes) Along<T>(OpPoint point, double[][] meetings)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var inputs = Enumerable.Range(0, point.Shapes.Length)
            .Select(operand => NDArray.Create<T>(Array.ConvertAll(meetings, x => T.CreateChecked(x[operand])))).ToArray();
        var call = new OpCall<T>(point.Sample.Op, inputs);
        return (Seeds.Doubles(call.Value()), Array.ConvertAll(call.Pull(NDArray.Ones<T>(meetings.Length)), Seeds.Doubles));
    }

    private static void CheckLinear(OpPoint point, Tally tally)
    {
        OpCall<float> narrow = point.As<float>();
        var (wide, map) = LinearMap.At<double>(point, tally);

        // A curved op rounds its result too, not only what it adds; and its slopes change with the rounding of what they are taken at.
        bool isCurved = point.Sample.IsCurved;
        double size = isCurved ? 2 + (2 * point.Elements.SelectMany(x => x).Select(Math.Abs).DefaultIfEmpty().Max()) : 1;
        int roundings = (int)Math.Ceiling(map.Roundings * size);
        double[] results = Seeds.Doubles(wide.Value());
        Compare(narrow.Value(), wide.Value(), [.. map.Push(wide.Inputs).Select((x, i) => isCurved ? x + Math.Abs(results[i]) : x)]);
        NDArray<float>[] pulled = narrow.Pull(Seeds.Like(narrow.Value(), 9));
        var cotangent = Seeds.Like(wide.Value(), 9);
        NDArray<double>[] widePulled = wide.Pull(cotangent);
        for (int i = 0; i < pulled.Length; i++)
            Compare(pulled[i], widePulled[i], map.Pull(i, cotangent));

        void Compare(NDArray<float> x, NDArray<double> y, double[] magnitudes)
        {
            for (int i = 0; i < magnitudes.Length; i++)
                FloatIsDouble.Compare("Element", x.AsSpan()[i], y.AsSpan()[i], Rounding.Bound<float>(roundings, magnitudes[i]), [i]);
        }
    }

    private static void Compare(string what, double narrow, double wide, double bound, double[] at) => Claim.That(
        narrow.Equals(wide) || Math.Abs(narrow - wide) <= bound || OverflowsFloat(narrow, wide),
        $"{what} at ({string.Join(", ", at)}) is {narrow:R} in float, {wide:R} in double, error bound {bound:G2}.");

    private static bool OverflowsFloat(double narrow, double wide) =>
        double.IsInfinity(narrow) && Math.Abs(wide) >= float.MaxValue && narrow > 0 == wide > 0;
}
