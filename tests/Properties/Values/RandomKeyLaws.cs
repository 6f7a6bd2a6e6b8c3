using Grad.Functional;
using Xunit;

namespace Properties.Values;

/// <summary>The same numbers from the same key for ever; of the right distributions; independent after a split.</summary>
public class RandomKeyLaws
{
    private const int Many = 1 << 18;

    // Random123's known answers for philox4x32 with 10 rounds.
    [Theory]
    [InlineData(
        new[] { 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u }, new[] { 0x00000000u, 0x00000000u },
        new[] { 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u })]
    [InlineData(
        new[] { 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu }, new[] { 0xffffffffu, 0xffffffffu },
        new[] { 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu })]
    [InlineData(
        new[] { 0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u }, new[] { 0xa4093822u, 0x299f31d0u },
        new[] { 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u })]
    public void Philox_gives_its_published_words(uint[] counter, uint[] key, uint[] words)
    {
        var (w0, w1, w2, w3) = Philox.Words((counter[0], counter[1], counter[2], counter[3]), (key[0], key[1]));
        Assert.Equal(words, (uint[])[w0, w1, w2, w3]);
    }

    [Fact]
    public void Numbers_come_from_the_documented_words()
    {
        var key = new RandomKey(0x0123456789ABCDEF);
        var words = Enumerable.Range(0, 300).SelectMany(block => Block((uint)block, 0)).ToArray();
        Assert.Equal(words.Take(1001).Select(word => (word >> 8) * MathF.ScaleB(1, -24)), key.Uniform<float>(1001).ToArray());
        Assert.Equal(
            words.Chunk(2).Take(501).Select(pair => (pair[0] >> 11 | (ulong)pair[1] << 21) * Math.ScaleB(1, -53)),
            key.Uniform<double>(501).ToArray());
        for (var part = 0; part < 5; part++)
        {
            var split = Block((uint)part, 1);
            Assert.Equal(new RandomKey(split[0] | (ulong)split[1] << 32), key.Split(5)[part]);
        }

        static uint[] Block(uint counter, uint purpose)
        {
            var (w0, w1, w2, w3) = Philox.Words((counter, 0, 0, purpose), (0x89ABCDEF, 0x01234567));
            return [w0, w1, w2, w3];
        }
    }

    [Fact]
    public void Numbers_never_change()
    {
        var key = new RandomKey(42);
        Assert.Equal(Recorded.Uniform, key.Uniform<double>(4).ToArray());
        Assert.Equal(Recorded.UniformSingle, key.Uniform<float>(4).ToArray());
        Assert.Equal(Recorded.Normal, key.Normal<double>(4).ToArray());
        Assert.Equal(Recorded.NormalSingle, key.Normal<float>(4).ToArray());
        Assert.Equal(Recorded.Interval, key.Uniform([4], -1.0, 2).ToArray());
        Assert.Equal(Recorded.SecondPart, key.Split().Second.Uniform<double>(2).ToArray());
        Assert.Equal(Recorded.Fingerprint, Fingerprint(key.Normal<double>(Many)));
        Assert.Equal(Recorded.FingerprintSingle, Fingerprint(key.Normal<float>(Many)));
    }

    [Fact]
    public void An_element_does_not_depend_on_how_many_there_are()
    {
        var key = new RandomKey(7);
        var (doubles, floats) = (key.Normal<double>(700).ToArray(), key.Normal<float>(700).ToArray());
        for (var length = 0; length < 520; length++)
        {
            Assert.Equal(doubles[..length], key.Normal<double>(length).ToArray());
            Assert.Equal(floats[..length], key.Normal<float>(length).ToArray());
        }

        Assert.Equal(doubles[..6], key.Normal<double>(2, 3).ToArray());
        Assert.Equal(0, key.Uniform<double>().Rank);
    }

    [Fact]
    public void Uniform_numbers_fill_the_interval_evenly()
    {
        var doubles = new RandomKey(1).Uniform<double>(Many).ToArray();
        var floats = Array.ConvertAll(new RandomKey(2).Uniform<float>(Many).ToArray(), x => (double)x);
        var scaled = Array.ConvertAll(new RandomKey(3).Uniform([Many], -3f, 5f).ToArray(), x => (x + 3.0) / 8);
        foreach (var u in (double[][])[doubles, floats, scaled])
        {
            Assert.All(u, x => Assert.InRange(x, 0, BitBelowOne));
            Assert.Equal(Many, u.Distinct().Count(), (double)Many / 50);
            AssertEven(u);
        }
    }

    [Fact]
    public void An_interval_without_room_still_excludes_its_upper_bound()
    {
        var (low, high) = (1f, MathF.BitIncrement(1f));
        Assert.All(new RandomKey(1).Uniform([1000], low, high).ToArray(), x => Assert.Equal(low, x));
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        var doubles = new RandomKey(1).Normal<double>(Many).ToArray();
        var floats = Array.ConvertAll(new RandomKey(2).Normal<float>(Many).ToArray(), x => (double)x);
        foreach (var z in (double[][])[doubles, floats])
        {
            // Five standard errors of each sample moment.
            var error = 5 / Math.Sqrt(Many);
            Assert.Equal(0, z.Average(), error);
            Assert.Equal(1, z.Average(x => x * x), Math.Sqrt(2) * error);
            Assert.Equal(0, z.Average(x => x * x * x), Math.Sqrt(15) * error);
            Assert.Equal(3, z.Average(x => x * x * x * x), Math.Sqrt(96) * error);
            AssertIndependent(z, z[1..]);
        }
    }

