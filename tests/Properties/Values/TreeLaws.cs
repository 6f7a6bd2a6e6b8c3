using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Properties.Framework;
using Xunit;

namespace Properties.Values;

/// <summary>Taking a tree apart and putting it together again gives an equal tree of the same type, whatever it is made of.</summary>
public class TreeLaws
{
    private static readonly NDArray<double> X = [1, 2], Y = [3];
    private static readonly NDArray<float> F = [4, 5];

    public static TheoryData<object, int> Trees => new()
    {
        { X, 1 },
        { new[] { X, Y }, 2 },
        { Array.Empty<NDArray<double>>(), 0 },
        { new List<NDArray<double>> { X, Y, X }, 3 },
        { ValueTuple.Create(X), 1 },
        { (w: X, b: Y), 2 },
        { (X, (Y, F)), 3 },
        { (X, Y, F, X, Y, F, X), 7 },
        { (X, Y, F, X, Y, F, X, Y), 8 },
        { (X, Y, F, X, Y, F, X, (Y, F), X), 10 },
        { (X, Y, F, X, Y, F, X, Y, F, X, Y, F, X, Y, F, X, Y), 17 },
        { new[] { (X, F), (Y, F) }, 4 },
        { new List<(NDArray<double>, NDArray<float>[])> { (X, [F, F]), (Y, []) }, 4 },
        { new Model(X, new Layer(F, 3)), 2 },
        { (new Model(X, new Layer(F, 1)), new[] { new Layer(F, 2) }), 3 },
        { default(ValueTuple), 0 },
    };

    [Theory]
    [MemberData(nameof(Trees))]
    public void Rebuilding_from_the_leaves_gives_the_tree(object tree, int count)
    {
        var leaves = Tree.Flatten(tree, "x");
        var again = Tree.Rebuild(tree, leaves.ToArray());
        Assert.Equal(count, leaves.Count);
        Assert.Equal(tree.GetType(), again.GetType());
        Assert.Equal(leaves, Tree.Flatten(again, "x"));
        Assert.Equal(tree, again);
    }

    [Property]
    public Property Random_nests_come_back() => Prop.ForAll(Nests(3).ToArbitrary(), tree =>
    {
        var leaves = Tree.Flatten(tree, "x");
        Node[] doubled = [.. leaves.Select(leaf => (NDArray<double>)leaf * 2)];
        Assert.Equal(Tree.Flatten(tree, "x"), Tree.Flatten(Tree.Rebuild(tree, leaves.ToArray()), "x"));
        Assert.Equal(doubled, Tree.Flatten(Tree.Rebuild(tree, doubled), "x"));
    });

    [Fact]
    public void A_rebuilt_tree_is_a_new_one()
    {
        NDArray<double>[] array = [X, Y];
        var list = new List<NDArray<double>[]> { array };
        var again = Tree.Rebuild(list, [Y, X]);
        Assert.Equal([Y, X], again[0]);
        Assert.Equal([X, Y], array);
        Assert.NotSame(list, again);
    }

    [Fact]
    public void Everything_but_the_arrays_is_kept()
    {
        var again = Tree.Rebuild(new Model(X, new Layer(F, 7)), [Y, F]);
        Assert.Equal(new Model(Y, new Layer(F, 7)), again);
    }

    [Fact]
    public void Gradients_come_back_as_the_tree()
    {
        var (gw, rest) = Ad.Grad(p => NDMath.Sum(p.w * p.w) * p.rest[0], (w: X, rest: new List<NDArray<double>> { 3.0 }));
        Assert.Equal([6, 12], gw.ToArray());
        Assert.Equal(5, Assert.Single(rest).ToScalar());
    }

    [Fact]
    public void What_cannot_be_a_leaf_is_named()
    {
        Refused("text", "x", "the value is of type String", "IArrayTree", "capture");
        Refused((X, "text"), "x", "Item2 is of type String");
        Refused((w: X, b: (Y, 0.5)), "x", "Item2.Item2 is of type Double");
        Refused((X, Y, F, X, Y, F, X, Y, 3), "x", "Item9 is of type Int32");
        Refused(new object[] { X, new List<object> { Y, 'c' } }, "x", "[1][1] is of type Char");
        Refused(new[] { (X, (NDArray<double>?)null) }, "x", "[0].Item2 is null");
        Refused(new double[] { 1, 2 }, "x", "[0] is of type Double");
        Refused(new NDArray<double>[1, 1], "x", "the value is of type NDArray<Double>[,]");
        Refused(new Dictionary<string, NDArray<double>> { ["a"] = X }, "x", "the value is of type Dictionary<String, NDArray<Double>>");
        Refused(Tuple.Create(X, Y), "x", "the value is of type Tuple<NDArray<Double>, NDArray<Double>>");
        Errors.Check<ArgumentNullException>(() => Tree.Flatten<NDArray<double>[]>(null!, "x"), "x");
        Errors.Check<ArgumentNullException>(() => Tree.Flatten(new Layer(null!, 1), "x"), "leaf");
    }

    [Fact]
    public void A_tree_that_reads_otherwise_than_it_writes_is_told()
    {
        Errors.Check<InvalidOperationException>(() => Tree.Rebuild(new Liar(2), [X]), null, "more arrays than the 1");
        Errors.Check<InvalidOperationException>(() => Tree.Rebuild(new Liar(0), [X]), null, "Liar read 0 of the 1 arrays");
        Errors.Check<InvalidOperationException>(() => Tree.Rebuild(new Liar(1), [F]), null, "<Double> as array 1", "NDArray<Single>");
    }

    private static void Refused<TTree>(TTree tree, string parameter, params string[] parts) =>
        Errors.Check<ArgumentException>(() => Tree.Flatten(tree, parameter), parameter, parts);

    private static Gen<object> Nests(int depth)
    {
        var leaf = Gen.Choose(0, 9).Select(value => (object)(NDArray<double>)value);
        if (depth == 0)
        {
            return leaf;
        }

        var below = Nests(depth - 1);
        return Gen.OneOf(
            leaf,
            below.ArrayOf().Select(items => (object)items),
            below.ListOf().Select(items => (object)new List<object>(items)),
            from a in below from b in below select (object)(a, b),
            from a in below from b in below from c in below select (object)(a, (b, c)));
    }

    private sealed record Model(NDArray<double> Weight, Layer Layer) : IArrayTree
    {
        void IArrayTree.Flatten(ITreeWriter writer)
        {
            writer.Add(Weight);
            Layer.Flatten(writer);
        }

        object IArrayTree.Rebuild(ITreeReader reader) => new Model(reader.Next<double>(), (Layer)Layer.Rebuild(reader));
    }

    private readonly record struct Layer(NDArray<float> Bias, int Units) : IArrayTree
    {
        public void Flatten(ITreeWriter writer) => writer.Add(Bias);

        public object Rebuild(ITreeReader reader) => this with { Bias = reader.Next<float>() };
    }

    private sealed record Liar(int Reads) : IArrayTree
    {
        void IArrayTree.Flatten(ITreeWriter writer) => writer.Add(X);

        object IArrayTree.Rebuild(ITreeReader reader)
        {
            for (var i = 0; i < Reads; i++)
            {
                reader.Next<double>();
            }

            return this;
        }
    }
}
