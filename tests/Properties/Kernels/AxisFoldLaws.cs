using System.Numerics;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>
/// Extremes, their places, norms and running sums over a middle axis: each is that of its own numbers, taken one by one, between guard
/// pages, whatever the shape.
/// </summary>
[Trait("Category", "Leg")]
public class AxisFoldLaws
{
    private delegate void AxisFold<T, TResult>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<TResult> destination, string operation);

    private delegate TResult RowFold<T, TResult>(ReadOnlySpan<T> row);

    // Every length of an axis with one column, every number of columns with a few rows.
    private static readonly (int Outer, int Axis, int Inner)[] Shapes =
    [
        .. Enumerable.Range(1, 257).Select(axis => (1 + axis % 2, axis, 1)),
        .. Enumerable.Range(1, 257).Select(inner => (1, 1 + inner % 5, inner)),
        .. Enumerable.Range(2, 18).Select(inner => (3, 33, inner)),
        (2, 1000, 1), (0, 3, 2), (2, 3, 0), (1, 300, 67),
    ];

    [Fact]
    public void Extremes_of_doubles_are_those_of_their_rows() => CheckExtremes<double>();

    [Fact]
    public void Extremes_of_floats_are_those_of_their_rows() => CheckExtremes<float>();

    [Fact]
    public void Extremes_of_whole_numbers_are_those_of_their_rows()
    {
        foreach (var (outer, axis, inner) in Shapes)
        {
            var random = new Random(axis);
            int[] x = [.. Enumerable.Range(0, outer * axis * inner).Select(_ => random.Next(-5, 5))];
            long[] wide = [.. x.Select(value => value * 0x1_0000_0001L)];
            Check<int, int>(Fold.MaxAxis, row => row.ToArray().Max(), x, outer, axis, inner);
            Check<long, long>(Fold.MinAxis, row => row.ToArray().Min(), wide, outer, axis, inner);
            Check<int, int>(Fold.ArgMaxAxis, row => row.IndexOf(row.ToArray().Max()), x, outer, axis, inner);
            Check<long, int>(Fold.ArgMinAxis, row => row.IndexOf(row.ToArray().Min()), wide, outer, axis, inner);
        }
    }

    [Fact]
    public void Norms_of_doubles_are_within_the_stated_error() => CheckNorms<double>();

    [Fact]
    public void Norms_of_floats_are_within_the_stated_error() => CheckNorms<float>();

    [Fact]
    public void Norms_neither_overflow_nor_underflow()
    {
        foreach (int inner in (int[])[1, 2, 9])
        {
            foreach (double size in (double[])[double.MaxValue / 8, 1e160, 1e-160, 1e-300, double.Epsilon])
            {
                double[] x = [.. Enumerable.Repeat(3 * size, inner), .. Enumerable.Repeat(-4 * size, inner)], norms = new double[inner];
                Fold.NormAxis<double>(x, 1, 2, inner, norms);
                Assert.All(norms, norm => Assert.Equal(5 * size, norm, 1e-15 * size));
                float[] narrow = [.. x.Select(value => (float)(value / size * 1e-30))], narrowNorms = new float[inner];
                Fold.NormAxis<float>(narrow, 1, 2, inner, narrowNorms);
                Assert.All(narrowNorms, norm => Assert.Equal(5e-30, norm, 1e-36));
            }
        }

        Assert.Equal(0, Fold.Norm<double>([]));
        Assert.Equal(0, Fold.Norm<double>([0, -0.0]));
        Assert.Equal(double.PositiveInfinity, Fold.Norm<double>([1, double.NegativeInfinity, 2]));
        Assert.Equal(double.PositiveInfinity, Fold.Norm<double>([double.MaxValue, double.MaxValue]));
        Assert.Equal(double.NaN, Fold.Norm<double>([double.PositiveInfinity, double.NaN]));
        Assert.Equal(2 * double.Epsilon, Fold.Norm<double>([double.Epsilon, double.Epsilon, double.Epsilon, double.Epsilon]));
    }

    [Fact]
    public void Running_sums_add_in_order()
    {
        CheckScans(Samples.Mixed<double>);
        CheckScans(Samples.Mixed<float>);
        CheckScans<int>((count, seed) => [.. Enumerable.Range(seed, count).Select(i => unchecked(i * 715_827_883))]);
        CheckScans<long>((count, seed) => [.. Enumerable.Range(seed, count).Select(i => unchecked(i * 3_074_457_345_618_258_603L))]);
    }

    [Fact]
    public void Bad_shapes_are_refused()
    {
        var x = new double[24];
        Assert.Contains("2·3·5", Assert.Throws<ArgumentException>(() => Fold.MaxAxis<double>(x, 2, 3, 5, new double[10])).Message);
        Assert.Equal("axis", Assert.Throws<ArgumentOutOfRangeException>(() => Fold.MaxAxis<double>([], 2, 0, 4, new double[8])).ParamName);
        Assert.Equal("axis", Assert.Throws<ArgumentOutOfRangeException>(() => Fold.ArgMinAxis<int>([], 2, 0, 4, new int[8])).ParamName);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => Fold.Max<double>([])).ParamName);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => Fold.ArgMin<long>([])).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Fold.MinAxis<double>(x, 2, 3, 4, new double[7])).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Fold.NormAxis<double>(x, 2, 3, 4, x)).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Fold.ArgMaxAxis<double>(x, 2, 3, 4, new int[7])).ParamName);
        Assert.Throws<ArgumentException>(() => Scan.Sum<double>(x.AsSpan(1), 1, 23, 1, false, x));
        Assert.Throws<NotSupportedException>(() => Fold.MaxAxis<Half>(new Half[6], 1, 3, 2, new Half[2]));
        Assert.Throws<NotSupportedException>(() => Fold.NormAxis<int>(new int[6], 1, 3, 2, new int[2]));
        Assert.Throws<NotSupportedException>(() => Scan.Sum<Half>(new Half[6], 1, 3, 2, false, new Half[6]));
    }

    private static void CheckExtremes<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (outer, axis, inner) in Shapes)
        {
            foreach (var x in Numbers<T>(outer * axis * inner, axis + inner))
            {
                Check<T, T>(Fold.MaxAxis, Greatest, x, outer, axis, inner);
                Check<T, T>(Fold.MinAxis, row => -Greatest<T>([.. row.ToArray().Select(value => -value)]), x, outer, axis, inner);
                Check<T, int>(Fold.ArgMaxAxis, FirstGreatest, x, outer, axis, inner);
                Check<T, int>(Fold.ArgMinAxis, row => FirstGreatest<T>([.. row.ToArray().Select(value => -value)]), x, outer, axis, inner);
            }
        }
    }

    // With many ties, without and with NaN, of any size.
    private static IEnumerable<T[]> Numbers<T>(int count, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        T[] few = [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked(random.Next(-3, 4)) * T.CreateChecked(random.Next(2) - 0.5))];
        yield return few;
        yield return [.. few.Select(value => random.Next(9) == 0 ? T.NaN : value)];
        yield return Samples.Mixed<T>(count, seed);
    }

    private static T Greatest<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T best = row[0];
        foreach (T value in row)
            best = T.Max(best, value);
        return best;
    }

    private static int FirstGreatest<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int best = 0;
        for (int i = 1; i < row.Length; i++)
        {
            if (!T.IsNaN(row[best]) && (T.IsNaN(row[i]) || row[i] > row[best]))
                best = i;
        }

        return best;
    }

    private static void Check<T, TResult>(AxisFold<T, TResult> fold, RowFold<T, TResult> rowFold, T[] x, int outer, int axis, int inner)
        where T : unmanaged
        where TResult : unmanaged, IEquatable<TResult>
    {
        using GuardedMemory<T> xs = new(x.Length);
        using GuardedMemory<TResult> results = new(outer * inner);
        foreach (bool right in (bool[])[false, true])
        {
            var guarded = xs.Take(x.Length, right);
            x.CopyTo(guarded);
            var destination = results.Take(outer * inner, right);
            fold(guarded, outer, axis, inner, destination, "Fold");
            for (int i = 0; i < destination.Length; i++)
            {
                var expected = rowFold(Row(x, axis, inner, i));
                if (!expected.Equals(destination[i]) || expected.ToString() != destination[i].ToString())
                    Assert.Fail($"[{outer}, {axis}, {inner}], result {i} is {destination[i]}, but {expected} of its own numbers.");
            }
        }
    }

    private static T[] Row<T>(T[] x, int axis, int inner, int i) =>
        [.. Enumerable.Range(0, axis).Select(a => x[(((i / inner) * axis) + a) * inner + (i % inner)])];

    private static void CheckNorms<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double u = double.CreateChecked(T.BitIncrement(T.One) - T.One) / 2;
        foreach (var (outer, axis, inner) in Shapes)
        {
            var x = Samples.Between<T>(-3, 2, outer * axis * inner);
            using GuardedMemory<T> xs = new(x.Length), norms = new(outer * inner);
            var guarded = xs.Right(x.Length);
            x.CopyTo(guarded);
            var destination = norms.Right(outer * inner);
            Fold.NormAxis<T>(guarded, outer, axis, inner, destination);
            for (int i = 0; i < destination.Length; i++)
            {
                double exact = Math.Sqrt(Row(x, axis, inner, i).Sum(value => double.CreateChecked(value) * double.CreateChecked(value)));
                double allowed = ((14 + Math.Log2(axis)) * u * exact) + (axis * 1.2e-16 * exact);
                Assert.True(Math.Abs(double.CreateChecked(destination[i]) - exact) <= allowed, $"[{outer}, {axis}, {inner}], norm {i}.");
            }
        }
    }

    private static void CheckScans<T>(Func<int, int, T[]> numbers)
        where T : unmanaged, INumber<T>
    {
        foreach (var (outer, axis, inner) in Shapes)
        {
            var x = numbers(outer * axis * inner, 7);
            using GuardedMemory<T> xs = new(x.Length);
            foreach (bool fromEnd in (bool[])[false, true])
            {
                // In place.
                var sums = xs.Take(x.Length, fromEnd);
                x.CopyTo(sums);
                Scan.Sum<T>(sums, outer, axis, inner, fromEnd, sums);
                for (int i = 0; i < outer * inner; i++)
                {
                    T sum = T.Zero;
                    for (int step = 0; step < axis; step++)
                    {
                        int at = ((((i / inner) * axis) + (fromEnd ? axis - 1 - step : step)) * inner) + (i % inner);
                        sum = step == 0 ? x[at] : unchecked(sum + x[at]);
                        if (!sum.Equals(sums[at]))
                            Assert.Fail($"[{outer}, {axis}, {inner}], element {at} is {sums[at]}, but should be {sum}.");
                    }
                }
            }
        }
    }
}
