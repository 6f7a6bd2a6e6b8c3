using Grad.Simd;
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
            foreach (int body in Enumerable.Range(0, Bodies))
            {
                var dual = Body(body, Dual.Variable(x), Dual.Constant(y));
                Assert.Equal((double)Body<DoubleDouble>(body, x, y), dual.Primal, 1e-14 * Math.Max(1, Math.Abs(dual.Primal)));

                DoubleDouble h = Math.ScaleB(1, -34);
                var slope = (Body(body, x + h, (DoubleDouble)y) - Body(body, x - h, (DoubleDouble)y)) / (2 * h);
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

    private const int Bodies = 20;

    private static V Body<V>(int body, V x, V y) where V : struct, ILane<V> => body switch
    {
        0 => x + y * 2.0,
        1 => 3.0 - x / 2.0 - y,
        2 => x * y * x,
        3 => y / x,
        4 => V.MultiplyAdd(x, x, y),
        5 => V.FusedMultiplyAdd(y, x, x),
        6 => V.Min(x, 3.0 + y),
        7 => V.Max(x * x, -y),
        8 => V.Abs(-x),
        9 => V.Sqrt(x),
        10 => V.Remainder(x, V.Constant(4)),
        11 => V.Select(V.And(V.LessThan(x, y + 9.0), V.Not(V.Equal(x, y))), V.Exp(x), V.Log(y)),
        12 => V.ExpM1(x),
        13 => V.Log(x),
        14 => V.LogP1(x),
        15 => V.Sin(x),
        16 => V.Cos(x),
        17 => V.Tanh(x),
        18 => V.Pow(x, 2.5),
        19 => V.Pow(x, -3),
        _ => throw new ArgumentOutOfRangeException(nameof(body), body, "No such body."),
    };
}
