using Grad.Functional;

namespace Properties.Laws;

/// <summary>A way to move the operands of an op, along which a derivative and a difference quotient can be taken.</summary>
internal abstract class Direction(OpCall<double> call, string name)
{
    /// <summary>The name in messages.</summary>
    public string Name => name;

    /// <summary>The inputs that the directions are based at.</summary>
    protected OpCall<double> Call => call;

    /// <summary>
    /// For an elementwise op on rows: one direction for each input, along which each element moves on its own. For another op: one that
    /// differentiates in reverse, and one forward.
    /// </summary>
    public static Direction[] Of(OpPoint point, OpCall<double> call)
    {
        if (!point.Sample.IsElementwise)
            return [new Whole(call, reverse: true), new Whole(call, reverse: false)];
        int[] operands = [.. Enumerable.Range(0, point.Shapes.Length).Where(i => point.Sample.Operands[i].IsReal)];
        return [.. operands.Select((operand, input) => new Rows(call, input, Rows.LargestSteps(point, operand)))];
    }

    /// <summary>The derivative of a function of the inputs, as a function of the inputs; modes take turns with the order.</summary>
    public abstract NDArray<double> Derivative(Func<NDArray<double>[], NDArray<double>> f, NDArray<double>[] x, int order);

    /// <summary>The same by differences, at the point.</summary>
    public abstract Differencing.Estimate[] Difference(Func<NDArray<double>[], NDArray<double>> f);

    private sealed class Rows(OpCall<double> call, int input, double[] largest) : Direction(call, FormattableString.Invariant($"{input}"))
    {
        public override NDArray<double> Derivative(Func<NDArray<double>[], NDArray<double>> f, NDArray<double>[] x, int order)
        {
            NDArray<double> along(NDArray<double> y) => f([.. x[..input], y, .. x[(input + 1)..]]);
            return order % 2 == 1 ? Ad.Grad(y => NDMath.Sum(along(y)), x[input]) : Ad.Jvp(along, x[input], 1.0).Tangent;
        }

        public override Differencing.Estimate[] Difference(Func<NDArray<double>[], NDArray<double>> f) => Differencing.Derivatives(
            y => f([.. Call.Inputs[..input], NDArray.Create<double>(y), .. Call.Inputs[(input + 1)..]]).ToArray(),
            Call.Inputs[input].ToArray(),
            largest,
            GraphError.Of(f, Call.Inputs));

        /// <summary>
        /// For each element a power of two, at most a quarter of the way to the edge of the domain, and a tenth of the way to a kink; NaN
        /// where there is no such step that the element's own digits still resolve.
        /// </summary>
        public static double[] LargestSteps(OpPoint point, int operand)
        {
            var spec = point.Sample.Operands[operand];
            return [.. point.Meetings().Select(at =>
            {
                double x = at[operand], room = Math.Min(x - spec.Low, spec.High - x) / 4;
                double step = Math.ScaleB(1, Math.Min(-2, Math.ILogB(room)));
                while (point.Sample.Kink is { } kink && HasKink(kink, at, operand, 10 * step) && step > 0)
                    step /= 2;
                return step > Math.Abs(x) * Math.ScaleB(1, -36) ? step : double.NaN;
            })];
        }

        private static bool HasKink(Func<double[], double> kink, double[] at, int operand, double reach)
        {
            int[] signs = [.. new[] { -1, -0.5, 0, 0.5, 1 }.Select(part =>
            {
                double[] moved = [.. at];
                moved[operand] += part * reach;
                return Math.Sign(kink(moved));
            })];
            return signs[0] == 0 || signs.Any(sign => sign != signs[0]);
        }
    }

    private sealed class Whole(OpCall<double> call, bool reverse) : Direction(call, reverse ? "reverse" : "forward")
    {
        private const double Largest = 1.0 / 16, Smallest = 1.0 / (1 << 20);

        private readonly NDArray<double>[] _tangents = Seeds.Like(call.Inputs, reverse ? 10 : 11);

        public override NDArray<double> Derivative(Func<NDArray<double>[], NDArray<double>> f, NDArray<double>[] x, int order)
        {
            NDArray<double>? sum = null;
            for (int i = 0; i < x.Length; i++)
            {
                int input = i;
                NDArray<double> along(NDArray<double> y) => Weighted(f([.. x[..input], y, .. x[(input + 1)..]]));
                var term = reverse ? NDMath.Sum(Ad.Grad(along, x[i]) * _tangents[i]) : Ad.Jvp(along, x[i], _tangents[i]).Tangent;
                sum = sum is null ? term : sum + term;
            }

            return NDMath.Reshape(sum!, 1);
        }

        public override Differencing.Estimate[] Difference(Func<NDArray<double>[], NDArray<double>> f) => Differencing.Derivatives(
            step => [Weighted(f(Moved(step[0]))).ToScalar()],
            [0],
            [LargestStep()],
            GraphError.Of(x => Weighted(f(x)), Call.Inputs));

        private NDArray<double>[] Moved(double step) => [.. Call.Inputs.Zip(_tangents, (x, t) => x + (t * step))];

        /// <summary>At most a tenth of the way to another piece of the op; NaN if there is no such step.</summary>
        private double LargestStep()
        {
            double step = Largest;
            while (OpCatalog.Piecewise(Call.Op) is { } op && IsLeft(op, 10 * step))
                step = step > Smallest ? step / 2 : double.NaN;
            return step;
        }

        private bool IsLeft(IPiecewise op, double reach)
        {
            int[] here = Signs(op, 0);
            return new[] { -1, -0.5, 0.5, 1 }.Any(part => !here.AsSpan().SequenceEqual(Signs(op, part * reach)));
        }

        private int[] Signs(IPiecewise op, double step) =>
            double.IsNaN(step) ? Signs(op, 0) : Array.ConvertAll(((NDArray<double>)op.Pieces([.. Moved(step)])).ToArray(), Math.Sign);

        private static NDArray<double> Weighted(NDArray<double> y) => NDMath.Sum(y * Seeds.Like(y, 12));
    }
}
