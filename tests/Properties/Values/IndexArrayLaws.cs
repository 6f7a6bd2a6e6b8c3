using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Properties.Framework;
using Xunit;

namespace Properties.Values;

/// <summary>
/// Index arrays and masks pick what NumPy picks: element by element, by its own description of how indices broadcast and where the axes go.
/// </summary>
public class IndexArrayLaws
{
    private static readonly NDArray<int> s_x = NDMath.Reshape(NDArray.Arange(24), 2, 3, 4);

    private static readonly Gen<Case> Cases =
        from shape in Gen.Choose(1, 4).ArrayOf().Where(shape => shape.Length is >= 1 and <= 4)
        from block in Gen.Choose(1, 3).ArrayOf().Where(block => block.Length <= 2)
        from parts in Gen.CollectToArray(shape, extent => PartOf(extent, block))
        select new Case(shape, parts);

    [Property(MaxTest = 1000)]
    public Property Picking_is_as_in_NumPy() => Prop.ForAll(Cases.ToArbitrary(), given =>
    {
        var x = NDMath.Reshape(NDArray.Arange(given.Shape.Aggregate(1, (a, b) => a * b)), given.Shape);
        var (shape, elements) = given.Pick();
        var y = x[given.Indices];
        Assert.Equal(shape, y.Shape.AsSpan().ToArray());
        Assert.Equal(elements, y.ToArray());
    });

    /// <summary>What was picked, written to: the last of several values counts, and all of them are added.</summary>
    [Property(MaxTest = 1000)]
    public Property Writing_is_element_by_element() => Prop.ForAll(Cases.ToArbitrary(), given =>
    {
        var x = NDMath.Reshape(NDArray.Arange(given.Shape.Aggregate(1, (a, b) => a * b)), given.Shape);
        var (shape, elements) = given.Pick();
        var values = NDMath.Reshape(NDArray.Arange(100, 100 + elements.Length), shape);
        int[] set = x.ToArray(), added = x.ToArray(), filled = x.ToArray();
        for (var i = 0; i < elements.Length; i++)
        {
            set[elements[i]] = 100 + i;
            added[elements[i]] += 100 + i;
            filled[elements[i]] = -1;
        }

        Assert.Equal(set, x.At[given.Indices].Set(values).ToArray());
        Assert.Equal(added, x.At[given.Indices].Add(values).ToArray());
        Assert.Equal(filled, x.At[given.Indices].Set(-1).ToArray());
        Assert.Equal(x.Shape, x.At[given.Indices].Set(values).Shape);
    });

    /// <summary>The derivatives of picking and writing are those of the same places as numbers.</summary>
    [Property(MaxTest = 200)]
    public Property Derivatives_go_where_the_elements_went() => Prop.ForAll(Cases.ToArbitrary(), given =>
    {
        var count = given.Shape.Aggregate(1, (a, b) => a * b);
        var x = NDMath.Reshape(NDArray.Arange(1.0, 1 + count), given.Shape);
        var (shape, elements) = given.Pick();
        var weights = NDMath.Reshape(NDArray.Arange(1.0, 1 + elements.Length), shape);
        var picked = new double[count];
        for (var i = 0; i < elements.Length; i++)
        {
            picked[elements[i]] += 1 + i;
        }

        Assert.Equal(picked, Ad.Grad(v => NDMath.Sum(v[given.Indices] * weights), x).ToArray());
        var everywhere = NDMath.Reshape(NDArray.Arange(1.0, 1 + count), given.Shape);
        var (ofX, ofValues) = Ad.Grad((v, w) => NDMath.Sum(v.At[given.Indices].Set(w) * everywhere), x, weights);
        Assert.Equal(Enumerable.Range(0, count).Select(i => elements.Contains(i) ? 0.0 : 1 + i), ofX.ToArray());
        Assert.Equal(elements.Select((place, i) => Array.LastIndexOf(elements, place) == i ? 1.0 + place : 0), ofValues.ToArray());
        (ofX, ofValues) = Ad.Grad((v, w) => NDMath.Sum(v.At[given.Indices].Add(w) * everywhere), x, weights);
        Assert.Equal(everywhere.ToArray(), ofX.ToArray());
        Assert.Equal(elements.Select(place => 1.0 + place), ofValues.ToArray());
    });

