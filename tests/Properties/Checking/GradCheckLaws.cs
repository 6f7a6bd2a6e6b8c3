using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Properties.Framework;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Checking;

/// <summary>A right derivative is never called wrong, and a wrong one never right.</summary>
public sealed class GradCheckLaws
{
    private static readonly Op[] s_ops =
        [Unary<SinOp>.Default, Unary<ExpOp>.Default, Unary<TanhOp>.Default, Unary<SigmoidOp>.Default, Unary<SquareOp>.Default];

    private static readonly Fault[] s_faults = [Fault.Sign, Fault.Dropped, Fault.Factor(2), Fault.Factor(0.5), Fault.Factor(1.01)];

    private static readonly GradCheckVerdict[] s_acquittals =
        [GradCheckVerdict.Correct, GradCheckVerdict.ProbablyCorrect, GradCheckVerdict.StepTooSmall, GradCheckVerdict.StepTooLarge];

    [Property(Arbitrary = [typeof(SmoothCase)], MaxTest = 300)]
    public void A_right_derivative_of_a_float64_function_passes(SmoothCase whole) => Passes<double>(whole, new());

    [Property(Arbitrary = [typeof(SmoothCase)], MaxTest = 300)]
    public void A_right_derivative_of_a_float32_function_passes(SmoothCase whole) => Passes<float>(whole, new());

    [Property(Arbitrary = [typeof(SmoothCase)])]
    public void Right_second_derivatives_pass(SmoothCase whole)
    {
        Passes<double>(whole, new() { Order = 2 });
        Passes<float>(whole, new() { Order = 2 });
    }

    [Property(Arbitrary = [typeof(SmoothCase)])]
    public void Every_formula_and_mode_passes_a_right_derivative(SmoothCase whole, FiniteDifferenceFormula formula, byte mode)
    {
        var modes = (GradCheckModes)(1 + (mode % 3));
        var report = Passes<double>(whole, new() { Formula = formula, Modes = modes });
        Assert.Equal(modes == GradCheckModes.Both, report.ModeError is not null);
        Assert.Equal(modes == GradCheckModes.Both ? 2 : 1, report.Comparisons.Count);
    }

    [Property(Arbitrary = [typeof(SmoothCase)])]
    public void A_function_that_returns_an_array_is_checked_by_its_whole_Jacobian(SmoothCase whole)
    {
        var report = GradCheck.Check(x => whole.Function.Of(x) + (0 * x), whole.At<double>());
        Assert.True(report.Passed, report.ToString());
        int[] shape = [whole.Point.Length, whole.Point.Length];
        Assert.All(report.Comparisons, comparison => Assert.Equal(shape, comparison.Analytical.Shape.AsSpan()));
    }

    [Property(Arbitrary = [typeof(SmoothCase)], MaxTest = 300)]
    public void A_wrong_rule_is_found_in_either_mode_and_either_type(SmoothCase whole, byte op, byte fault, bool forward)
    {
        Finds<double>(whole, s_ops[op % s_ops.Length], s_faults[fault % s_faults.Length], forward);
        Finds<float>(whole, s_ops[op % s_ops.Length], s_faults[fault % s_faults.Length], forward);
    }

    [Property(Arbitrary = [typeof(SmoothCase)])]
    public void A_lost_second_derivative_is_found_by_the_second_order_only(SmoothCase whole)
    {
        var frozen = new FaultyOp(Unary<ExpOp>.Default, Fault.Frozen, Fault.None);
        NDArray<double> Loss(NDArray<double> x) => Sum(frozen.On(x + (0.1 * Tanh(whole.Function.Of(x)))));
        Assert.True(GradCheck.Check(Loss, whole.At<double>()).Passed);
        var second = GradCheck.Check(Loss, whole.At<double>(), new() { Order = 2 });
        Assert.False(second.Passed);
        Assert.Equal(GradCheckVerdict.Wrong, second.Verdict);
        Assert.All(second.Comparisons, comparison => Assert.True(comparison.Passed || comparison.Order == 2));
    }

