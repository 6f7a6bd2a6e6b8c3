using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Programs;

/// <summary>
/// Elements that the result does not read have derivative zero, whatever the slope there: infinite, or NaN outside a domain. Found by
/// random programs, whose differences are zero where 0 · ∞ made NaN.
/// </summary>
public sealed class IdleElements
{
    private static readonly NDArray<double> s_x = [0.0, 4.0, -1.0];

    [Fact]
    public void ASliceLeavesTheOthersZero()
    {
        Expect([0, 0.25, 0], v => Sum(Sqrt(v)[1..2]));
        Expect([0, 0.25, 0], v => Sum(Square(Sqrt(Sqrt(v))[1..2])));
        Expect([0, 0, 0], v => Sum(Sqrt(v)[1..1]));
    }

    [Fact]
    public void AConstantInAStackStaysOne() => Expect([0, 0.25, 0], v => Sum(Sqrt(Stack<double>([v[1], (NDArray<double>)0.0]))));

    [Fact]
    public void TheZerosAroundAPlacedSliceStayZero() =>
        Expect([0, 1, 0], v => Sum(Sqrt(Ad.Grad(w => Sum(w[1..2] * w[1..2] * w[1..2]), v))) / Math.Sqrt(3));

    [Fact]
    public void WhatIsRepeatedNoTimesIsZero()
    {
        Expect([0, 0, 0], v => Sum(BroadcastTo(Sqrt(v), 0, 3)));
        Expect([0, 0, 0], v => Sqrt(Sum(v[1..1])));
    }

    private static void Expect(double[] gradient, Func<NDArray<double>, NDArray<double>> f)
    {
        Assert.Equal(gradient, Round(Ad.Grad(f, s_x)));
        foreach (var i in Enumerable.Range(0, gradient.Length))
        {
            var unit = new double[gradient.Length];
            unit[i] = 1;
            Assert.Equal(gradient[i], Round(Ad.Jvp(f, s_x, unit).Tangent)[0]);
        }

        Assert.Equal(gradient, Round(Ad.Jacobian(f, s_x, JacobianMode.Forward)));
        Assert.All(Ad.Hessian(f, s_x).ToArray(), element => Assert.True(double.IsFinite(element)));
    }

    private static double[] Round(NDArray<double> values) => Array.ConvertAll(values.ToArray(), value => Math.Round(value, 12));
}
