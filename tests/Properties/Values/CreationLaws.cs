using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Properties.Framework;
using Xunit;

namespace Properties.Values;

/// <summary>What goes into an array comes out again, in row-major order, and nobody can change it afterwards.</summary>
public class CreationLaws
{
    private static readonly Arbitrary<int[]> Shapes = Gen.Choose(0, 4).ListOf().Where(extents => extents.Count <= 5)
        .Select(extents => extents.ToArray()).ToArbitrary();

    [Property]
    public Property Values_and_shape_come_back() => Prop.ForAll(Shapes, shape =>
    {
        var length = shape.Aggregate(1, (product, extent) => product * extent);
        int[] values = [.. Enumerable.Range(0, length)];
        var x = NDArray.Create<int>(values, shape);
        Assert.Equal(shape, x.Shape.AsSpan().ToArray());
        Assert.Equal((shape.Length, length), (x.Rank, x.Length));
        Assert.Equal(values, x.ToArray());
        Assert.Equal(new int[length], NDArray.Zeros<int>(shape).ToArray());
        Assert.Equal(Enumerable.Repeat(1, length), NDArray.Ones<int>(shape).ToArray());
        Assert.Equal(Enumerable.Repeat(7, length), NDArray.Full(7, shape).ToArray());
        Assert.Equal(x.Shape, NDArray.ZerosLike(x).Shape);
        Assert.Equal(Enumerable.Repeat(1, length), NDArray.OnesLike(x).ToArray());
    });

    [Fact]
    public void Later_changes_of_the_source_are_not_seen()
    {
        double[] flat = [1, 2, 3, 4];
        double[,] table = { { 1, 2 }, { 3, 4 } };
        NDArray<double>[] arrays = [NDArray.Create<double>(flat), NDArray.Create(flat, 2, 2), flat, table];
        flat.AsSpan().Clear();
        Array.Clear(table);
        Assert.All(arrays, x => Assert.Equal([1, 2, 3, 4], x.ToArray()));
    }

    [Fact]
    public void Collection_expressions_and_conversions_make_arrays()
    {
        NDArray<double> x = [1, 2, 3], spread = [0, .. x, 4], empty = [], number = 3, table = new double[,] { { 1, 2, 3 }, { 4, 5, 6 } };
        NDArray<bool> mask = [true, false];
        Assert.Equal([0, 1, 2, 3, 4], spread.ToArray());
        Assert.Equal([0], empty.Shape.AsSpan().ToArray());
        Assert.Equal((0, 3.0), (number.Rank, number.ToScalar()));
        Assert.Equal("[2, 3]", table.Shape.ToString());
        Assert.Equal([1, 2, 3, 4, 5, 6], table.ToArray());
        Assert.Equal([true, false], mask.ToArray());
        Assert.Equal("[3, 0]", ((NDArray<double>)new double[3, 0]).Shape.ToString());
    }

    [Fact]
    public void Ones_of_every_element_type()
    {
        Assert.Equal([1.0], NDArray.Ones<double>(1).ToArray());
        Assert.Equal([1f], NDArray.Ones<float>(1).ToArray());
        Assert.Equal([1L], NDArray.Ones<long>(1).ToArray());
        Assert.Equal([true], NDArray.Ones<bool>(1).ToArray());
        Assert.Throws<NotSupportedException>(() => NDArray.Ones<decimal>(1));
    }

    [Fact]
    public void Eye_is_one_on_the_diagonal_and_zero_elsewhere()
    {
        for (var n = 0; n < 5; n++)
        {
            var eye = NDArray.Eye<float>(n).ToArray();
            Assert.Equal(n * n, eye.Length);
            Assert.Equal(Enumerable.Range(0, n * n).Select(i => i / n == i % n ? 1f : 0f), eye);
        }
    }

    [Property]
    public void Arange_counts_like_a_loop(int start, int stop, int step)
    {
        step = step == 0 ? 1 : step;
        var expected = new List<int>();
        for (long i = start; step > 0 ? i < stop : i > stop; i += step)
        {
            expected.Add((int)i);
        }

        Assert.Equal(expected, NDArray.Arange(start, stop, step).ToArray());
        Assert.Equal(expected.Select(i => (double)i), NDArray.Arange<double>(start, stop, step).ToArray());
        Assert.Equal(expected.Select(i => (long)i), NDArray.Arange<long>(start, stop, step).ToArray());
    }

