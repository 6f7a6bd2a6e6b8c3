using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Programs;

/// <summary>What the judgement of random programs rests on: bounds of rounding errors, and where operands may lie.</summary>
public sealed class HarnessFacts
{
    [Fact]
    public void WhatRoundingMayTurnIntoNaNHasNoBound()
    {
        Assert.Equal(double.PositiveInfinity, Noise(0.3, x => Sqrt((x * x) - (x * x))));
        Assert.Equal(double.PositiveInfinity, Noise(0.3, x => Log(x - 1.0)));
        Assert.InRange(Noise(0.3, x => Sqrt(x * x)), 1e-17, 1e-14);
    }

    [Fact]
    public void RoundingLeadsOverNoJump()
    {
        Assert.InRange(Noise(4, x => Truncate(x * x)), 0, 1e-13);
        Assert.InRange(Noise(1e3, x => Abs(x * x)), 1e-11, 1e-8);
    }

    [Fact]
    public void NothingAgreesWithoutABoundOfTheError()
    {
        Assert.Equal(double.PositiveInfinity, new Difference(0, double.PositiveInfinity).Miss(0));
        Assert.Equal(double.PositiveInfinity, new Difference(1, double.NaN).Miss(1));
        Assert.Equal(0, new Difference(0, 0).Miss(0));
    }

    [Fact]
    public void WhatIsLeftOfEqualNumbersMayBeZero()
    {
        var (add, cbrt) = (AddOp.Samples.First(), CbrtOp.Samples.First());
        var left = Interval.Try(add, [Point(0.7615942).Rounded(2), Point(-0.7615941762924194)]).Range;
        Assert.InRange(0, left.Low, left.High);
        Assert.False(Interval.IsSafe(cbrt, [left]));
        Assert.True(Interval.IsSafe(cbrt, [Point(0.7615942).Rounded(2)]));
    }

    [Fact]
    public void WhatTurnsBetweenPointsReachesItsPeak()
    {
        var sine = OpSample.Unary<SinOp>(-30, 30);
        foreach (var range in new Interval[] { new(1.4, 1.6), new(-6, 6), new(1.57, 1.58) })
        {
            var reached = Interval.Try(sine, [range]).Range;
            Assert.InRange(reached.High, 1, 1.1);
            Assert.False(Interval.IsSafe(AsinOp.Samples.First(), [reached]));
        }

        Assert.InRange(Interval.Try(RemainderOp.Samples.First(), [new(-3, 3), Point(2.625)]).Range.Low, -2.75, -2.625);
        var remainder = Interval.Try(RemainderOp.Samples.First(), [new(1.26, 3), new(1.25, 3)]).Range;
        Assert.InRange(remainder.Low, -0.5, 0);
        Assert.False(Interval.IsSafe(SqrtOp.Samples.First(), [remainder]));
        Assert.Equal(Math.Sin(1.2), Interval.Try(sine, [new(0, 1.2)]).Range.High, 1e-12);
    }

    [Fact]
    public void OpsWithATipAreKeptFromIt()
    {
        var hypot = HypotOp.Samples.First();
        Assert.False(Interval.IsSafe(hypot, [Point(1e-300), Point(1e-300)]));
        Assert.True(Interval.IsSafe(hypot, [Point(1e-300), new Interval(0.5, 2)]));
        Assert.True(Interval.IsSafe(MultiplyOp.Samples.First(), [Point(1e-300), new Interval(-100, 100)]));
    }

    private static Interval Point(double value) => new(value, value);

    private static double Noise(double at, Func<NDArray<double>, NDArray<double>> f)
    {
        var x = Ad.Variable((NDArray<double>)at);
        return RoundingNoise.Of([x], [f(x)])[0][0];
    }
}
