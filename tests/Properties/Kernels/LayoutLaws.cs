using Grad.Functional;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>Rows and elements go where a plain loop would put them, whatever the extents; nothing beside them is touched.</summary>
[Trait("Category", "Leg")]
public class LayoutLaws
{
    private static readonly int[] s_extents = [0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 31, 32, 33, 40, 65];

    [Fact]
    public void A_transpose_is_a_loop()
    {
        foreach (int rows in s_extents)
        {
            foreach (int columns in s_extents)
            {
                Transpose(rows, columns, i => (double)i);
                Transpose(rows, columns, i => (float)i);
                Transpose(rows, columns, i => (byte)i);
            }
        }
    }

    [Fact]
    public void Rows_are_gathered_and_added_as_by_a_loop()
    {
        var random = new Random(5);
        foreach (int inner in (int[])[1, 2, 3, 4, 7, 8, 9, 16, 31, 33, 64, 130, 300])
        {
            foreach (var (batch, outer, axis, count) in ((int, int, int, int)[])[(1, 1, 5, 7), (1, 3, 4, 2), (3, 2, 2, 5), (2, 1, 3, 0), (2, 0, 3, 2)])
            {
                int[] indices = [.. Enumerable.Range(0, batch * count).Select(_ => random.Next(-axis, axis))];
                Rows(batch, outer, axis, inner, indices, i => (double)i);
                Rows(batch, outer, axis, inner, indices, i => (float)i);
                Rows(batch, outer, axis, inner, indices, i => i);
                Rows(batch, outer, axis, inner, indices, i => (long)i);
            }
        }
    }

    [Fact]
    public void Indices_outside_are_found_wherever_they_stand()
    {
        for (int length = 0; length < 40; length++)
        {
            var indices = new int[length];
            Assert.Equal(-1, SpanLayout.IndexOfOutside(indices, 1));
            Assert.Equal(length == 0 ? -1 : 0, SpanLayout.IndexOfOutside(indices, 0));
            for (int place = 0; place < length; place++)
            {
                foreach (int bad in (int[])[3, -4, int.MinValue, int.MaxValue])
                {
                    indices[place] = bad;
                    Assert.Equal(place, SpanLayout.IndexOfOutside(indices, 3));
                }

                indices[place] = -3 + (place % 6);
                Assert.Equal(-1, SpanLayout.IndexOfOutside(indices, 3));
            }
        }
    }

    [Fact]
    public void Any_order_of_axes_is_that_of_a_loop()
    {
        int[][] shapes = [[9, 10, 11], [2, 33, 34], [3, 1, 40, 5], [64, 2, 3], [8, 8, 8, 2], [70, 65]];
        foreach (int[] shape in shapes)
        {
            var x = NDMath.Reshape(NDArray.Arange(shape.Aggregate(1.0, (a, b) => a * b)), shape);
            foreach (int[] axes in Orders([.. Enumerable.Range(0, shape.Length)]))
            {
                var y = NDMath.Permute(x, axes);
                var (expected, at, from) = (x.ToArray(), new int[shape.Length], y.ToArray());
                for (int i = 0; i < from.Length; i++)
                {
                    for (int axis = shape.Length - 1, rest = i; axis >= 0; rest /= y.Shape[axis--])
                        at[axes[axis]] = rest % y.Shape[axis];
                    int flat = 0;
                    for (int axis = 0; axis < shape.Length; axis++)
                        flat = (flat * shape[axis]) + at[axis];
                    Assert.Equal(expected[flat], from[i]);
                }
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_written()
    {
        double[] x = [1, 2, 3, 4], y = new double[4];
        Assert.Throws<ArgumentException>(() => SpanLayout.Transpose<double>(x, 2, 3, y));
        Assert.Throws<ArgumentException>(() => SpanLayout.Transpose<double>(x, 2, 2, y.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => SpanLayout.Transpose<double>(x, 2, 2, 1, y, 2));
        Assert.Throws<ArgumentException>(() => SpanLayout.Transpose<double>(x, 2, 2, x));
        Assert.Throws<ArgumentException>(() => SpanLayout.GatherRows<double>(x, [0], 1, 1, 3, 1, y));
        Assert.Throws<ArgumentException>(() => SpanLayout.GatherRows<double>(x, [0, 1, 0], 1, 1, 2, 2, y));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpanLayout.GatherRows<double>(x, [0, 2], 1, 1, 2, 2, y));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpanLayout.ScatterAddRows<double>(x, [0, 2], 1, 1, 2, 2, y));
        Assert.Throws<ArgumentException>(() => SpanLayout.ScatterAddRows<double>(x, [0], 1, 1, 2, 2, y));
        Assert.Equal(new double[4], y);
    }

    private static void Transpose<T>(int rows, int columns, Func<int, T> element) where T : unmanaged
    {
        T[] x = [.. Enumerable.Range(1, rows * columns).Select(element)];
        using var guarded = new GuardedMemory<T>(rows * columns);
        SpanLayout.Transpose<T>(x, rows, columns, guarded.Right(x.Length));
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(x[i], guarded.Right(x.Length)[(i % columns * rows) + (i / columns)]);
    }

    private static void Rows<T>(int batch, int outer, int axis, int inner, int[] indices, Func<int, T> element)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        int count = batch == 0 ? 0 : indices.Length / batch;
        T[] x = [.. Enumerable.Range(1, batch * outer * axis * inner).Select(element)];
        T[] picked = new T[batch * outer * count * inner], sums = [.. x], expected = [.. x];
        SpanLayout.GatherRows<T>(x, indices, batch, outer, axis, inner, picked);
        for (int i = 0; i < picked.Length; i++)
        {
            var (k, bo) = (i / inner % count, i / inner / count);
            int place = indices[(bo / outer * count) + k] is var index && index < 0 ? index + axis : index;
            int at = (((bo * axis) + place) * inner) + (i % inner);
            Assert.Equal(x[at], picked[i]);
            expected[at] += picked[i];
        }

        SpanLayout.ScatterAddRows<T>(picked, indices, batch, outer, axis, inner, sums);
        Assert.Equal(expected, sums);
    }

    private static IEnumerable<int[]> Orders(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(first => Orders([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));
}
