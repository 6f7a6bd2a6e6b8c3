using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Properties.Framework;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Checking;

/// <summary>Each verdict, where it is due, and what it says.</summary>
public sealed class GradCheckVerdictLaws
{
    private static readonly NDArray<double> s_x = [2.0, 3.0];

    [Theory]
    [InlineData(1 + 1e-8, GradCheckVerdict.Correct)]
    [InlineData(1 + 1e-6, GradCheckVerdict.ProbablyCorrect)]
    [InlineData(1 + 1e-4, GradCheckVerdict.Suspicious)]
    [InlineData(1 + 1e-2, GradCheckVerdict.Wrong)]
    public void The_relative_error_falls_into_its_band(double factor, GradCheckVerdict verdict)
    {
        // Differences of a linear function have no truncation error.
        var faulty = new FaultyOp(Unary<NegateOp>.Default, Fault.Factor(factor), Fault.Factor(factor));
        var report = GradCheck.Check(v => Sum(faulty.On(v)), s_x, new() { Epsilon = 1e-2 });
        Assert.Equal(verdict, report.Verdict);
        Assert.Equal(factor - 1, report.RelativeError * (1 + factor), (factor - 1) * 1e-3);
        Assert.Equal(verdict != GradCheckVerdict.Wrong, report.Passed);
    }

