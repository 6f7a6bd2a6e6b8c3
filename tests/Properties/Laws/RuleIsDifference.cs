using FsCheck;
using Grad.Functional;
using Properties.Generators;
using Xunit;

namespace Properties.Laws;

/// <summary>
/// Each derivative, up to the third, is the difference quotient of the one before it, within the quotient's own error estimate and the
/// rounding of both. Left out is what is not smooth within ten steps, decided before a gradient is looked at, and what is not finite.
/// </summary>
public sealed class RuleIsDifference : OpLaw
{
    private const int Length = 160, Orders = 3;

    private protected override int Draws => 1;

    internal override bool AppliesTo(OpSample sample, bool isFloat) => !isFloat;

    private protected override Arbitrary<OpPoint> Points<T>(OpSample sample) => OpPoints.Rows<T>(sample, Length);

    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        var call = point.As<double>();
        var directions = Direction.Of(point, call);
        var (sharp, judged, excluded) = (0, 0, new HashSet<int>());
        Descend(call.Apply, 1, "");
        tally.Exclude(excluded.Count * point.Shapes.Length);
        Assert.True(2 * sharp >= judged, $"Only {sharp} of {judged} differences are sharp: the law would see little.");

        void Descend(Func<NDArray<double>[], NDArray<double>> f, int order, string path)
        {
            foreach (var direction in directions)
            {
                NDArray<double> derivative(NDArray<double>[] x) => direction.Derivative(f, x, order);
                var estimates = direction.Difference(f);
                double[] exact = derivative(call.Inputs).ToArray(), noise = GraphError.Of(derivative, call.Inputs);
                for (int k = 0; k < exact.Length; k++)
                    Judge(exact[k], noise[k], estimates[k], $"{path}∂{direction.Name}", k);
                if (order < Orders)
                    Descend(derivative, order + 1, $"{path}∂{direction.Name} ");
            }
        }

        void Judge(double exact, double noise, Differencing.Estimate estimate, string path, int place)
        {
            double error = estimate.Error + noise;
            if (!double.IsFinite(estimate.Derivative + error))
            {
                excluded.Add(place);
                return;
            }

            judged++;
            sharp += error <= 1e-6 * Math.Max(Math.Abs(exact), estimate.Size) ? 1 : 0;
            Claim.That(
                Math.Abs(exact - estimate.Derivative) <= error,
                $"{path} in place {place} is {exact:R}, its difference quotient {estimate.Derivative:R} ± {error:G2}.");
        }
    }
}
