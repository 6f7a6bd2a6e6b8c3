using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Values;

/// <summary>Values of reductions and scans against figures found otherwise: by hand, by plain loops, by System.Math.</summary>
public class ReductionValues
{
    private static readonly NDArray<double> s_x = NDArray.Create<double>([3, -1, 4, 1, -5, 9, 2, 6, -5, 3, 5, 8], 2, 3, 2);

    [Fact]
    public void Extremes_over_any_axes()
    {
        Assert.Equal(9, (double)Max(s_x));
        Assert.Equal(-5, (double)s_x.Min());
        Expect([2, 2], [4, 9, 5, 8], Max(s_x, 1));
        Expect([3], [6, 4, 9], s_x.Max([0, -1]));
        Expect([1, 3, 1], [-1, -5, -5], Min(s_x, [2, 0], keepDims: true));
        Expect([1, 1, 1], [9], Max(s_x, keepDims: true));
        Expect([2, 3, 2], s_x.ToArray(), Max(s_x, []));
        Assert.Equal([3, 7], Max(NDArray.Create<int>([1, 7, 3, 2], 2, 2), 0).ToArray());
        Assert.Equal(-4L, (long)Min<long>([5L, -4L, 3L]));
        Assert.True(double.IsNaN((double)Max<double>([1, double.NaN, 3])));
        Expect([0, 2], [], Max(NDArray.Zeros<double>(0, 3, 2), 1));
    }

    [Fact]
    public void Places_of_extremes()
    {
        Assert.Equal(5, (int)ArgMax(s_x));
        Assert.Equal(4, (int)ArgMin(s_x));
        Assert.Equal([1, 2, 2, 2], ArgMax(s_x, 1).ToArray());
        Assert.Equal([1, 0, 1, 0, 0, 1], ArgMin(s_x, 0).ToArray());
        Assert.Equal([2, 3, 1], ArgMin(s_x, -1, keepDims: true).Shape.AsSpan().ToArray());
        Assert.Equal(1, (int)ArgMax<double>([1, double.NaN, 3, double.NaN]));
        Assert.Equal(1, (int)ArgMin<float>([3f, 1f, 1f]));
        Assert.Equal(1, (int)ArgMax<long>([3L, 4L, 4L]));

        // A constant to derivatives; in a batch, a loop.
        Assert.Equal([0.0, 2.0, 0.0], Ad.Grad(v => Sum(Where(ArgMax(v) == 1, v * v, 0.0)), [0.0, 1.0, 0.0]).ToArray());
        var variable = Ad.Variable(s_x[0]);
        var (batch, _) = Replay.Batch([variable], [s_x], [ArgMax(variable, 0)], 2)[0];
        Assert.Equal(ArgMax(s_x, 1).ToArray(), ((NDArray<int>)batch).ToArray());
    }

    [Fact]
    public void Logarithms_of_sums()
    {
        NDArray<double> logs = [Math.Log(1), Math.Log(2), Math.Log(5)];
        Assert.Equal(Math.Log(8), (double)LogSumExp(logs), 1e-15);
        Assert.Equal(1000 + Math.Log(2), (double)LogSumExp<double>([1000, 1000]), 1e-12);
        Assert.Equal(-1000 + Math.Log(3), (double)LogSumExp<double>([-1000, -1000, -1000]), 1e-12);
        double[] sums = [.. Enumerable.Range(0, 3).Select(j => new[] { 0, 1, 6, 7 }.Sum(i => Math.Exp(s_x.ToArray()[(2 * j) + i])))];
        Expect([3], Array.ConvertAll(sums, Math.Log), LogSumExp(s_x, [0, 2]));
        Expect([3], [0.125, 0.25, 0.625], Softmax(logs));
        Expect([3], [-Math.Log(8), Math.Log(2) - Math.Log(8), Math.Log(5) - Math.Log(8)], LogSoftmax(logs));
        Expect([2, 3, 2], [.. Softmax(s_x, 1).ToArray().Select(weight => Math.Log(weight))], LogSoftmax(s_x, 1));
        Expect([2, 2], [1, 1, 1, 1], Sum(Softmax(s_x, -2), 1));
        Expect([3], [0, 1, 0], Softmax<double>([-2000, 0, -1000]));
        Assert.Equal([double.NegativeInfinity, 0], LogSoftmax<double>([double.NegativeInfinity, 3]).ToArray());
        Assert.Equal(double.NegativeInfinity, (double)LogSumExp(NDArray.Zeros<double>(0)));
        Assert.Equal(double.PositiveInfinity, (double)LogSumExp<double>([1, double.PositiveInfinity]));
        Expect([3], [0.125, 0.25, 0.625], Ad.Grad(v => LogSumExp(v), logs));
    }