    [Fact]
    public void Two_modes_that_disagree_slightly_are_suspicious()
    {
        var faulty = new FaultyOp(Unary<NegateOp>.Default, Fault.Factor(1 + 1e-6), Fault.None);
        var report = GradCheck.Check(v => Sum(faulty.On(v)), s_x);
        Assert.True(report.Passed);
        Assert.Equal(GradCheckVerdict.Suspicious, report.Verdict);
        Assert.Equal(5e-7, report.ModeError!.Value, 1e-9);
        Assert.Contains("Reverse and forward mode disagree", report.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_derivative_below_the_absolute_tolerance_passes_but_is_not_called_right()
    {
        var faulty = new FaultyOp(Unary<SinOp>.Default, Fault.Sign, Fault.Sign);
        var report = GradCheck.Check(v => Sum(1e-6 * faulty.On(v)), s_x);
        Assert.True(report.Passed);
        Assert.Equal(GradCheckVerdict.Wrong, report.Verdict);
        Assert.Contains("lower Atol", report.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Norms_near_zero_count_as_equal()
    {
        var report = GradCheck.Check(v => 1e-12 * Sum(Sin(v)), s_x);
        Assert.Equal((true, 0, GradCheckVerdict.Correct), (report.Passed, report.RelativeError, report.Verdict));
    }

    [Fact]
    public void Tolerances_that_no_difference_can_meet_do_not_make_a_derivative_wrong()
    {
        var report = GradCheck.Check(v => Sum(Exp(v)), s_x, new() { Atol = 0, Rtol = 1e-14, Epsilon = 1e-4 });
        Assert.False(report.Passed);
        Assert.Equal(GradCheckVerdict.Correct, report.Verdict);
        Assert.Contains("tighter than differences", report.Explanation, StringComparison.Ordinal);
    }

    [Property]
    public void A_step_lost_in_rounding_decides_nothing(byte eighths)
    {
        var report = GradCheck.Check(v => Sum(Sin(v)), s_x + (eighths / 8.0 / 256), new() { Epsilon = 1e-15 });
        Assert.True(report.Verdict is GradCheckVerdict.StepTooSmall or GradCheckVerdict.Correct, report.ToString());
        var offset = GradCheck.Check(v => Sum(Sin(v)) + 1e12, s_x);
        Assert.Equal((GradCheckVerdict.StepTooSmall, false), (offset.Verdict, offset.Passed));
        Assert.Contains("Enlarge Epsilon", offset.Explanation, StringComparison.Ordinal);
    }

    [Property(Arbitrary = [typeof(SmoothCase)])]
    public void Disagreement_that_falls_with_the_step_is_the_formulas(SmoothCase whole, FiniteDifferenceFormula formula)
    {
        static NDArray<double> Loss(NDArray<double> x) => Sum(Exp(x));
        var options = new GradCheckOptions { Epsilon = formula == FiniteDifferenceFormula.FivePoint ? 0.25 : 0.05, Formula = formula };
        var report = GradCheck.Check(Loss, whole.At<double>(), options);
        Assert.True(report.Verdict == GradCheckVerdict.StepTooLarge, report.ToString());
        var faulty = new FaultyOp(Unary<NegateOp>.Default, Fault.Factor(1.05), Fault.Factor(1.05));
        Assert.Equal(GradCheckVerdict.Wrong, GradCheck.Check(v => faulty.On(Loss(v)), whole.At<double>(), options).Verdict);
    }

    [Property]
    public void Large_elements_have_steps_that_do_not_vanish(sbyte exponent, bool negative)
    {
        var x = Math.ScaleB(negative ? -1.5 : 1.5, Math.Abs((int)exponent));
        Assert.True(GradCheck.Check(v => Sum(3 * v), new NDArray<double>([x], [1])).Passed);
    }

    [Theory]
    [InlineData(2f, 3f)]
    [InlineData(1000f, 2000f)]
    [InlineData(3e6f, -1e6f)]
    public void A_value_that_was_read_is_reported_for_what_it_is(float x, float y)
    {
        NDArray<double> wide = [x, y];
        var report = GradCheck.Check(v => Sum(v) * (double)Sum(v), wide);
        Assert.Equal((GradCheckVerdict.TraceDiffers, false), (report.Verdict, report.Passed));
        Assert.Contains("Multiply of shape [], uses the constant", report.Explanation, StringComparison.Ordinal);
        Assert.Contains("read a value", report.Explanation, StringComparison.Ordinal);

        // In float32 the steps may be too small to change the value that is read.
        NDArray<float> narrow = [x, y];
        report = GradCheck.Check(v => Sum(v) * (float)Sum(v), narrow);
        Assert.Equal((GradCheckVerdict.TraceDiffers, false), (report.Verdict, report.Passed));
        Assert.Contains("read a value", report.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_was_read_into_an_op_is_reported_too()
    {
        var report = GradCheck.Check(v => Sum(Pow(v, (double)v[0])), s_x);
        Assert.Equal((GradCheckVerdict.TraceDiffers, false), (report.Verdict, report.Passed));
        Assert.Contains(" of shape [2] instead of Pow(2) of shape [2]", report.Explanation, StringComparison.Ordinal);

        NDArray<float> narrow = [1000f, 2000f];
        report = GradCheck.Check(v => Sum(Pow(v / 1000, (float)Sum(v) / 1000)), narrow);
        Assert.Equal((GradCheckVerdict.TraceDiffers, false), (report.Verdict, report.Passed));
        Assert.Contains("instead of Pow(3) of shape [2]", report.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.5f, 2f)]
    [InlineData(1000f, 1001f)]
    public void A_value_that_was_read_but_cancels_out_is_only_noted(float x, float y)
    {
        NDArray<double> wide = [x, y];
        NDArray<float> narrow = [x, y];
        var report = GradCheck.Check(v => LogSumExp(v, v.ToArray().Max()), wide);
        Assert.True(report.Passed, report.ToString());
        Assert.Contains(report.Notes, note => note.Contains("uses the constant", StringComparison.Ordinal));
        Assert.True(GradCheck.Check(v => LogSumExp(v, v.ToArray().Max()), narrow).Passed);

        static NDArray<T> LogSumExp<T>(NDArray<T> v, T shift) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
            Log(Sum(Exp(v - shift))) + shift;
    }

    [Fact]
    public void Another_path_next_to_the_point_is_reported()
    {
        var report = GradCheck.Check(v => (double)Sum(v) > 5 ? Sum(v) : Sum(3 * v), s_x);
        Assert.Equal(GradCheckVerdict.TraceDiffers, report.Verdict);
        Assert.Contains("x[0] = 2.000001 (2 at the point)", report.Explanation, StringComparison.Ordinal);

        var shape = GradCheck.Check(v => (double)Sum(v) > 5 ? v : Stack([v, v]), s_x);
        Assert.Equal((GradCheckVerdict.TraceDiffers, false), (shape.Verdict, shape.Passed));

        // A path that depends on values, but is the same all around, is no difference.
        Assert.Equal(GradCheckVerdict.Correct, GradCheck.Check(v => (double)Sum(v) > 4 ? Sum(v) : Sum(3 * v), s_x).Verdict);
    }

    [Fact]
    public void A_stopped_gradient_is_noted()
    {
        var report = GradCheck.Check(v => Sum(v * Ad.StopGradient(v)), s_x);
        Assert.Equal(GradCheckVerdict.Wrong, report.Verdict);
        Assert.Contains(report.Notes, note => note.Contains("StopGradient", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_finite_is_named()
    {
        Says(GradCheck.Check(Log, new NDArray<double>([1, 0], [2])), GradCheckVerdict.NonFinite, "f[1] is -Infinity at the point itself");
        Says(GradCheck.Check(v => Sum(Sqrt(v)), new NDArray<double>([1, 0], [2])), GradCheckVerdict.NonFinite, "∂f/∂x[1] is Infinity");
        Says(
            GradCheck.Check(v => Sum(Pow(v, 1.5)), new NDArray<double>([1, 0], [2])),
            GradCheckVerdict.OutOfDomain,
            "f is NaN with x[1] = -1E-06 (0 at the point)");
        var forward = new GradCheckOptions { Formula = FiniteDifferenceFormula.Forward };
        Assert.True(GradCheck.Check(v => Sum(Pow(v, 2.5)), new NDArray<double>([1, 0], [2]), forward).Passed);

        // The branch not taken is finite in the value and in the derivative.
        Assert.True(GradCheck.Check(v => Sum(Where(v > 0.5, Sqrt(v - 0.5), 0)), new NDArray<double>([1, 0], [2])).Passed);
    }

    [Fact]
    public void A_function_that_gives_other_values_is_not_differenced()
    {
        var calls = 0;
        Says(GradCheck.Check(v => Sum(v) + calls++, s_x), GradCheckVerdict.NonDeterministic, "f was 5, and 6 when f was called again");
        Says(GradCheck.Check(v => calls++ % 2 == 0 ? v : Sum(v), s_x), GradCheckVerdict.NonDeterministic, "shape");
        Says(GradCheck.Check(v => Sum(v) + calls++, NDArray.Create([1f])), GradCheckVerdict.NonDeterministic, "called again");
        Assert.Empty(GradCheck.Check(v => Sum(v) + calls++, s_x).Comparisons);
    }

    private static void Says(GradCheckReport report, GradCheckVerdict verdict, string text)
    {
        Assert.Equal(verdict, report.Verdict);
        Assert.False(report.Passed);
        Assert.Contains(text, report.Explanation, StringComparison.Ordinal);
    }
}