    [Fact]
    public void One_wrong_element_of_hundreds_is_found_and_named()
    {
        const int Length = 500;
        var options = new GradCheckOptions { Modes = GradCheckModes.Reverse };
        Prop.ForAll(Gen.Choose(0, Length - 1).ToArbitrary(), wrong =>
        {
            var factors = NDArray.Create(Enumerable.Range(0, Length).Select(i => i == wrong ? 1.01 : 1.0).ToArray());
            var faulty = new FaultyOp(Unary<ExpOp>.Default, Fault.Factors(factors), Fault.None);
            var report = GradCheck.Check(x => Sum(faulty.On(x)), NDArray.Linspace(-1.0, 1, Length), options);
            Assert.False(report.Passed);
            Assert.Equal(GradCheckVerdict.Wrong, report.Verdict);
            Assert.True(report.RelativeError < 1e-3, "The norm hides it.");
            Assert.Equal([wrong], report.Worst!.Index);
            Assert.Equal($"∂f/∂x[{wrong}]", report.Worst.Name);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5));
    }

    [Fact]
    public void The_wrong_one_of_several_inputs_is_named()
    {
        var faulty = new FaultyOp(Unary<SinOp>.Default, Fault.Sign, Fault.Sign);
        NDArray<double> x = [0.3, 0.4], y = [0.5, 0.6], z = new[,] { { 0.7, 0.8 }, { 0.9, 1.0 } };
        Assert.Equal("∂f/∂y[1]", GradCheck.Check((a, b) => Sum(Sin(a) * faulty.On(b)), x, y).Worst!.Name);
        Assert.Equal("∂f[1]/∂z[1, 1]", GradCheck.Check((a, b, c) => a * b * faulty.On(c)[1], x, y, z).Worst!.Name);
        Assert.Equal("∂f/∂inputs[0]", GradCheck.Check(p => p[1][0] * faulty.On(p[0]), [0.2, y]).Worst!.Name);
        Assert.True(GradCheck.Check((a, b, c) => Sum(a * b * c), x, y, z, new() { Order = 2 }).Passed);
        Assert.True(GradCheck.Check(p => Sum(p[0] * Sin(p[1])), [x, y], new() { Order = 2 }).Passed);
    }

    [Fact]
    public void Nothing_to_differentiate_passes()
    {
        Assert.True(GradCheck.Check(Sum, NDArray.Zeros<double>(0, 3)).Passed);
        Assert.True(GradCheck.Check(x => x, NDArray.Zeros<float>(0)).Passed);
        Assert.Null(GradCheck.Check(x => x, NDArray.Zeros<double>(0)).Worst);
        Assert.True(GradCheck.Check(x => 3.0, NDArray.Zeros<double>(2)).Passed);
    }

    private static GradCheckReport Passes<T>(SmoothCase whole, GradCheckOptions options) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var report = GradCheck.Check(whole.Total, whole.At<T>(), options);
        Assert.True(report.Passed, report.ToString());
        Assert.True(Array.IndexOf(s_acquittals, report.Verdict) >= 0, report.ToString());
        return report;
    }

    private static void Finds<T>(SmoothCase whole, Op op, Fault fault, bool forward) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var faulty = new FaultyOp(op, forward ? Fault.None : fault, forward ? fault : Fault.None);
        NDArray<T> Loss(NDArray<T> x) => Sum(faulty.On(x + Tanh(whole.Function.Of(x))));
        var right = Ad.Jacobian(Loss, whole.At<T>(), forward ? JacobianMode.Reverse : JacobianMode.Forward).ToArray();
        var wrong = Ad.Jacobian(Loss, whole.At<T>(), forward ? JacobianMode.Forward : JacobianMode.Reverse).ToArray();
        var visible = false;
        for (var i = 0; i < right.Length; i++)
        {
            var (a, n) = (double.CreateChecked(wrong[i]), double.CreateChecked(right[i]));
            visible |= Math.Abs(a - n) > 2 * (1e-5 + (1e-3 * Math.Abs(n)));
        }

        var report = GradCheck.Check(Loss, whole.At<T>());
        if (visible)
        {
            Assert.False(report.Passed, report.ToString());
            Assert.True(report.Verdict is GradCheckVerdict.Wrong or GradCheckVerdict.Suspicious, report.ToString());
            Assert.All(report.Comparisons, each => Assert.Equal(each.Mode == JacobianMode.Forward != forward, each.Passed));
        }
    }
}
