using System.Numerics;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>Compensated sums, means and variances against double-double, at every length, and where cancellation is worst.</summary>
[Trait("Category", "Leg")]
public class MomentLaws
{
    private static readonly int[] s_lengths = [.. Enumerable.Range(1, 130), 1023, 1024, 1025, 2047, 2048, 2049, 3073, 10_000, 100_003];

    [Fact]
    public void Compensated_sums_of_doubles_are_within_the_stated_error() => CheckSums<double>();

    [Fact]
    public void Compensated_sums_of_floats_are_within_the_stated_error() => CheckSums<float>();

    [Fact]
    public void What_cancels_in_a_sum_is_kept()
    {
        foreach (int n in (int[])[1, 3, 8, 40, 1000])
        {
            double[] x = [.. Enumerable.Repeat(1e-3, n), 1e20, .. Enumerable.Repeat(1e-3, n), -1e20];
            Assert.Equal(2 * n * 1e-3, Fold.SumCompensated<double>(x), 1e-12);
        }

        Assert.Equal(0, Fold.SumCompensated<double>([]));
        Assert.Equal(double.PositiveInfinity, Fold.SumCompensated<double>([1, double.PositiveInfinity, 2]));
        Assert.Equal(double.PositiveInfinity, Fold.SumCompensated<double>([double.MaxValue, double.MaxValue]));
        Assert.Equal(double.NaN, Fold.SumCompensated<double>([double.NegativeInfinity, double.PositiveInfinity, 2]));
        Assert.Equal(Bits.Of(-0.0), Bits.Of(Fold.SumCompensated<double>([-0.0, -0.0])));
        Assert.Throws<NotSupportedException>(() => Fold.SumCompensated<int>([1]));
    }

    [Fact]
    public void Means_and_variances_of_doubles_are_within_the_stated_error() => CheckMoments<double>();

    [Fact]
    public void Means_and_variances_of_floats_are_within_the_stated_error() => CheckMoments<float>();

    [Fact]
    public void Equal_numbers_have_no_variance_and_none_have_no_mean()
    {
        foreach (int n in s_lengths)
        {
            var x = new double[n];
            Array.Fill(x, 3);
            Assert.Equal((3.0, 0.0), Fold.MeanVariance<double>(x));
        }

        Assert.Contains("MeanVariance", Assert.Throws<ArgumentException>("x", () => Fold.MeanVariance<double>([])).Message, StringComparison.Ordinal);
    }

    private static double Number<T>(T x) where T : IFloatingPointIeee754<T> => double.CreateChecked(x);

    private static double Roundoff<T>() => typeof(T) == typeof(double) ? Math.ScaleB(1, -53) : Math.ScaleB(1, -24);

    private static void CheckSums<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        double u = Roundoff<T>();
        foreach (int n in s_lengths)
        {
            T[] x = Samples.Mixed<T>(n, n);
            for (int i = 0; i < n; i++)
                x[i] = T.IsFinite(x[i]) ? T.ScaleB(x[i], -T.ILogB(x[i] == T.Zero ? T.One : x[i]) + (i % 40)) : T.One;
            DoubleDouble sum = 0;
            double size = 0;
            foreach (T term in x)
            {
                sum += Number(term);
                size += Math.Abs(Number(term));
            }

            double error = Math.Abs((sum - Number(Fold.SumCompensated<T>(x))).Hi);
            Assert.True(error <= (u * Math.Abs(sum.Hi) * 1.01) + ((double)n * n * u * u * size), $"{n}: {error}");
        }
    }

    private static void CheckMoments<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        double u = Roundoff<T>();
        foreach (double offset in (double[])[0, 10, 1e4])
        {
            foreach (int n in s_lengths)
            {
                T[] x = Array.ConvertAll(Samples.Between<T>(-1, 1, n), value => value + T.CreateChecked(offset));
                DoubleDouble sum = 0, squares = 0;
                foreach (T value in x)
                    sum += Number(value);
                var mean = sum / n;
                foreach (T value in x)
                    squares += (Number(value) - mean) * (Number(value) - mean);
                double variance = (squares / n).Hi, deviation = Math.Sqrt(variance);
                var (m, v) = Fold.MeanVariance<T>(x);
                double steps = 30 + Math.Log2(n);
                Assert.True(Math.Abs((mean - Number(m)).Hi) <= steps * u * (Math.Abs(mean.Hi) + deviation), $"mean of {n} at {offset}");
                if (n > 1)
                    Assert.True(Math.Abs(Number(v) - variance) <= steps * u * (1 + (Math.Abs(mean.Hi) / deviation)) * variance, $"variance of {n} at {offset}");
            }
        }
    }
}
