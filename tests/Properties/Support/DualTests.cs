using Xunit;

namespace Properties.Support;

/// <summary>Every primitive's slope against a symmetric difference taken in double-double, away from kinks; conventions at kinks.</summary>
public class DualTests
{
    [Fact]
    public void Slopes_are_those_of_differences()
    {
        var random = new Random(3);
        for (int i = 0; i < 200; i++)
        {
            double x = 0.1 + 2 * random.NextDouble(), y = 0.1 + 2 * random.NextDouble();
            foreach (int body in Enumerable.Range(0, LaneBodies.Count).Where(LaneBodies.IsSmooth))
            {
                var dual = LaneBodies.Apply(body, Dual.Variable(x), Dual.Constant(y));
                Assert.Equal((double)LaneBodies.Apply<DoubleDouble>(body, x, y), dual.Primal, 1e-14 * Math.Max(1, Math.Abs(dual.Primal)));

                DoubleDouble h = Math.ScaleB(1, -34);
                var slope = (LaneBodies.Apply(body, x + h, (DoubleDouble)y) - LaneBodies.Apply(body, x - h, (DoubleDouble)y)) / (2 * h);
                Assert.Equal((double)slope, dual.Tangent, 1e-12 * Math.Max(1, Math.Abs(dual.Tangent)));
            }
        }
    }

    [Fact]
    public void Kinks_follow_the_conventions()
    {
        var x = Dual.Variable(0);
        Assert.Equal(0, Dual.Abs(x).Tangent);
        Assert.Equal(0.5, Dual.Max(x, 0).Tangent);
        Assert.Equal(0.5, Dual.Min(0, x).Tangent);
        Assert.Equal(double.PositiveInfinity, Dual.Sqrt(x).Tangent);
        Assert.Equal(0, Dual.Sqrt(Dual.Constant(0)).Tangent);
        Assert.Equal(0, Dual.Select(Dual.LessThan(0, x), Dual.Sqrt(x), 0).Tangent);
        Assert.Equal(1, Dual.Remainder(Dual.Variable(7), 2).Tangent);
        Assert.Equal(-3, Dual.Remainder(7, Dual.Variable(2)).Tangent);
    }
}
