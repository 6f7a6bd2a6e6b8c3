using Grad.Functional;
using Properties.Values;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Checking;

/// <summary>Bad calls say what was wrong and what to do.</summary>
public sealed class CheckingErrors
{
    private static readonly NDArray<double> s_x = [1.0, 2.0];

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-3)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_step_that_is_none(double step)
    {
        Errors.Check<ArgumentOutOfRangeException>(
            () => FiniteDifference.Derivative(Math.Sin, 1, step: step), "step", "FiniteDifference.Derivative", "positive, finite");
        OutOfRange(() => FiniteDifference.Gradient(Sum, s_x, step: step), "step", "FiniteDifference.Gradient");
        OutOfRange(() => FiniteDifference.Jacobian(Sin, s_x, step: step), "step", "FiniteDifference.Jacobian");
        OutOfRange(() => GradCheck.Check(Sum, s_x, new() { Epsilon = step }), "Epsilon", "GradCheck");
    }

    [Fact]
    public void A_step_that_vanishes()
    {
        NDArray<double> matrix = new double[,] { { 1, 2 }, { 3, 1e10 } };
        Errors.Check<ArgumentException>(
            () => FiniteDifference.Gradient(Sum, matrix, step: 1e-8),
            "step",
            "x[1, 1] = 10000000000",
            "x + step == x in Double",
            "1.91E-06",
            "larger");
        Errors.Check<ArgumentException>(
            () => FiniteDifference.Gradient(Sum, NDArray.Create([1f, 100f]), step: 1e-6), "step", "x[1] = 100", "Single", "7.63E-06");
        Errors.Check<ArgumentException>(() => FiniteDifference.Derivative(Math.Sin, 1, step: 1e-17), "step", "x = 1");
        Errors.Check<ArgumentException>(() => GradCheck.Check(Sum, s_x, new() { Epsilon = 1e-17 }), "Epsilon", "x[0] = 1");
        Errors.Check<ArgumentException>(() => FiniteDifference.Derivative(Math.Sin, 1e308, step: 1e308), "step", "range of Double");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_point_that_is_not_finite(double x)
    {
        Errors.Check<ArgumentException>(() => FiniteDifference.Derivative(Math.Sin, x), "x", "finite point");
        Errors.Check<ArgumentException>(() => FiniteDifference.Gradient(Sum, new NDArray<double>([1, x], [2])), "x", "x[1] is");
        Errors.Check<ArgumentException>(() => GradCheck.Check(v => Sum(v[..1]), new NDArray<double>([1, x], [2])), "x", "x[1] is");
    }

    [Fact]
    public void A_function_of_the_wrong_kind()
    {
        Errors.Check<ArgumentException>(
            () => FiniteDifference.Gradient(v => v, s_x), "f", "a single number", "shape [2]", "FiniteDifference.Jacobian");
        var calls = 0;
        Errors.Check<ArgumentException>(
            () => FiniteDifference.Jacobian(v => calls++ == 0 ? v : Sum(v), s_x), "f", "same shape near x", "[2] at x and []", "x[0] = ");
        Errors.Check<ArgumentException>(() => FiniteDifference.Gradient<double>(_ => null!, s_x), "f", "returned null");
        Errors.Check<ArgumentException>(() => GradCheck.Check<double>(_ => null!, s_x), "f", "returned null");
        Assert.Throws<FormatException>(() => GradCheck.Check<double>(_ => throw new FormatException(), s_x));
        Assert.Throws<FormatException>(() => FiniteDifference.Gradient<double>(_ => throw new FormatException(), s_x));
        string[] readOut = ["does not depend on input 0", "read a number out"];
        Errors.Check<ArgumentException>(() => GradCheck.Check(v => (double)Sum(v), s_x), "f", readOut);
        Errors.Check<ArgumentException>(() => GradCheck.Check(v => (float)Sum(v), s_x.Cast<float>()), "f", readOut);
    }

    [Fact]
    public void Options_out_of_range()
    {
        OutOfRange(() => GradCheck.Check(Sum, s_x, new() { Atol = -1 }), "Atol", "zero or more");
        OutOfRange(() => GradCheck.Check(Sum, s_x, new() { Rtol = double.NaN }), "Rtol", "zero or more");
        OutOfRange(() => GradCheck.Check(Sum, s_x, new() { Order = 3 }), "Order", "order 1 or 2", "Ad.Grad(f)");
        OutOfRange(() => GradCheck.Check(Sum, s_x, new() { Modes = 0 }), "Modes", "Reverse, Forward or Both");
        const FiniteDifferenceFormula None = (FiniteDifferenceFormula)9;
        OutOfRange(() => GradCheck.Check(Sum, s_x, new() { Formula = None }), "Formula", "Central");
        OutOfRange(() => FiniteDifference.Derivative(Math.Sin, 1, None), "formula", "but got 9");
        Errors.Check<ArgumentException>(() => GradCheck.Check(p => p[0], Array.Empty<NDArray<double>>()), "inputs", "at least one input");
        Errors.Check<NotSupportedException>(() => GradCheck.Check(x => x, NDArray.Zeros<Half>(1)), null, "double or float", "Half", "Cast");
    }

    [Fact]
    public void Nothing_where_something_is_needed()
    {
        Errors.Check<ArgumentNullException>(() => FiniteDifference.Derivative(null!, 1), "f");
        Errors.Check<ArgumentNullException>(() => FiniteDifference.Gradient(null!, s_x), "f");
        Errors.Check<ArgumentNullException>(() => FiniteDifference.Gradient<double>(Sum, null!), "x");
        Errors.Check<ArgumentNullException>(() => GradCheck.Check((Func<NDArray<double>, NDArray<double>>)null!, s_x), "f");
        Errors.Check<ArgumentNullException>(() => GradCheck.Check((x, y) => x, s_x, (NDArray<double>)null!), "y");
        Errors.Check<ArgumentNullException>(() => GradCheck.Check(p => p[0], (NDArray<double>[])null!), "inputs");
    }

    [Fact]
    public void Verify_throws_the_report()
    {
        var faulty = new FaultyOp(Unary<SinOp>.Default, Fault.Sign, Fault.Sign);
        var thrown = Assert.Throws<GradCheckException>(() => GradCheck.Verify(v => Sum(faulty.On(v)), s_x));
        Assert.Equal(thrown.Report.ToString(), thrown.Message);
        Assert.Equal(GradCheckVerdict.Wrong, thrown.Report.Verdict);
        Assert.Throws<GradCheckException>(() => GradCheck.Verify((a, b) => Sum(a * faulty.On(b)), s_x, s_x));
        Assert.Throws<GradCheckException>(() => GradCheck.Verify((a, b, c) => Sum(a * b * faulty.On(c)), s_x, s_x, s_x));
        Assert.Throws<GradCheckException>(() => GradCheck.Verify(p => Sum(faulty.On(p[0])), [s_x]));
        GradCheck.Verify(v => Sum(Sin(v)), s_x);
    }

    private static void OutOfRange(Action call, string parameter, params string[] parts) =>
        Errors.Check<ArgumentOutOfRangeException>(call, parameter, parts);
}