    [Fact]
    public void Arange_reaches_across_the_whole_range_of_an_integer()
    {
        Assert.Equal([int.MinValue, -1, int.MaxValue - 1], NDArray.Arange(int.MinValue, int.MaxValue, int.MaxValue).ToArray());
        Assert.Equal([long.MaxValue - 2, long.MaxValue - 1], NDArray.Arange(long.MaxValue - 2, long.MaxValue).ToArray());
        Assert.Equal([0.0, 1, 2, 3, 4], NDArray.Arange(0.0, 4.5).ToArray());
        Assert.Equal([0.0, 0.25, 0.5], NDArray.Arange(0.0, 0.75, 0.25).ToArray());
        Assert.Equal([0, 1, 2], NDArray.Arange(3).ToArray());
    }

    // Recorded from numpy.linspace.
    [Theory]
    [InlineData(0, 1, 11, new[] { 0.0, 0.1, 0.2, 0.30000000000000004, 0.4, 0.5, 0.6000000000000001, 0.7000000000000001, 0.8, 0.9, 1.0 })]
    [InlineData(-1, 2, 4, new[] { -1.0, 0.0, 1.0, 2.0 })]
    [InlineData(3, -3, 3, new[] { 3.0, 0.0, -3.0 })]
    [InlineData(0.1, 0.7, 2, new[] { 0.1, 0.7 })]
    [InlineData(5, 9, 1, new[] { 5.0 })]
    [InlineData(5, 9, 0, new double[0])]
    public void Linspace_is_NumPys(double start, double stop, int count, double[] expected) =>
        Assert.Equal(expected, NDArray.Linspace(start, stop, count).ToArray());

    [Property]
    public void Linspace_ends_on_its_bounds(NormalFloat start, NormalFloat stop, PositiveInt count)
    {
        var x = NDArray.Linspace(start.Get, stop.Get, count.Get + 1).ToArray();
        Assert.Equal((start.Get, stop.Get, count.Get + 1), (x[0], x[^1], x.Length));
    }

    [Fact]
    public void Bad_calls_say_what_came_and_what_to_do()
    {
        Errors.Check<ArgumentException>(
            () => NDArray.Create([1.0, 2, 3, 4, 5], 2, 3), "shape", "NDArray.Create", "5 for shape [2, 3], which holds 6", "another shape");
        Errors.Check<ArgumentException>(() => NDArray.Create([1.0, 2], new Shape()), "shape", "2 for shape [], which holds 1");
        Errors.Check<ArgumentException>(() => NDArray.Zeros<double>(2, -1), "extents", "[2, -1] has -1");
        Errors.Check<ArgumentException>(() => NDArray.Zeros<double>(1 << 20, 1 << 20), "extents", "[1048576, 1048576]");
        Errors.Check<ArgumentException>(() => NDArray.Zeros<double>(new int[17]), "extents", "16", "17");
        Errors.Check<ArgumentOutOfRangeException>(() => NDArray.Eye<double>(-2), "n", "NDArray.Eye", "-2");
        Errors.Check<ArgumentException>(() => NDArray.Arange(0, 5, 0), "step", "NDArray.Arange", "other than 0", "NDArray.Full");
        Errors.Check<ArgumentException>(() => NDArray.Arange(0.0, double.NaN), "stop", "NDArray.Arange", "stop is NaN");
        Errors.Check<ArgumentException>(() => NDArray.Arange(double.NegativeInfinity, 1), "start", "start is -Infinity");
        Errors.Check<ArgumentException>(() => NDArray.Arange(0.0, 1e10, 1e-3), "step", "0 to 10000000000", "0.001", "1E+13", "larger step");
        Errors.Check<ArgumentException>(() => NDArray.Arange(long.MinValue, long.MaxValue), "step", "larger step");
        Errors.Check<ArgumentOutOfRangeException>(() => NDArray.Linspace(0.0, 1, -1), "count", "NDArray.Linspace", "-1");
        Errors.Check<ArgumentException>(() => NDArray.Linspace(0.0, double.PositiveInfinity, 3), "stop", "NDArray.Linspace", "Infinity");
        Errors.Check<ArgumentNullException>(() => NDArray.ZerosLike<double>(null!), "x");
        Errors.Check<ArgumentNullException>(() => NDArray.OnesLike<double>(null!), "x");
        Errors.Check<ArgumentNullException>(() => { NDArray<double> x = (double[])null!; }, "values");
        Errors.Check<ArgumentNullException>(() => { NDArray<double> x = (double[,])null!; }, "values");
    }
}
