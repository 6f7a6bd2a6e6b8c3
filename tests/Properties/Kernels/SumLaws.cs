using System.Numerics;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>Sums and dot products: the stated error bound, the same bits at every place in memory, nothing touched outside.</summary>
[Trait("Category", "Leg")]
public class SumLaws
{
    // Every small length, and the edges of blocks at every width.
    private static readonly int[] Lengths =
        [.. Enumerable.Range(0, 258), 511, 512, 513, 1023, 1024, 1025, 2047, 2048, 2049, 3073, 4097, 10_000, 65_537, 200_003];

    [Fact]
    public void Sum_and_dot_of_doubles_are_within_the_stated_error() => CheckErrors<double>();

    [Fact]
    public void Sum_and_dot_of_floats_are_within_the_stated_error() => CheckErrors<float>();

    [Fact]
    public void Sum_and_dot_of_doubles_have_the_same_bits_at_every_offset() => CheckOffsets<double>();

    [Fact]
    public void Sum_and_dot_of_floats_have_the_same_bits_at_every_offset() => CheckOffsets<float>();

    [Fact]
    public void A_sum_of_many_float_ones_does_not_stall()
    {
        var ones = new float[1 << 25];
        Array.Fill(ones, 1);
        Assert.Equal(1 << 25, SpanMath.Sum<float>(ones));
        Assert.Equal(1 << 25, SpanMath.Dot<float>(ones, ones));
        Assert.Equal(1, SpanMath.Mean<float>(ones));
    }

    [Fact]
    public void Special_values_pass_through_sums_of_every_length()
    {
        for (int n = 1; n <= 40; n++)
        {
            for (int place = 0; place < n; place++)
            {
                Assert.Equal(double.PositiveInfinity, SpanMath.Sum<double>(With(n, -1, (place, double.PositiveInfinity))));
                Assert.Equal(double.NaN, SpanMath.Sum<double>(With(n, 1, (place, double.NaN))));
                Assert.Equal(double.NaN, SpanMath.Dot<double>(With(n, 1, (place, double.NaN)), With(n, 0)));
                double opposite = SpanMath.Sum<double>(With(n + 1, 1, (place, double.PositiveInfinity), (n, double.NegativeInfinity)));
                Assert.Equal(double.NaN, opposite);
            }

            Assert.Equal(Bits.Of(-0.0), Bits.Of(SpanMath.Sum<double>(With(n, -0.0))));
            Assert.Equal(Bits.Of(-0.0), Bits.Of(SpanMath.Dot<double>(With(n, -0.0), With(n, 1))));
        }
    }

    [Fact]
    public void Nothing_sums_to_zero_and_has_no_mean()
    {
        Assert.Equal(0UL, Bits.Of(SpanMath.Sum<double>([])));
        Assert.Equal(0UL, Bits.Of(SpanMath.Dot<float>([], [])));
        var thrown = Assert.Throws<ArgumentException>(() => SpanMath.Mean<double>([]));
        Assert.Equal("x", thrown.ParamName);
    }

    [Fact]
    public void Dot_refuses_unequal_lengths()
    {
        var thrown = Assert.Throws<ArgumentException>(() => SpanMath.Dot<double>(new double[3], new double[4]));
        Assert.Contains("3 and 4", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Integers_wrap()
    {
        var random = new Random(4);
        foreach (int n in Lengths.Where(length => length < 3000))
        {
            var wide = Enumerable.Range(0, n).Select(_ => random.NextInt64(long.MinValue, long.MaxValue)).ToArray();
            var narrow = wide.Select(x => unchecked((int)x)).ToArray();
            Assert.Equal(wide.Aggregate(0L, (sum, x) => unchecked(sum + x)), Fold.Sum<long>(wide));
            Assert.Equal(narrow.Aggregate(0, (sum, x) => unchecked(sum + x)), Fold.Sum<int>(narrow));
        }
    }

    private static void CheckErrors<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(2);
        double u = double.CreateChecked(T.BitIncrement(T.One) - T.One) / 2;
        using GuardedMemory<T> xs = new(Lengths.Max()), ys = new(Lengths.Max());
        foreach (int n in Lengths)
        {
            Span<T> x = xs.Take(n, right: n % 2 == 0), y = ys.Take(n, right: n % 3 != 0);
            DoubleDouble sum = 0, sumOfMagnitudes = 0, dot = 0, dotOfMagnitudes = 0;
            for (int i = 0; i < n; i++)
            {
                // Of many sizes, so that rounding errors are large, and of alternating sign, so that they show.
                x[i] = T.CreateChecked((random.NextDouble() - 0.45) * Math.ScaleB(1, random.Next(-20, 20)));
                y[i] = T.CreateChecked(random.NextDouble() - 0.55);
                DoubleDouble term = double.CreateChecked(x[i]), product = term * double.CreateChecked(y[i]);
                (sum, sumOfMagnitudes) = (sum + term, sumOfMagnitudes + DoubleDouble.Abs(term));
                (dot, dotOfMagnitudes) = (dot + product, dotOfMagnitudes + DoubleDouble.Abs(product));
            }

            double allowed = (25 + Math.Log2(Math.Max(n, 1))) * u;
            double sumError = Math.Abs((sum - double.CreateChecked(SpanMath.Sum<T>(x))).Hi);
            Assert.True(sumError <= allowed * sumOfMagnitudes.Hi, $"Sum of {n}: off by {sumError}, allowed {allowed * sumOfMagnitudes.Hi}.");
            double dotError = Math.Abs((dot - double.CreateChecked(SpanMath.Dot<T>(x, y))).Hi);
            Assert.True(
                dotError <= (allowed + u) * dotOfMagnitudes.Hi, $"Dot of {n}: off by {dotError}, allowed {allowed * dotOfMagnitudes.Hi}.");
        }
    }

    private static void CheckOffsets<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int offsets = 33;
        foreach (int n in (int[])[1, 5, 16, 77, 129, 1500, 5000])
        {
            var x = Samples.Between<T>(-1, 1, n);
            var y = Samples.Between<T>(-2, 1, n);
            T sum = SpanMath.Sum<T>(x), dot = SpanMath.Dot<T>(x, y);
            var (movedX, movedY) = (new T[n + offsets], new T[n + offsets]);
            for (int offset = 0; offset < offsets; offset++)
            {
                x.CopyTo(movedX, offset);
                y.CopyTo(movedY, offsets - offset);
                Assert.Equal(Bits.Of(sum), Bits.Of(SpanMath.Sum<T>(movedX.AsSpan(offset, n))));
                Assert.Equal(Bits.Of(dot), Bits.Of(SpanMath.Dot<T>(movedX.AsSpan(offset, n), movedY.AsSpan(offsets - offset, n))));
            }
        }
    }

    private static double[] With(int count, double value, params (int Place, double Value)[] others)
    {
        var x = new double[count];
        Array.Fill(x, value);
        foreach (var (place, other) in others)
            x[place] = other;
        return x;
    }
}