    [Fact]
    public void Spelled_in_CSharp()
    {
        NDArray<int> indices = [0, -1];
        NDArray<bool> mask = [true, false];
        int[] list = [1, 0];
        Expect("[2, 4]", [0, 1, 2, 3, 12, 13, 14, 15], s_x[indices, 0]);
        Expect("[1, 3, 4]", [.. Enumerable.Range(0, 12)], s_x[mask]);
        Expect("[3, 3, 4]", [.. Enumerable.Range(0, 12), .. Enumerable.Range(0, 12), .. Enumerable.Range(12, 12)], s_x[[0, 0, 1]]);
        Expect("[2, 3, 4]", [.. Enumerable.Range(12, 12), .. Enumerable.Range(0, 12)], s_x[list]);
        Expect("[2, 3, 4]", [.. Enumerable.Range(12, 12), .. Enumerable.Range(0, 12)], s_x[new[] { 1, 0 }]);
        Expect("[3]", [20, 21, 22], s_x[s_x >= 20][..3]);
        Expect("[3]", [1, 2, 3], s_x[(s_x >= 1) & (s_x < 4)]);
        Expect("[2]", [1, 18], s_x[[0, 1], [0, 1], [1, 2]]);
        Expect("[2, 2, 2]", [0, 3, 4, 7, 12, 15, 16, 19], s_x[.., 0..2, [0, 3]]);
        Expect("[0, 3, 4]", [], s_x[[]]);

        // Neighbours stay in their place; torn apart, what they name comes first.
        Expect("[2, 2]", [5, 10, 17, 22], s_x[.., [1, 2], [1, 2]]);
        Expect("[2, 3]", [0, 4, 8, 13, 17, 21], s_x[[0, 1], .., [0, 1]]);
        Expect("[2, 3]", [1, 5, 9, 2, 6, 10], s_x[0, .., [1, 2]]);

        // Arrays of another shape broadcast.
        var column = NDMath.Reshape<int>([0, 1], 2, 1);
        Expect("[2, 2, 4]", [4, 5, 6, 7, 8, 9, 10, 11, 16, 17, 18, 19, 20, 21, 22, 23], s_x[column, (NDArray<int>)[1, 2]]);
        Assert.Equal(1, s_x[0, 0, 1].ToScalar());
    }

