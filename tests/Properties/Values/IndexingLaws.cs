using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Properties.Framework;
using Xunit;

namespace Properties.Values;

/// <summary>Indexing is picking elements one by one, at any rank, by any mixture of indices.</summary>
public class IndexingLaws
{
    private static readonly Gen<Case> Cases =
        from shape in Gen.Choose(0, 5).ArrayOf().Where(shape => shape.Length <= 4)
        from parts in Gen.CollectToArray(shape, PartOf)
        from end in Gen.Choose(0, shape.Length)
        from next in Gen.Choose(end, shape.Length)
        from hasEllipsis in Gen.Elements(true, false)
        from newAxes in Gen.Choose(0, 4).ArrayOf().Where(places => places.Length <= 2)
        select Assemble(shape, parts, end, hasEllipsis ? next : shape.Length, hasEllipsis, newAxes);

    [Property(MaxTest = 1000)]
    public Property Indexing_is_gathering() => Prop.ForAll(Cases.ToArbitrary(), given =>
    {
        var x = NDArray.Create<int>([.. Enumerable.Range(0, given.Shape.Aggregate(1, (a, b) => a * b))], given.Shape);
        var y = x[given.Indices];
        Assert.Equal(given.ExpectedShape, y.Shape.AsSpan().ToArray());
        Assert.Equal(Gather(given.Shape, given.Picked), y.ToArray());
    });

    [Fact]
    public void What_selects_everything_is_the_array_itself()
    {
        var x = NDArray.Zeros<double>(2, 3);
        Assert.Same(x, x[..]);
        Assert.Same(x, x[.., ..]);
        Assert.Same(x, x[0..2, NDIndex.Ellipsis, NDIndex.Every(1)]);
        Assert.Same(x, x[default(NDIndex), default]);
        Assert.Same(x, x[NDIndex.Ellipsis]);
        NDArray<double> number = 3;
        Assert.Same(number, number[NDIndex.Ellipsis]);
    }

    [Fact]
    public void Spelled_in_CSharp()
    {
        var x = NDArray.Create<int>([.. Enumerable.Range(0, 12)], 3, 4);
        Assert.Equal([8, 9, 10, 11], x[^1].ToArray());
        Assert.Equal([1, 5, 9], x[.., 1].ToArray());
        Assert.Equal([4, 5, 6, 7, 8, 9, 10, 11], x[1..].ToArray());
        Assert.Equal(6, x[1, 2].ToScalar());
        Assert.Equal([3, 7, 11], x[NDIndex.Ellipsis, ^1].ToArray());
        Assert.Equal("[3, 1, 4]", x[.., NDIndex.NewAxis, ..].Shape.ToString());
        Assert.Equal([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], x[NDIndex.Every(-1), NDIndex.Every(-1)].ToArray());
        Assert.Equal([3, 2, 1], x[0, NDIndex.Slice(null, 0, -1)].ToArray());
    }

    /// <summary>Python's slice.indices, over every slice of a short axis.</summary>
    [Fact]
    public void Slices_are_Pythons()
    {
        int?[] ends = [null, .. Enumerable.Range(-8, 17)];
        for (var extent = 0; extent <= 6; extent++)
        {
            var x = NDArray.Arange(extent);
            foreach (var (start, stop) in ends.SelectMany(start => ends.Select(stop => (start, stop))))
            {
                foreach (var step in (int[])[1, 2, 3, 7, int.MaxValue, -1, -2, -3, -7, int.MinValue])
                {
                    Assert.Equal(Positions(extent, start, stop, step), x[NDIndex.Slice(start, stop, step)].ToArray());
                }
            }
        }
    }

    [Fact]
    public void The_gradient_of_an_index_lands_where_it_was_taken()
    {
        var x = NDArray.Create<double>([.. Enumerable.Range(0, 12)], 3, 4);
        var g = Ad.Grad(v => NDMath.Sum(v[1.., NDIndex.Every(-2)] * v[..2, ..2]), x);
        Assert.Equal([7, 5, 0, 0, 11, 10, 0, 0, 0, 5, 0, 4], g.ToArray());
    }

