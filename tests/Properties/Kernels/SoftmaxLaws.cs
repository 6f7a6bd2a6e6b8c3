using System.Numerics;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>log-sum-exp, softmax and its logarithm against double-double, between guard pages, whatever the shape.</summary>
[Trait("Category", "Leg")]
public class SoftmaxLaws
{
    private static readonly (int Outer, int Axis, int Inner)[] Shapes =
    [
        .. Enumerable.Range(1, 257).Where(axis => axis < 40 || axis % 7 == 0 || axis > 253).Select(axis => (1 + axis % 2, axis, 1)),
        .. Enumerable.Range(2, 33).Select(inner => (1 + inner % 3, 5, inner)),
        (0, 3, 2), (2, 3, 0), (2, 0, 3), (1, 40, 67), (37, 7, 1), (2, 3_001, 1), (1, 70_003, 1), (2, 400, 5), (1, 9_000, 3), (1, 17, 300),
    ];

    [Fact]
    public void Doubles_are_within_the_stated_error() => Check<double>();

    [Fact]
    public void Floats_are_within_the_stated_error() => Check<float>();

    [Fact]
    public void The_sum_of_what_is_far_below_is_not_lost()
    {
        double[] x = [0, -40], result = new double[1];
        Softmax.LogSumExp<double>(x, 1, 2, 1, result);
        Assert.Equal(Math.Exp(-40), result[0], 1e-32);
        var logs = new double[2];
        Softmax.RunLog<double>(x, 1, 2, 1, logs);
        Assert.Equal(-Math.Exp(-40), logs[0], 1e-32);
        Assert.Equal(-40, logs[1], 1e-14);
    }

    [Fact]
    public void Special_values()
    {
        const double inf = double.PositiveInfinity;
        Assert.Equal([-inf], LogSumExp([-inf, -inf]));
        Assert.Equal([-inf], LogSumExp([]));
        Assert.Equal([inf], LogSumExp([1, inf, -inf]));
        Assert.Equal([double.NaN], LogSumExp([1, inf, double.NaN]));
        Assert.Equal([1000 + Math.Log(2)], LogSumExp([1000, 1000, -inf]));
        var weights = new double[3];
        Softmax.Run<double>([-inf, 2000, 2000], 1, 3, 1, weights);
        Assert.Equal([0, 0.5, 0.5], weights);
    }

    // The blocks of a long row, or of long columns, are joined by rules of their own.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Special_values_far_apart(int inner)
    {
        const double inf = double.PositiveInfinity;
        const int length = 5_000;
        Check(x => { }, 1.0 / length, Math.Log(length));
        Check(x => Fill(x, 0, length, -inf), double.NaN, -inf);
        Check(x => Fill(x, 0, length - 1, -inf), 0, 0);
        Check(x => Fill(x, length - 1, length, inf), double.NaN, inf);
        Check(x => Fill(x, 3_000, 3_001, double.NaN), double.NaN, double.NaN);
        Check(x => Fill(x, 0, 1, double.NaN), double.NaN, double.NaN);
        Check(x => Fill(x, 0, 2_500, 800), 1.0 / 2_500, 800 + Math.Log(2_500));
        Check(x => Fill(x, 2_500, length, 800), 0, 800 + Math.Log(2_500));

        void Fill(double[] x, int first, int end, double value) => x.AsSpan(first * inner, (end - first) * inner).Fill(value);

        void Check(Action<double[]> prepare, double firstWeight, double logSum)
        {
            double[] x = new double[length * inner], weights = new double[x.Length], logSums = new double[inner];
            prepare(x);
            Softmax.Run<double>(x, 1, length, inner, weights);
            Softmax.LogSumExp<double>(x, 1, length, inner, logSums);
            for (int i = 0; i < inner; i++)
            {
                Assert.Equal(firstWeight, weights[i], 1e-15);
                Assert.Equal(logSum, logSums[i], 1e-12);
            }
        }
    }

    [Fact]
    public void Bad_shapes_are_refused()
    {
        var x = new double[24];
        Assert.Contains("2·3·5", Assert.Throws<ArgumentException>(() => Softmax.Run<double>(x, 2, 3, 5, new double[30])).Message);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Softmax.Run<double>(x, 2, 3, 4, x)).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Softmax.RunLog<double>(x, 2, 3, 4, new double[23])).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Softmax.LogSumExp<double>(x, 2, 3, 4, new double[7])).ParamName);
        Assert.Throws<NotSupportedException>(() => Softmax.Run<int>(new int[6], 1, 3, 2, new int[6]));
    }

    private static double[] LogSumExp(double[] x)
    {
        double[] result = [0];
        Softmax.LogSumExp<double>(x, 1, x.Length, 1, result);
        return result;
    }

    private static void Check<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double ulp = double.CreateChecked(T.BitIncrement(T.One) - T.One);
        foreach (var (outer, axis, inner) in Shapes)
        {
            var x = Samples.Between<T>(-9, 7, outer * axis * inner);
            using GuardedMemory<T> xs = new(x.Length), results = new(x.Length), sums = new(outer * inner);
            foreach (bool right in (bool[])[false, true])
            {
                var guarded = xs.Take(x.Length, right);
                x.CopyTo(guarded);
                Span<T> weights = results.Take(x.Length, right), logSums = sums.Take(outer * inner, right), logs = new T[x.Length];
                Softmax.LogSumExp<T>(guarded, outer, axis, inner, logSums);
                Softmax.Run<T>(guarded, outer, axis, inner, weights);
                Softmax.RunLog<T>(guarded, outer, axis, inner, logs);
                for (int i = 0; i < outer * inner; i++)
                {
                    int[] places = [.. Enumerable.Range(0, axis).Select(a => ((((i / inner) * axis) + a) * inner) + (i % inner))];
                    var sum = places.Aggregate((DoubleDouble)0, (sum, at) => sum + DoubleDouble.Exp(double.CreateChecked(x[at])));
                    if (axis == 0)
                    {
                        Assert.True(T.IsNegativeInfinity(logSums[i]));
                        continue;
                    }

                    double log = DoubleDouble.Log(sum).Hi, most = places.Max(at => double.CreateChecked(x[at]));
                    double spread = most - places.Min(at => double.CreateChecked(x[at])), others = spread * ulp * (log - most);
                    Near(log, logSums[i], (4 * ulp * Math.Max(Math.Abs(log), Math.Abs(most))) + others);
                    foreach (int at in places)
                    {
                        double value = double.CreateChecked(x[at]), weight = (DoubleDouble.Exp(value) / sum).Hi;
                        Near(weight, weights[at], (5 + Math.Abs(value - most)) * ulp * weight);
                        Near((value - DoubleDouble.Log(sum)).Hi, logs[at], (4 * ulp * Math.Max(Math.Abs(value - most), Math.Abs(value - log))) + others);
                    }
                }
            }

            // The reference has an error of its own, where its terms cancel.
            void Near(double expected, T actual, double allowed) => Assert.True(
                Math.Abs(double.CreateChecked(actual) - expected) <= allowed + 1e-28,
                $"[{outer}, {axis}, {inner}]: {actual}, expected {expected} ± {allowed}.");
        }
    }
}
