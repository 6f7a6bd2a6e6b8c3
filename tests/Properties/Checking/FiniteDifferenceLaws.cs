using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Properties.Framework;
using Xunit;

namespace Properties.Checking;

/// <summary>What finite differences owe to any function, and how fast they converge.</summary>
public sealed class FiniteDifferenceLaws
{
    public static readonly TheoryData<FiniteDifferenceFormula, int> Orders = new()
    {
        { FiniteDifferenceFormula.Forward, 1 },
        { FiniteDifferenceFormula.Backward, 1 },
        { FiniteDifferenceFormula.Central, 2 },
        { FiniteDifferenceFormula.FivePoint, 4 },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_error_falls_with_the_power_of_the_step_that_the_formula_promises(FiniteDifferenceFormula formula, int order)
    {
        // Far above rounding: from 2⁻³ down over three halvings, for functions none of whose derivatives vanishes.
        var cases = from x in Gen.Choose(-100, 100) from rate in Gen.Choose(50, 150) select (X: x / 100.0, Rate: rate / 100.0);
        Prop.ForAll(cases.ToArbitrary(), point =>
        {
            double F(double x) => Math.Exp(point.Rate * x);
            double Error(double step) => Math.Abs(FiniteDifference.Derivative(F, point.X, formula, step) - (point.Rate * F(point.X)));
            var slope = Math.Log2(Error(1.0 / 8) / Error(1.0 / 64)) / 3;
            Assert.InRange(slope, order - 0.15, order + 0.15);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_step_that_is_left_out_is_as_accurate_as_the_formula_can_be(FiniteDifferenceFormula formula, int order)
    {
        AsAccurateAsPossible<double>(formula, order, Math.BitIncrement(1) - 1);
        AsAccurateAsPossible<float>(formula, order, MathF.BitIncrement(1) - 1);
    }

    [Property(Arbitrary = [typeof(Points)])]
    public void The_derivative_of_the_identity_is_exactly_one(Point point, FiniteDifferenceFormula formula)
    {
        if (CanStep(point.X, formula))
        {
            Assert.Equal(1.0, FiniteDifference.Derivative(x => x, point.X, formula));
        }

        if (CanStep(point.X, formula, point.Step))
        {
            Assert.Equal(1.0, FiniteDifference.Derivative(x => x, point.X, formula, point.Step));
        }
    }

    [Property(Arbitrary = [typeof(Points)], MaxTest = 1000)]
    public void Steps_are_representable_on_both_sides(Point point)
    {
        Representable(point.X, point.Step);
        Representable((float)point.X, point.Step);
    }

    [Property(Arbitrary = [typeof(SmoothCase)])]
    public void The_function_runs_once_at_the_point_and_afresh_with_one_element_moved(SmoothCase whole, FiniteDifferenceFormula formula)
    {
        var seen = new List<double[]>();
        FiniteDifference.Jacobian(
            x =>
            {
                seen.Add(x.ToArray());
                return whole.Function.Of(x);
            },
            whole.At<double>(),
            formula);
        var evaluations = formula switch { FiniteDifferenceFormula.FivePoint => 4, FiniteDifferenceFormula.Central => 2, _ => 1 };
        Assert.Equal(1 + (evaluations * whole.Point.Length), seen.Count);
        Assert.Equal(whole.Point, seen[0]);
        for (var i = 1; i < seen.Count; i++)
        {
            var moved = Assert.Single(Enumerable.Range(0, whole.Point.Length), k => seen[i][k] != whole.Point[k]);
            Assert.Equal((i - 1) / evaluations, moved);
        }
    }

    [Fact]
    public void A_Jacobian_has_the_shape_of_the_output_followed_by_that_of_the_input()
    {
        var x = NDArray.Create([1.0, 2, 3, 4, 5, 6], 2, 3);
        Assert.Equal([2, 2, 3], FiniteDifference.Jacobian(v => NDMath.Sum(v, 1), x).Shape.AsSpan());
        Assert.Equal([2, 3], FiniteDifference.Gradient(NDMath.Sum, x).Shape.AsSpan());
        Assert.Equal([2, 2, 0], FiniteDifference.Jacobian(v => NDMath.Sum(v, 1), NDArray.Zeros<double>(2, 0)).Shape.AsSpan());
        Assert.Equal(0, FiniteDifference.Gradient<double>(v => 3.0, 5.0).ToScalar());
    }

    private static void AsAccurateAsPossible<T>(FiniteDifferenceFormula formula, int order, double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Rounding and truncation are both near eps^(order / (order + 1)) where all derivatives are near 1 (the exponential on [−1, 1]),
        // and, for large elements, near 1 in units of x (the logarithm, whose values are up to 14).
        var bound = 30 * Math.Pow(epsilon, order / (order + 1.0));
        var points =
            from x in Gen.Choose(-1000, 1000)
            from exponent in Gen.Choose(0, 6000)
            select (X: x / 1000.0, Large: Math.Pow(10, exponent / 1000.0));
        Prop.ForAll(points.ToArbitrary(), point =>
        {
            var (small, large) = (T.CreateChecked(point.X), T.CreateChecked(point.Large));
            Assert.InRange(Estimate(NDMath.Exp, small) / Math.Exp(double.CreateChecked(small)), 1 - bound, 1 + bound);
            Assert.InRange(Estimate(NDMath.Log, large) * double.CreateChecked(large), 1 - bound, 1 + bound);
        }).QuickCheckThrowOnFailure();

        double Estimate(Func<NDArray<T>, NDArray<T>> f, T x) => double.CreateChecked(FiniteDifference.Gradient(f, x, formula).ToScalar());
    }

    private static bool CanStep(double x, FiniteDifferenceFormula formula, double? step = null)
    {
        try
        {
            Steps.At("test", Stencil.Of(formula), x, step, () => "x");
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Representable<T>(T x, double wanted) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var size = T.Abs(x);
        var asked = T.CreateSaturating(wanted);
        if (!T.IsFinite(size + asked) || size + asked == size)
        {
            return;
        }

        var step = Steps.At("test", Stencil.Of(FiniteDifferenceFormula.Central), x, wanted, () => "x");
        Assert.True(T.Abs(step - asked) <= T.BitIncrement(size + asked) - (size + asked), "The step is the nearest one.");
        if (step <= size)
        {
            Assert.Equal(T.Zero, Lost(x, step));
            Assert.Equal(T.Zero, Lost(x, -step));
        }
    }

    /// <summary>What rounding takes away from x + y, exactly (Knuth's two-sum).</summary>
    private static T Lost<T>(T x, T y) where T : IFloatingPointIeee754<T>
    {
        var sum = x + y;
        var rest = sum - x;
        return x - (sum - rest) + (y - rest);
    }
}

/// <summary>A place on the line, and a step.</summary>
public sealed record Point(double X, double Step);

/// <summary>
/// Places from 1e-12 to 1e12 of either sign and at powers of two, where the spacing of numbers changes; steps from 1e-16 to 1.
/// </summary>
public static class Points
{
    public static Arbitrary<Point> Point()
    {
        var anywhere = Gen.Choose(-1_000_000, 1_000_000).Select(share => Math.CopySign(Math.Pow(10, Math.Abs(share) * 24e-6 - 12), share));
        var powers = from exponent in Gen.Choose(-30, 30)
                     from offset in Gen.Choose(-2, 2)
                     from sign in Gen.Elements(-1.0, 1.0)
                     select sign * BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(Math.ScaleB(1, exponent)) + offset);
        var steps = Gen.Choose(0, 16_000).Select(share => Math.Pow(10, -share / 1000.0));
        return (from x in Gen.OneOf(anywhere, powers, Gen.Constant(0.0)) from step in steps select new Point(x, step)).ToArbitrary();
    }
}
