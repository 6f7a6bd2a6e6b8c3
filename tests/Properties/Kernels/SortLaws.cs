using Grad.Simd;
using Xunit;

namespace Properties.Kernels;

/// <summary>Sorting: one total order, the bits of the numbers kept, stable places.</summary>
[Trait("Category", "Leg")]
public class SortLaws
{
    private static readonly double[] s_special =
        [0.0, -0.0, double.NaN, -double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, 1, -1, double.MaxValue, double.MinValue];

    [Fact]
    public void Every_length_is_sorted()
    {
        foreach (int n in Enumerable.Range(0, 258).Concat([1000, 5000]))
        {
            var random = new Random(n);
            Check(Draw(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300))));
            Check(Draw(_ => s_special[random.Next(s_special.Length)]));
            Check(Draw(_ => random.Next(5)));
            Check(Draw(i => i));
            Check(Draw(i => -i));

            double[] Draw(Func<int, double> of) => [.. Enumerable.Range(0, n).Select(of)];
        }
    }

    [Fact]
    public void NaN_keep_their_bits_and_their_order()
    {
        double[] x = [BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0007), 1, BitConverter.Int64BitsToDouble(unchecked((long)0xFFF8_0000_0000_0003)), -1];
        double[] sorted = new double[4], descending = new double[4];
        SpanLayout.Sort<double>(x, sorted);
        SpanLayout.Sort<double>(x, descending, descending: true);
        Assert.Equal(Bits([-1, 1, x[0], x[2]]), Bits(sorted));
        Assert.Equal(Bits([x[0], x[2], 1, -1]), Bits(descending));
    }

    [Fact]
    public void Bad_calls_are_refused()
    {
        var x = new double[8];
        Assert.Contains("holds 7", Assert.Throws<ArgumentException>("destination", () => SpanLayout.Sort<double>(x, x.AsSpan(1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("destination", () => SpanLayout.Sort<double>(x.AsSpan(0, 4), x.AsSpan(1)));
        Assert.Throws<ArgumentException>("destination", () => SpanLayout.ArgSort<double>(x, new int[7]));
        Assert.Throws<ArgumentException>(
            "destination", () => SpanLayout.ArgSort<double>(x, System.Runtime.InteropServices.MemoryMarshal.Cast<double, int>(x.AsSpan())));
        Assert.Throws<NotSupportedException>(() => SpanLayout.Sort<Half>([], []));
    }

    private static IEnumerable<long> Bits(double[] x) => x.Select(BitConverter.DoubleToInt64Bits);

    private static int Compare(double x, double y)
    {
        // NaN last; of zeros the negative one first.
        if (double.IsNaN(x) || double.IsNaN(y))
            return double.IsNaN(x).CompareTo(double.IsNaN(y));
        return x != y ? x.CompareTo(y) : double.IsNegative(y).CompareTo(double.IsNegative(x));
    }

    private static void Check(double[] x)
    {
        float[] single = Array.ConvertAll(x, value => (float)value);
        foreach (bool descending in (bool[])[false, true])
        {
            int[] places = [.. Enumerable.Range(0, x.Length).OrderBy(i => x[i], Comparer<double>.Create((p, q) => descending ? Compare(q, p) : Compare(p, q)))];
            int[] indices = new int[x.Length + 1], singles = new int[x.Length];
            indices[^1] = -1;
            SpanLayout.ArgSort<double>(x, indices, descending);
            Assert.Equal(places, indices[..^1]);
            Assert.Equal(-1, indices[^1]);
            double[] sorted = new double[x.Length], inPlace = [.. x];
            SpanLayout.Sort<double>(x, sorted, descending);
            SpanLayout.Sort<double>(inPlace, inPlace, descending);
            Assert.Equal(Bits([.. places.Select(i => x[i])]), Bits(sorted));
            Assert.Equal(Bits(sorted), Bits(inPlace));

            // Floats have ties that doubles do not.
            places = [.. Enumerable.Range(0, x.Length).OrderBy(i => (double)single[i], Comparer<double>.Create((p, q) => descending ? Compare(q, p) : Compare(p, q)))];
            SpanLayout.ArgSort<float>(single, singles, descending);
            Assert.Equal(places, singles);
            float[] floats = new float[x.Length];
            SpanLayout.Sort<float>(single, floats, descending);
            Assert.Equal(places.Select(i => BitConverter.SingleToInt32Bits(single[i])), floats.Select(BitConverter.SingleToInt32Bits));
        }
    }
}
