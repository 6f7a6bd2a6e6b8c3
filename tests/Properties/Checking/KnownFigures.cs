using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Checking;

/// <summary>The figures of the textbook cases.</summary>
public sealed class KnownFigures
{
    [Fact]
    public void The_cube_passes_with_the_options_of_the_tutorial()
    {
        NDArray<double> x = [0.7, -1.3];
        var report = GradCheck.Check(v => v * v * v, x, new() { Epsilon = 1e-6, Atol = 1e-4 });
        Assert.Equal((true, GradCheckVerdict.Correct), (report.Passed, report.Verdict));
    }

    [Fact]
    public void The_naive_float32_check_calls_an_exact_gradient_a_bug_and_ours_does_not()
    {
        NDArray<float> x = [1.5f, -2f];
        var report = GradCheck.Check(v => Sum(v * v), x, new() { Epsilon = 1e-5 });
        Assert.Equal((true, GradCheckVerdict.Correct), (report.Passed, report.Verdict));
        Assert.True(report.RelativeError < 1e-11);
        Assert.Equal("0.000679", report.Naive!.RelativeError.ToString("F6", null));
        Assert.Equal([3.0040741f, -4.0054321f], report.Naive.Numerical[0].ToArray());
        Assert.Contains("the step is too small for float32", report.Naive.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_reads_well()
    {
        NDArray<float> x = [1.5f, -2f];
        var report = GradCheck.Check(v => Sum(v * v), x, new() { Epsilon = 1e-5 });
        Assert.Equal(
            "the step is too small for float32: around x[1] = -2 float32 numbers lie 2.4e-07 apart and around f = 6.25 4.8e-07, which " +
            "the 2.0e-05 of the difference does not dwarf. About 9.8e-03 would suit it.",
            report.Naive!.Why);
        Assert.Equal(
            $"""
            GradCheck passed: Correct, relative error 4.44e-12
            The derivative is correct: it agrees with differences as closely as they can tell.

              derivative  mode     elements  relative error  worst at  analytical  numerical  difference   allowed
              ∂f/∂x       Reverse         2        4.44e-12  ∂f/∂x[0]           3          3    4.44e-11  3.01e-03
              ∂f/∂x       Forward         2        4.44e-12  ∂f/∂x[0]           3          3    4.44e-11  3.01e-03

            allowed = 1E-05 + 0.001·|numerical|; numerical = Central differences, step 1E-05, in float64.
            Reverse and forward mode differ by 0.
            Naive float32 differences would have said [3.0040741, -4.0054321], relative error 6.79e-04; {report.Naive!.Why}
            f was traced in float32 and checked in float64. Its derivative as computed in float32 differs from the one checked by 0.
            """.ReplaceLineEndings(),
            report.ToString());
    }

    [Theory]
    [InlineData(FiniteDifferenceFormula.Forward, "0.5402602314", 4.21e-5)]
    [InlineData(FiniteDifferenceFormula.Central, "0.5403023050", 9.0e-10)]
    [InlineData(FiniteDifferenceFormula.FivePoint, "0.5403023059", 2e-12)]
    public void The_derivative_of_the_sine_at_one(FiniteDifferenceFormula formula, string printed, double error)
    {
        var derivative = FiniteDifference.Derivative(Math.Sin, 1, formula, 1e-4);
        Assert.Equal(printed, derivative.ToString("F10", null));
        Assert.InRange(Math.Abs(derivative - Math.Cos(1)), 0, 1.01 * error);
    }

    [Fact]
    public void The_Jacobian_of_two_functions_of_two_numbers()
    {
        NDArray<double> at = [2.0, 3.0];
        static NDArray<double> F(NDArray<double> v) => Stack([(v[0] * v[0]) + v[1], (v[0] * v[1]) - (v[1] * v[1])]);
        var jacobian = FiniteDifference.Jacobian(F, at, step: 1e-5);
        Assert.Equal([2, 2], jacobian.Shape.AsSpan());
        Assert.All(jacobian.ToArray().Zip([4.0, 1, 3, -4]), pair => Assert.Equal(pair.Second, pair.First, 1e-10));
        Assert.True(GradCheck.Check(F, at, new() { Order = 2 }).Passed);
    }

    [Fact]
    public void The_gradient_of_the_sum_of_sigmoids()
    {
        NDArray<double> x = [1, -0.5, 2, 0, -1.5];
        var report = GradCheck.Check(v => Sum(Sigmoid(v)), x, new() { Epsilon = 1e-5 });
        Assert.Equal(
            ["0.19661193", "0.23500371", "0.10499359", "0.25000000", "0.14914645"],
            report.Comparisons[0].Analytical.ToArray().Select(value => value.ToString("F8", null)));
        Assert.Equal(GradCheckVerdict.Correct, report.Verdict);
        Assert.True(report.RelativeError < 5e-11, report.ToString());
    }

    [Fact]
    public void A_float32_square_root_of_a_large_number_is_not_called_wrong()
    {
        // Next to 1e6 float32 numbers lie 0.06 apart: no step of the default size exists there.
        NDArray<float> x = [1e6f, 2e3f, 3f];
        var report = GradCheck.Check(v => Sum(Sqrt(v)), x);
        Assert.Equal((true, true), (report.Passed, report.Verdict <= GradCheckVerdict.ProbablyCorrect));
        Assert.Equal(0, report.Naive!.Numerical[0].ToArray()[0]);
        Assert.Contains("too small for float32", report.Naive.Why, StringComparison.Ordinal);
    }
}
