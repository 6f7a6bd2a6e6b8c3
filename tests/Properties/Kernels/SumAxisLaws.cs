using System.Numerics;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>Sums over a middle axis: each is right, between guard pages, and depends on its own numbers and the axis' length alone.</summary>
[Trait("Category", "Leg")]
public class SumAxisLaws
{
    private static readonly int[] Axes = [0, 1, 2, 7, 8, 9, 15, 16, 17, 24, 31, 64, 100, 333];
    private static readonly int[] Inners = [.. Enumerable.Range(0, 20), 31, 33, 64, 255, 256, 257, 271, 513];

    [Fact]
    public void Doubles_are_within_the_stated_error() => CheckErrors<double>();

    [Fact]
    public void Floats_are_within_the_stated_error() => CheckErrors<float>();

    [Fact]
    public void A_column_has_the_same_bits_wherever_it_stands() => CheckColumns<double>();

    [Fact]
    public void A_float_column_has_the_same_bits_wherever_it_stands() => CheckColumns<float>();

    [Fact]
    public void Integers_wrap()
    {
        foreach (int inner in Inners)
        {
            const int outer = 2, axis = 9;
            var random = new Random(inner);
            var x = Enumerable.Range(0, outer * axis * inner).Select(_ => random.Next(int.MinValue, int.MaxValue)).ToArray();
            var narrow = new int[outer * inner];
            var wide = new long[outer * inner];
            Fold.SumAxis<int>(x, outer, axis, inner, narrow);
            Fold.SumAxis<long>([.. x.Select(value => value * 0x1_0000_0001L)], outer, axis, inner, wide);
            for (int i = 0; i < narrow.Length; i++)
            {
                var terms = Enumerable.Range(0, axis).Select(a => x[(i / inner * axis + a) * inner + i % inner]).ToArray();
                Assert.Equal(terms.Aggregate(0, (sum, term) => unchecked(sum + term)), narrow[i]);
                Assert.Equal(terms.Aggregate(0L, (sum, term) => unchecked(sum + term * 0x1_0000_0001L)), wide[i]);
            }
        }
    }

    [Fact]
    public void Bad_shapes_are_refused()
    {
        var x = new double[24];
        var size = Assert.Throws<ArgumentException>(() => Fold.SumAxis<double>(x, 2, 3, 5, new double[10]));
        Assert.Contains("2·3·5", size.Message, StringComparison.Ordinal);
        Assert.Contains("24", size.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Fold.SumAxis<double>(x, -2, -3, 4, new double[10]));
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Fold.SumAxis<double>(x, 2, 3, 4, new double[7])).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Fold.SumAxis<double>(x, 2, 3, 4, x)).ParamName);
        Assert.Throws<NotSupportedException>(() => Fold.SumAxis<Half>(new Half[6], 1, 3, 2, new Half[2]));
        Assert.Throws<NotSupportedException>(() => Fold.SumAxis<decimal>(new decimal[3], 1, 3, 1, new decimal[1]));
    }

    private static void CheckErrors<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(6);
        double u = double.CreateChecked(T.BitIncrement(T.One) - T.One) / 2;
        int largest = 3 * Axes.Max() * Inners.Max();
        using GuardedMemory<T> xs = new(largest), sums = new(3 * Inners.Max());
        foreach (int outer in (int[])[1, 3])
        {
            foreach (int axis in Axes)
            {
                foreach (int inner in Inners)
                {
                    bool right = random.Next(2) == 0;
                    var x = xs.Take(outer * axis * inner, right);
                    var destination = sums.Take(outer * inner, right);
                    foreach (ref T element in x)
                        element = T.CreateChecked((random.NextDouble() - 0.4) * Math.ScaleB(1, random.Next(-10, 10)));
                    destination.Fill(T.NaN);
                    Fold.SumAxis<T>(x, outer, axis, inner, destination);
                    AssertWithin((25 + Math.Log2(Math.Max(axis, 1))) * u, x, axis, inner, destination);
                }
            }
        }
    }

    private static void AssertWithin<T>(double relative, ReadOnlySpan<T> x, int axis, int inner, ReadOnlySpan<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // One in three of many columns, and every one of a few.
        for (int i = 0; i < sums.Length; i += inner < 40 ? 1 : 3)
        {
            DoubleDouble sum = 0;
            double magnitude = 0;
            for (int a = 0; a < axis; a++)
            {
                double term = double.CreateChecked(x[(i / inner * axis + a) * inner + i % inner]);
                sum += term;
                magnitude += Math.Abs(term);
            }

            double error = Math.Abs((sum - double.CreateChecked(sums[i])).Hi);
            if (!(error <= relative * magnitude))
                Assert.Fail($"[{sums.Length / inner}, {axis}, {inner}], sum {i}: {sums[i]}, off by {error}, allowed {relative * magnitude}.");
        }
    }

    private static void CheckColumns<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (int axis in Axes.Skip(1))
        {
            foreach (int inner in Inners.Skip(2))
            {
                var x = Samples.Between<T>(-3, 2, axis * inner);
                var sums = new T[inner];
                Fold.SumAxis<T>(x, 1, axis, inner, sums);
                foreach (int column in (int[])[0, inner / 2, inner - 1])
                {
                    // The column beside itself, in a matrix of two.
                    var pairs = Enumerable.Range(0, 2 * axis).Select(i => x[i / 2 * inner + column]).ToArray();
                    var alone = new T[2];
                    Fold.SumAxis<T>(pairs, 1, axis, 2, alone);
                    Assert.Equal(Bits.Of(alone[0]), Bits.Of(sums[column]));
                    Assert.Equal(Bits.Of(alone[1]), Bits.Of(sums[column]));
                }
            }

            var row = Samples.Between<T>(-3, 2, axis);
            var sum = new T[1];
            Fold.SumAxis<T>(row, 1, axis, 1, sum);
            Assert.Equal(Bits.Of(Fold.Sum<T>(row)), Bits.Of(sum[0]));
        }
    }
}
