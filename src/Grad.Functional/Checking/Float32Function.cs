namespace Grad.Functional;

/// <summary>A float32 function as its user sees it, beside the float64 one that is checked in its place.</summary>
internal sealed class Float32Function(Func<Node[], Node> f, NDArray<float>[] inputs, string[] names, GradCheckOptions options)
{
    private const string Operation = "GradCheck";

    // Moves an element by 2048 float32 numbers or more, so that whatever is computed from it in float32 changes too.
    private const double Visible = 1.0 / 4096;

    /// <summary>The relative error of the derivative as computed in float32, against the exact one by each input.</summary>
    /// <exception cref="ArgumentException">The output depends on a number that was read out of an input, and not on the input.</exception>
    public double RoundingError(NDArray<double>[] exact)
    {
        var own = Jacobians.Full(Operation, f, inputs, JacobianMode.Auto);
        return GradCheckReport.LargestOf(own.Zip(exact, (block, wide) => ErrorOf(((NDArray<float>)block).Data.ToArray(), wide)));
    }

    /// <summary>
    /// A value that f reads and that matters, though the steps of the check are too small to change it in float32, in plain words; null if
    /// there is none.
    /// </summary>
    /// <param name="wide">The function in float64.</param>
    /// <param name="origin">Its run at the point.</param>
    /// <param name="exact">The exact derivatives by each input.</param>
    public string? HiddenRead(Func<Node[], Node> wide, FreshTrace origin, NDArray<double>[] exact)
    {
        var (before, after) = (FreshTrace.Run(Operation, wide, Moved(-Visible)), FreshTrace.Run(Operation, wide, Moved(Visible)));
        if (after.DifferenceFrom(origin) is not { IsConstant: true } difference || before.Shape != origin.Shape)
        {
            return null;
        }

        // Along the move the derivative must say what the function does, to a per cent: a constant may well cancel out.
        var change = new double[origin.Values.Length];
        var expected = new double[change.Length];
        for (var row = 0; row < change.Length; row++)
        {
            change[row] = (after.Values[row] - before.Values[row]) / 2;
            for (var i = 0; i < inputs.Length; i++)
            {
                var point = inputs[i].Data;
                for (var k = 0; k < point.Length; k++)
                {
                    expected[row] += exact[i].Data[(row * point.Length) + k] * Visible * Size(point[k]);
                }
            }
        }

        return GradCheckComparison.RelativeErrorOf<double>(expected, change) < 0.01
            ? null
            : $"with every element larger by {ReportText.Number(Visible)}·max(1, |x|) {difference.Text}";

        NDArray<double>[] Moved(double by) => Array.ConvertAll(
            inputs, input => new NDArray<double>(Array.ConvertAll(input.Data.ToArray(), x => x + (by * Size(x))), input.Shape));
    }

    /// <summary>What one finds who stays in float32 and divides by the step as written.</summary>
    /// <param name="exact">The exact derivatives by each input.</param>
    /// <param name="wideError">The relative error of the same differences in float64.</param>
    public GradCheckNaive Naive(NDArray<double>[] exact, double wideError)
    {
        var stencil = Stencil.Of(options.Formula);
        var step = (float)options.Epsilon;
        var center = Values(inputs);
        var (error, worst, worstExcess) = (0.0, "", -1.0);
        var blocks = new NDArray<float>[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            var point = inputs[i].Data;
            var block = new float[exact[i].Length];
            for (var k = 0; k < point.Length; k++)
            {
                var column = stencil.Along(moved => ValuesWith(i, k, moved, center.Length), point[k], step, center, nominal: true);
                for (var row = 0; row < column.Length; row++)
                {
                    var place = (row * point.Length) + k;
                    block[place] = column[row];
                    var excess = Math.Abs(column[row] - exact[i].Data[place]);
                    if (excess > worstExcess)
                    {
                        var element = ElementName.Of(names[i], inputs[i].Shape, k);
                        (worst, worstExcess) = (Reason(element, point[k], center[row], stencil, step), excess);
                    }
                }
            }

            blocks[i] = new NDArray<float>(block, exact[i].Shape);
            error = Math.Max(error, ErrorOf(block, exact[i]));
        }

        var why = error <= Math.Max(1e-5, 10 * wideError)
            ? "float32 is not what limits the differences here."
            : "the step is too small for float32: " + worst;
        return new GradCheckNaive(blocks, error, why);
    }

    private static string Reason(string element, float x, float value, Stencil stencil, float step)
    {
        if (x + step == x)
        {
            return FormattableString.Invariant(
                $"it vanishes next to {element} = {x}, where float32 numbers lie {Spacing(x):0.0e+00} apart.");
        }

        var best = stencil.BestStep<float>() * Size(x);
        var (aroundX, aroundValue, distance) = (Spacing(x), Spacing(value), stencil.Span * step);
        return FormattableString.Invariant($"around {element} = {x} float32 numbers lie {aroundX:0.0e+00} apart and around f = {value} ") +
            FormattableString.Invariant($"{aroundValue:0.0e+00}, which the {distance:0.0e+00} of the difference does not dwarf. ") +
            FormattableString.Invariant($"About {best:0.0e+00} would suit it.");
    }

    private static double Size(double x) => Math.Max(1, Math.Abs(x));

    private static float Spacing(float x) => float.BitIncrement(Math.Abs(x)) - Math.Abs(x);

    private static double ErrorOf(float[] values, NDArray<double> exact) =>
        GradCheckComparison.RelativeErrorOf<double>(exact.Data, Array.ConvertAll(values, value => (double)value));

    private float[] Values(NDArray<float>[] point) => ((NDArray<float>)f(point)).Data.ToArray();

    private float[] ValuesWith(int input, int element, float value, int length)
    {
        var moved = (NDArray<float>[])inputs.Clone();
        var data = inputs[input].ToArray();
        data[element] = value;
        moved[input] = new NDArray<float>(data, inputs[input].Shape);
        var values = Values(moved);
        return values.Length == length ? values : [.. Enumerable.Repeat(float.NaN, length)];
    }
}