    [Fact]
    public void Bad_indices_say_which_axis_and_extent()
    {
        var x = NDArray.Zeros<double>(3, 4);
        Errors.Check<ArgumentOutOfRangeException>(() => _ = x[3], "indices", "got 3 on axis 0", "extent 3", "0 to 2", "^3 to ^1");
        Errors.Check<ArgumentOutOfRangeException>(() => _ = x[0, -1], "indices", "got -1 on axis 1", "extent 4", "^4 to ^1");
        Errors.Check<ArgumentOutOfRangeException>(() => _ = x[^4], "indices", "got ^4 on axis 0");
        Errors.Check<ArgumentOutOfRangeException>(() => _ = x[^0], "indices", "got ^0 on axis 0");
        Errors.Check<ArgumentOutOfRangeException>(() => _ = x[NDIndex.Ellipsis, 4], "indices", "got 4 on axis 1");
        Errors.Check<ArgumentOutOfRangeException>(() => _ = x[2..4], "indices", "got 2..4 on axis 0", "0..3", "NDIndex.Slice");
        Errors.Check<ArgumentOutOfRangeException>(() => _ = x[.., 3..^2], "indices", "got 3..^2 on axis 1");
        Errors.Check<ArgumentOutOfRangeException>(() => _ = NDArray.Zeros<double>(0)[0], "indices", "extent 0", "no elements");
        Errors.Check<ArgumentException>(() => _ = x[0, 1, 2], "indices", "one index per axis", "got 3", "[3, 4]", "rank 2", "Leave out 1");
        Errors.Check<ArgumentException>(() => _ = ((NDArray<double>)1.0)[0], "indices", "got 1", "[]", "rank 0");
        Errors.Check<ArgumentException>(() => _ = x[NDIndex.Ellipsis, NDIndex.Ellipsis], "indices", "Ellipsis", "got 2", "..");
        Errors.Check<ArgumentOutOfRangeException>(() => NDIndex.Every(0), "step", "other than 0");
        Errors.Check<ArgumentOutOfRangeException>(() => NDIndex.Slice(1, 2, 0), "step", "other than 0");
        NDIndex[] many = [.. Enumerable.Repeat(NDIndex.NewAxis, 15)];
        Errors.Check<ArgumentException>(() => _ = x[many], "extents", "16 axes");
    }

    /// <summary>An index on one axis and what it picks there; a position drops the axis.</summary>
    private sealed record Part(NDIndex Index, int[] Picked, bool Drops);

    private sealed record Case(int[] Shape, NDIndex[] Indices, int[][] Picked, int[] ExpectedShape)
    {
        public override string ToString() => $"shape [{string.Join(", ", Shape)}], index [{string.Join(", ", Indices)}]";
    }

    private static Gen<Part> PartOf(int extent)
    {
        var ranges =
            from start in Gen.Choose(0, extent)
            from stop in Gen.Choose(start, extent)
            from startFromEnd in Gen.Elements(true, false)
            from stopFromEnd in Gen.Elements(true, false)
            select new Part(
                (startFromEnd ? ^(extent - start) : start)..(stopFromEnd ? ^(extent - stop) : stop),
                [.. Enumerable.Range(start, stop - start)],
                Drops: false);
        var ends = Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(-7, 7).Select(end => (int?)end));
        var slices =
            from start in ends
            from stop in ends
            from step in Gen.Elements(1, 2, 3, -1, -2, -3)
            select new Part(NDIndex.Slice(start, stop, step), Positions(extent, start, stop, step), Drops: false);
        if (extent == 0)
        {
            return Gen.OneOf(ranges, slices);
        }

        var positions =
            from position in Gen.Choose(0, extent - 1)
            from fromEnd in Gen.Elements(true, false)
            select new Part(fromEnd ? ^(extent - position) : position, [position], Drops: true);
        return Gen.OneOf(positions, ranges, slices);
    }

    /// <summary>Python's rule by sifting all positions.</summary>
    private static int[] Positions(int extent, int? start, int? stop, int step)
    {
        var (lowest, highest) = step > 0 ? (0, extent) : (-1, extent - 1);
        var first = Clip(start) ?? (step > 0 ? lowest : highest);
        var past = Clip(stop) ?? (step > 0 ? highest : lowest);
        var between = Enumerable.Range(0, extent).Where(p => step > 0 ? p >= first && p < past : p <= first && p > past);
        var taken = between.Where(p => (p - first) % step == 0);
        return [.. step > 0 ? taken : taken.Reverse()];

        int? Clip(int? end) => end is { } e ? Math.Max(lowest, Math.Min(highest, e < 0 ? e + extent : e)) : null;
    }

    /// <summary>The axes from <paramref name="end"/> to <paramref name="next"/> stay whole: by an ellipsis, or left out.</summary>
    private static Case Assemble(int[] shape, Part[] parts, int end, int next, bool hasEllipsis, int[] newAxes)
    {
        var whole = shape[end..next].Select(extent => new Part(default, [.. Enumerable.Range(0, extent)], Drops: false)).ToArray();
        List<(NDIndex? Index, Part[] Parts, int[] Extents)> items =
            [.. parts[..end].Select(One), (hasEllipsis ? NDIndex.Ellipsis : (NDIndex?)null, whole, Extents(whole)), .. parts[next..].Select(One)];
        foreach (var place in newAxes)
        {
            items.Insert(Math.Min(place, items.Count - (hasEllipsis ? 0 : 1)), (NDIndex.NewAxis, [], [1]));
        }

        return new Case(
            shape,
            [.. items.Where(item => item.Index is not null).Select(item => item.Index!.Value)],
            [.. items.SelectMany(item => item.Parts).Select(part => part.Picked)],
            [.. items.SelectMany(item => item.Extents)]);

        static (NDIndex?, Part[], int[]) One(Part part) => (part.Index, [part], Extents([part]));
        static int[] Extents(Part[] parts) => [.. parts.Where(part => !part.Drops).Select(part => part.Picked.Length)];
    }

    /// <summary>The flat positions of all combinations, the last axis fastest.</summary>
    private static int[] Gather(int[] shape, int[][] picked)
    {
        IEnumerable<int> flat = [0];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            var (extent, places) = (shape[axis], picked[axis]);
            flat = flat.SelectMany(outer => places.Select(place => (outer * extent) + place));
        }

        return [.. flat];
    }
}
