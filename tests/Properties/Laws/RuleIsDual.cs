using Grad.Functional;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Laws;

/// <summary>
/// An elementwise op's slope, on lanes and as a graph, is the derivative of its function on dual numbers: within the rounding errors of
/// both, which running error analysis bounds.
/// </summary>
public sealed class RuleIsDual : OpLaw
{
    internal override bool AppliesTo(OpSample sample, bool isFloat) => !isFloat && ElementwiseBody.Of(sample.Op) is not null;

    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        var body = ElementwiseBody.Of(point.Sample.Op)!;
        var meetings = point.Meetings().ToArray();
        for (int along = 0; along < point.Shapes.Length; along++)
        {
            double[] graph = InGraph(point, meetings, along);
            for (int k = 0; k < meetings.Length; k++)
            {
                double[] x = meetings[k];

                // At a kink the op's own convention holds, which is a fact of its documentation, not of dual numbers.
                if (point.Sample.Kink?.Invoke(x) == 0)
                {
                    tally.Exclude(1);
                    continue;
                }

                var (slope, dual, bound) = Slopes(body, x, along);
                Compare("on lanes", slope, dual, bound, x, along);
                Compare("in the graph", graph[k], dual, bound, x, along);
            }
        }
    }

    private static (double Slope, double Dual, double Bound) Slopes(ElementwiseBody body, double[] x, int along)
    {
        var lanes = Array.ConvertAll(x, value => new F64x1(value));
        double slope = body.Slope(along, body.Eval<F64x1>(lanes), lanes).Value;

        var duals = x.Select((value, i) => i == along ? Dual.Variable(value) : Dual.Constant(value)).ToArray();
        double dual = body.Eval<Dual>(duals).Tangent;

        var exact = x.Select((value, i) => RunningError.Operand(value, i == along ? 1 : 0, Rounding.Unit<double>())).ToArray();
        var result = body.Eval<RunningError>(exact);
        return (slope, dual, result.TangentError + body.Slope(along, result, exact).PrimalError);
    }

    private static double[] InGraph(OpPoint point, double[][] meetings, int along)
    {
        var inputs = Enumerable.Range(0, point.Shapes.Length)
            .Select(operand => NDArray.Create<double>(Array.ConvertAll(meetings, x => x[operand]))).ToArray();
        var call = new OpCall<double>(point.Sample.Op, inputs);
        return call.Pull(NDArray.Ones<double>(meetings.Length))[along].ToArray();
    }

    private static void Compare(string where, double slope, double dual, double bound, double[] x, int along) => Claim.That(
        slope.Equals(dual) || Math.Abs(slope - dual) <= bound,
        $"Slope {where} along operand {along} at ({string.Join(", ", x)}) is {slope:R}, dual {dual:R}, error bound {bound:G2}.");
}