    [Fact]
    public void Norms_and_moments()
    {
        Assert.Equal(5, (double)Norm<double>([3, 4]));
        Assert.Equal(5e200, (double)Norm<double>([3e200, 4e200]), 1e185);
        Assert.Equal(5e-30f, (float)Norm<float>([3e-30f, 4e-30f]), 1e-36f);
        Expect([2, 3], [Math.Sqrt(10), Math.Sqrt(17), Math.Sqrt(106), Math.Sqrt(40), Math.Sqrt(34), Math.Sqrt(89)], Norm(s_x, 2));
        Expect([3], [Math.Sqrt(50), Math.Sqrt(51), Math.Sqrt(195)], Norm(s_x, [0, 2]));
        Assert.Equal(3, (double)Norm<double>(-3.0));
        Expect([2], [0.6, 0.8], Ad.Grad(v => Norm(v), (NDArray<double>)[3.0, 4.0]));

        Assert.Equal(1.25, (double)Variance<double>([1, 2, 3, 4]));
        Assert.Equal(5.0 / 3, (double)Variance<double>([1, 2, 3, 4], ddof: 1), 1e-15);
        Assert.Equal(0.25, (double)Variance<double>([1e9, 1e9 + 1]));
        Assert.Equal(1e200, (double)StandardDeviation<double>([-1e200, 1e200]), 1e185);
        Expect([2, 1, 2], [146.0 / 9, 56.0 / 3, 158.0 / 9, 38.0 / 9], Variance(s_x, 1, keepDims: true));
        Expect([3], [2.5, 3.491060010942235, 5.539629951540085], StandardDeviation(s_x, [0, 2]));
        Expect([4], [-0.75, -0.25, 0.25, 0.75], Ad.Grad(v => Variance(v), (NDArray<double>)[1.0, 2.0, 3.0, 4.0]));
    }

    [Fact]
    public void Running_sums()
    {
        Expect([4], [1, 3, 6, 10], CumSum<double>([1, 2, 3, 4]));
        Expect([2, 3, 2], [3, -1, 7, 0, 2, 9, 2, 6, -3, 9, 2, 17], CumSum(s_x, 1));
        Assert.Equal([1, 2, 4, 6], CumSum(NDArray.Create<int>([1, 2, 3, 4], 2, 2)).ToArray());
        Expect([3], [6, 3, 1], Ad.Grad(v => Sum(CumSum(v) * (NDArray<double>)[3.0, 2.0, 1.0]), (NDArray<double>)[1.0, 1.0, 1.0]));

        // Where a mask ends inside a row, what stands behind it stays exact.
        Expect([3], [0, 0.5, 0.25], Ad.Grad(v => CumSum(Where(v > 0.0, Sqrt(v), 0.0))[^1], (NDArray<double>)[0.0, 1.0, 4.0]));
    }

    private static void Expect(int[] shape, double[] expected, NDArray<double> actual)
    {
        Assert.Equal(shape, actual.Shape.AsSpan().ToArray());
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-13 * Math.Max(1, Math.Abs(pair.First))));
    }
}