    [Theory]
    [MemberData(nameof(Recorded.Quantiles), MemberType = typeof(Recorded))]
    public void Quantiles_are_within_their_stated_error(double probability, double quantile)
    {
        Assert.Equal(quantile, NormalQuantile.Of(probability), 1e-15 * Math.Abs(quantile));
        if (probability > 1e-10)
        {
            Assert.Equal(-NormalQuantile.Of(probability), NormalQuantile.Of(1 - probability), 1e-15 / probability);
        }
    }

    [Fact]
    public void Quantiles_rise_through_all_branches()
    {
        var last = double.NegativeInfinity;
        for (var p = Math.ScaleB(1, -53); p < 1; p = Math.Min(p * 1.001, p + 0.0005))
        {
            var quantile = NormalQuantile.Of(p);
            Assert.True(quantile > last, $"at {p}");
            last = quantile;
        }
    }

    [Fact]
    public void Parts_of_a_split_are_independent()
    {
        var key = new RandomKey(99);
        var (first, second) = key.Split();
        Assert.Equal([first, second], key.Split(2));
        RandomKey[] keys = [key, first, second, first.Split().First, second.Split().First, new RandomKey(100), new RandomKey(99UL << 32)];
        var numbers = keys.Select(k => k.Uniform<double>(Many).ToArray()).ToArray();
        for (var i = 0; i < keys.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                AssertIndependent(numbers[i], numbers[j]);
                Assert.Empty(numbers[i][..1000].Intersect(numbers[j]));
            }
        }

        var many = key.Split(10_000);
        Assert.Equal(10_000, many.Distinct().Count());
        AssertEven([.. many.Select(k => k.Uniform<double>().ToScalar())]);
    }

    [Fact]
    public void Equal_keys_are_equal()
    {
        Assert.True(new RandomKey(5) == new RandomKey(5));
        Assert.True(new RandomKey(5) != new RandomKey(6));
        Assert.Equal(new RandomKey(5).GetHashCode(), new RandomKey(5).GetHashCode());
        Assert.True(new RandomKey(0).Equals((object)default(RandomKey)));
        Assert.Equal("RandomKey(0x00000000000000FF)", new RandomKey(255).ToString());
    }

    [Fact]
    public void Bad_calls_say_what_came_and_what_to_do()
    {
        var key = new RandomKey(1);
        Errors.Check<ArgumentException>(() => key.Uniform([3], 2.0, 2.0), "low", "RandomKey.Uniform", "2 and 2", "NDArray.Full");
        Errors.Check<ArgumentException>(() => key.Uniform([3], 0.0, double.NaN), "low", "0 and NaN");
        Errors.Check<ArgumentException>(() => key.Uniform([3], double.MinValue, double.MaxValue), "low", "finite distance");
        Errors.Check<ArgumentOutOfRangeException>(() => key.Split(-1), "count", "RandomKey.Split", "-1");
        Errors.Check<ArgumentException>(() => key.Normal<double>(-1), "extents", "[-1]");
        Errors.Check<NotSupportedException>(() => key.Uniform<Half>(3), null, "RandomKey.Uniform", "Half", "Cast");
        Errors.Check<NotSupportedException>(() => key.Normal<Half>(3), null, "RandomKey.Normal");
    }

    private static double BitBelowOne => Math.BitDecrement(1.0);

    /// <summary>χ² over 256 bins lies within five standard deviations of its mean.</summary>
    private static void AssertEven(double[] u)
    {
        var bins = new double[256];
        foreach (var x in u)
        {
            bins[(int)(x * bins.Length)]++;
        }

        var expected = (double)u.Length / bins.Length;
        var chiSquare = bins.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.Equal(bins.Length - 1, chiSquare, 5 * Math.Sqrt(2 * (bins.Length - 1)));
    }

    /// <summary>The sample correlation lies within five standard errors of 0.</summary>
    private static void AssertIndependent(double[] x, double[] y)
    {
        var n = Math.Min(x.Length, y.Length);
        var (meanX, meanY) = (x.Average(), y.Average());
        double xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < n; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            xy += dx * dy;
            xx += dx * dx;
            yy += dy * dy;
        }

        Assert.Equal(0, xy / Math.Sqrt(xx * yy), 5 / Math.Sqrt(n));
    }

    /// <summary>FNV-1a over the bit patterns.</summary>
    private static ulong Fingerprint<T>(NDArray<T> x) where T : unmanaged
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var octet in System.Runtime.InteropServices.MemoryMarshal.AsBytes(x.AsSpan()))
        {
            hash = (hash ^ octet) * 0x100000001b3UL;
        }

        return hash;
    }
}