    [Fact]
    public void Updates_are_spelled_in_CSharp()
    {
        NDArray<double> x = [1.0, 2.0, 3.0];
        Assert.Equal([1, 7, 8], x.At[1..].Set([7.0, 8.0]).ToArray());
        Assert.Equal([1, 2, 0], x.At[^1].Set(0).ToArray());
        Assert.Equal([5, 2, 4], x.At[[0, 2, 0]].Add([1.0, 1.0, 3.0]).ToArray());
        Assert.Equal([1, 0, 0], x.At[x > 1.0].Set(0).ToArray());
        Assert.Equal([1, 2, 3], x.At[x > 5.0].Set(0).ToArray());
        Assert.Equal([1, 2, 3], x.ToArray());
        Assert.Equal([1, 1, 4], x.At[NDIndex.Every(-1)].Add([1.0, -1.0, 0.0]).ToArray());
        var m = NDArray.Zeros<double>(3, 4).At[1.., ^1].Set([5.0, 6.0]);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 6], m.ToArray());
        Assert.Equal([5.0, 0, 5], x.At[[0, 1, 2]].Set([5.0, 0.0, 5.0]).ToArray());
    }

    [Fact]
    public void Bad_index_arrays_say_what_and_where()
    {
        NDArray<int> far = NDMath.Reshape<int>([0, 1, 2, 3], 2, 2);
        Errors.Check<ArgumentOutOfRangeException>(() => _ = s_x[.., far], "indices", "Indexing", "index 3 at [1, 1]", "axis 1 of extent 3", "-3 to 2");
        Errors.Check<ArgumentOutOfRangeException>(() => _ = s_x[[0, -3]], "indices", "index -3 at [1]", "axis 0 of extent 2");
        Errors.Check<ArgumentOutOfRangeException>(() => _ = s_x.At[[2]], "indices", "index 2 at [0]");
        NDArray<bool> mask = [true, false, true];
        Errors.Check<ArgumentException>(() => _ = s_x[mask], "indices", "a mask of shape [3] for [2]", "axis 0 of shape [2, 3, 4]", "Where");
        Errors.Check<ArgumentException>(() => _ = s_x[(NDArray<bool>)true], "indices", "a mask of shape []");
        Errors.Check<ArgumentException>(() => _ = s_x[NDArray.Ones<bool>(2, 3), 0, 0], "indices", "one index per axis", "got 4", "rank 3");
        Errors.Check<ArgumentException>(() => _ = s_x[[0, 1], [0, 1, 2]], null, "index arrays", "[2]", "[3]");
        Errors.Check<ArgumentException>(() => _ = s_x.At[0].Set(NDArray.Zeros<int>(2)), null, "Set", "[2]", "[3, 4]");
        Errors.Check<ArgumentException>(() => _ = s_x.At[0, 0, 0].Add(NDArray.Zeros<int>(2)), "values", "Add", "of shape []", "got [2]");
        Errors.Check<ArgumentNullException>(() => _ = s_x[(NDArray<int>)null!], "positions");
    }

    private static void Expect(string shape, int[] elements, NDArray<int> actual)
    {
        Assert.Equal(shape, actual.Shape.ToString());
        Assert.Equal(elements, actual.ToArray());
    }

    /// <summary>What stands on an axis, and the positions it names there: of an array, one for each element of its shape.</summary>
    private sealed record Part(NDIndex Index, int[] Positions, int[]? Block);

    private sealed record Case(int[] Shape, Part[] Parts)
    {
        public NDIndex[] Indices => [.. Parts.Select(part => part.Index)];

        /// <summary>The result by its definition: a loop over the joint elements, and one over each slice.</summary>
        public (int[] Shape, int[] Elements) Pick()
        {
            var joint = Parts.Where(part => part.Block is not null).ToArray();
            var isArray = joint.Any(part => part.Block!.Length > 0);
            var arrays = joint.Select(part => part.Block!).Where(own => own.Length > 0).ToArray();
            int[] block = isArray ? [.. arrays[0].Select((_, i) => arrays.Max(own => own[i]))] : [];
            var jointAxes = Enumerable.Range(0, Parts.Length).Where(axis => Parts[axis].Block is not null).ToArray();
            var isTorn = isArray && jointAxes[^1] - jointAxes[0] + 1 != jointAxes.Length;
            var sliceAxes = Enumerable.Range(0, Parts.Length).Except(jointAxes).ToArray();
            var before = isTorn || jointAxes.Length == 0 ? 0 : jointAxes[0];
            int[] shape = [.. sliceAxes[..before].Select(Count), .. block, .. sliceAxes[before..].Select(Count)];
            var elements = new List<int>();
            var at = new int[shape.Length];
            for (var i = 0; i < shape.Aggregate(1, (a, b) => a * b); i++)
            {
                for (int axis = shape.Length - 1, rest = i; axis >= 0; rest /= shape[axis--])
                {
                    at[axis] = rest % shape[axis];
                }

                var element = 0;
                for (var axis = 0; axis < Parts.Length; axis++)
                {
                    element = (element * Shape[axis]) + Position(axis, at, sliceAxes, before, block);
                }

                elements.Add(element);
            }

            return (shape, [.. elements]);

            int Count(int axis) => Parts[axis].Positions.Length;
        }

        public override string ToString() => $"shape [{string.Join(", ", Shape)}], index [{string.Join(", ", Indices)}]";

        private int Position(int axis, int[] at, int[] sliceAxes, int before, int[] block)
        {
            var (part, place) = (Parts[axis], Array.IndexOf(sliceAxes, axis));
            if (place >= 0)
            {
                return part.Positions[at[place < before ? place : place + block.Length]];
            }

            var flat = 0;
            for (var i = 0; i < block.Length; i++)
            {
                var own = i - (block.Length - part.Block!.Length);
                flat = own < 0 ? flat : (flat * part.Block[own]) + (part.Block[own] == 1 ? 0 : at[before + i]);
            }

            var position = part.Positions[flat];
            return position < 0 ? position + Shape[axis] : position;
        }
    }

    private static Gen<Part> PartOf(int extent, int[] block)
    {
        var slices =
            from start in Gen.Choose(0, extent)
            from stop in Gen.Choose(start, extent)
            select new Part(start..stop, [.. Enumerable.Range(start, stop - start)], null);
        var whole = Gen.Constant(new Part(.., [.. Enumerable.Range(0, extent)], null));
        var positions = from position in Gen.Choose(0, extent - 1) select new Part(position, [position], []);
        var arrays =
            from ones in Gen.Choose(0, (1 << block.Length) - 1)
            let own = block.Select((length, i) => (ones >> i & 1) == 1 ? 1 : length).ToArray()
            from values in Gen.Choose(-extent, extent - 1).ArrayOf(own.Aggregate(1, (a, b) => a * b))
            select new Part(NDArray.Create<int>(values, own), values, own);
        return Gen.Frequency((2, slices), (2, whole), (1, positions), (3, arrays));
    }
}
