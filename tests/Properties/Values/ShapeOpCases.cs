using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Values;

/// <summary>The ops that move elements, against figures that NumPy and PyTorch give for the same calls.</summary>
public class ShapeOpCases
{
    private static readonly NDArray<int> s_x = Reshape(NDArray.Arange(6), 2, 3);

    [Fact]
    public void Take_puts_the_shape_of_the_indices_in_place_of_the_axis()
    {
        Expect("[2, 3]", [3, 4, 5, 0, 1, 2], Take(s_x, [1, 0]));
        Expect("[2, 2]", [2, 0, 5, 3], Take(s_x, [-1, 0], axis: 1));
        Expect("[2]", [1, 4], Take(s_x, 1, -1));
        Expect("[2, 2, 1]", [0, 2, 3, 5], Take(s_x, Reshape<int>([0, 2], 2, 1), 1));
        Expect("[0, 3]", [], Take(s_x, NDArray.Zeros<int>(0)));
    }

    [Fact]
    public void Gather_takes_along_an_axis()
    {
        Expect("[2, 2]", [2, 0, 4, 5], Gather(s_x, Reshape<int>([2, 0, 1, -1], 2, 2), 1));
        Expect("[2, 1]", [2, 5], Gather(s_x, Reshape<int>([2], 1, 1), 1));
        Expect("[1, 3]", [0, 4, 2], Gather(s_x, Reshape<int>([0, 1, 0], 1, 3), 0));
        var cube = Reshape(NDArray.Arange(12), 2, 3, 2);
        Expect("[2, 1, 2]", [4, 1, 6, 11], Gather(cube, Reshape<int>([2, 0, 0, 2], 2, 1, 2), 1));
    }

    [Fact]
    public void Scatter_and_ScatterAdd_write_along_an_axis()
    {
        var (indices, updates) = (Reshape<int>([2, 0, 2, 1, 1, -3], 2, 3), Reshape<int>([10, 20, 30, 40, 50, 60], 2, 3));
        Expect("[2, 3]", [20, 1, 30, 60, 50, 5], Scatter(s_x, indices, updates, 1));
        Expect("[2, 3]", [20, 1, 42, 63, 94, 5], ScatterAdd(s_x, indices, updates, 1));
        Expect("[2, 3]", [0, 1, 9, 9, 9, 5], Scatter(s_x, Reshape<int>([1, 1, 0], 1, 3), 9));
        Expect("[2, 3]", [0, 1, 11, 12, 13, 5], ScatterAdd(s_x, Reshape<int>([1, 1, 0], 1, 3), 9));
        Expect("[2, 3]", [0, 1, 2, 3, 4, 5], Scatter(s_x, NDArray.Zeros<int>(0, 3), 9));
        Expect("[2]", [0, 1], NDArray.Zeros<int>(2).At[[1, 1]].Set([5, 1]));
    }

    [Fact]
    public void Concatenate_and_Split_undo_each_other()
    {
        Expect("[3, 3]", [0, 1, 2, 3, 4, 5, 7, 8, 9], Concatenate([s_x, Reshape<int>([7, 8, 9], 1, 3)]));
        Expect("[2, 4]", [0, 1, 2, 7, 3, 4, 5, 8], Concatenate([s_x, Reshape<int>([7, 8], 2, 1)], -1));
        var parts = Split(s_x, 3, axis: 1);
        Expect("[2, 1]", [1, 4], parts[1]);
        Expect("[2, 3]", s_x.ToArray(), Concatenate(parts, 1));
        parts = Split(s_x, [1, 1], 1);
        Assert.Equal(["[2, 1]", "[2, 0]", "[2, 2]"], parts.Select(part => part.Shape.ToString()));
        Expect("[2, 3]", s_x.ToArray(), Concatenate(parts, 1));
        Assert.Same(s_x, Concatenate([s_x]));
    }

    [Fact]
    public void Pad_puts_values_around()
    {
        Expect("[5]", [0, 1, 2, 0, 0], Pad<int>([1, 2], 1, 2));
        Expect("[3, 4]", [9, 9, 9, 9, 0, 1, 2, 9, 3, 4, 5, 9], Pad(s_x, [1, 0], [0, 1], 9));
        Assert.Same(s_x, Pad(s_x, 0, 0));
        Assert.Equal([-0.0, double.NaN, -0.0], Pad<double>([double.NaN], 1, 1, -0.0).ToArray());
        Assert.True(double.IsNegative(Pad<double>([1.0], 1, 1, -0.0).ToArray()[0]));
        Assert.Equal([1.0, 1.0], Ad.Grad(v => Sum(Pad(v, 1, 1, 3.0)), [1.0, 2.0]).ToArray());
    }

    [Fact]
    public void Flip_and_Roll_turn_round()
    {
        Expect("[2, 3]", [3, 4, 5, 0, 1, 2], Flip(s_x, 0));
        Expect("[2, 3]", [5, 4, 3, 2, 1, 0], Flip(s_x, [0, -1]));
        Expect("[2, 3]", [2, 0, 1, 5, 3, 4], Roll(s_x, 1, 1));
        Expect("[2, 3]", [1, 2, 0, 4, 5, 3], Roll(s_x, -4, 1));
        Expect("[2, 3]", [3, 4, 5, 0, 1, 2], Roll(s_x, int.MaxValue));
        Assert.Same(s_x, Roll(s_x, int.MinValue));
        Expect("[0]", [], Roll(NDArray.Zeros<int>(0), 3));
    }

    [Fact]
    public void Triangles_and_diagonals()
    {
        Expect("[2, 3]", [0, 0, 0, 3, 4, 0], Tril(s_x));
        Expect("[2, 3]", [0, 1, 0, 3, 4, 5], Tril(s_x, 1));
        Expect("[2, 3]", [0, 1, 2, 0, 4, 5], Triu(s_x));
        Expect("[2, 3]", [0, 1, 2, 3, 4, 5], Triu(s_x, int.MinValue));
        Expect("[2, 3]", [0, 0, 0, 0, 0, 0], Triu(s_x, int.MaxValue));
        Expect("[2]", [0, 4], Diagonal(s_x));
        Expect("[1]", [2], Diagonal(s_x, 2));
        Expect("[1]", [3], Diagonal(s_x, -1));
        Expect("[0]", [], Diagonal(s_x, 3));
        Expect("[2, 2]", [0, 4, 6, 10], Diagonal(Reshape(NDArray.Arange(12), 2, 2, 3)));
        Expect("[2, 2]", [7, 0, 0, 8], Diag<int>([7, 8]));
        Expect("[3, 3]", [0, 7, 0, 0, 0, 8, 0, 0, 0], Diag<int>([7, 8], 1));
        Expect("[3, 3]", [0, 0, 0, 7, 0, 0, 0, 8, 0], Diag<int>([7, 8], -1));
        Expect("[2, 2, 2]", [1, 0, 0, 2, 3, 0, 0, 4], Diag(Reshape<int>([1, 2, 3, 4], 2, 2)));
        var holes = Reshape<double>([1, double.NaN, 3, double.PositiveInfinity], 2, 2);
        Assert.Equal([0, 0, 3, 0], Tril(holes, -1).ToArray());

        // Exactly zero where 0/0 is masked; elsewhere a product joins a sum in one rounding, which may leave the last place.
        var masked = Ad.Grad(v => Sum(Tril(v * v / (v + v))) * 2.0, Reshape<double>([1, 0, 3, 4], 2, 2)).ToArray();
        Assert.Equal(0, masked[1]);
        Assert.Equal([1.0, 0, 1, 1], masked, (x, y) => Math.Abs(x - y) <= 2.3e-16);
    }

    [Fact]
    public void OneHot_has_a_row_for_each_index()
    {
        Assert.Equal([0.0, 0, 1, 1, 0, 0], OneHot<double>([2, 0], 3).ToArray());
        Expect("[2, 1, 2]", [1, 0, 0, 1], OneHot<int>(Reshape<int>([0, 1], 2, 1), 2));
        Assert.Equal([true, false], OneHot<bool>(0, 2).ToArray());
        Assert.Equal([0.0, 0], Ad.Grad(v => Sum(OneHot<double>(v.Cast<int>(), 4)), [1.0, 2.0]).ToArray());
    }

    [Fact]
    public void Tile_and_Repeat_copy()
    {
        Expect("[4, 3]", [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5], Tile(s_x, 2, 1));
        Expect("[2, 6]", [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5], Tile(s_x, 2));
        Expect("[2, 2]", [7, 8, 7, 8], Tile<int>([7, 8], 2, 1));
        Expect("[2, 6]", [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5], Repeat(s_x, 2, 1));
        Expect("[4, 3]", [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5], Repeat(s_x, 2));
        Expect("[0, 3]", [], Repeat(s_x, 0));
        Assert.Equal([3.0, 3], Ad.Grad(v => Sum(Repeat(v, 3)), [1.0, 2.0]).ToArray());
    }

    /// <summary>Index ops of several arrays at once are those of each alone.</summary>
    [Fact]
    public void Batches_of_index_arrays_are_loops()
    {
        var (i, j) = (Reshape<int>([0, 1, 1, 0, -1, 0], 3, 2), Reshape<int>([2, 2, 0, -3, 1, 0], 3, 2));
        Loop((rows, columns) => s_x[rows, columns]);
        Loop((rows, columns) => s_x[rows, 1] + s_x[0, columns]);
        Loop((rows, _) => OneHot<int>(rows * rows, 2));
        Loop((rows, columns) => s_x.At[rows, columns].Set(columns));
        Loop((rows, columns) => s_x.At[.., columns].Add(rows));
        Loop((rows, columns) => s_x.At[rows].Set(ExpandDims(columns, 1)));

        void Loop(Func<NDArray<int>, NDArray<int>, NDArray<int>> f)
        {
            var leaf = VariableOp.Instance;
            NDArray<int>[] leaves = [(NDArray<int>)i[0].MakeLeaf(leaf, 0, false), (NDArray<int>)j[0].MakeLeaf(leaf, 0, false)];
            foreach (var (ofI, ofJ) in ((bool, bool)[])[(true, true), (true, false), (false, true)])
            {
                var result = (Node)f(ofI ? leaves[0] : i[0], ofJ ? leaves[1] : j[0]);
                Node[] from = [.. ofI ? leaves[..1] : [], .. ofJ ? leaves[1..] : []], to = [.. ofI ? (Node[])[i] : [], .. ofJ ? (Node[])[j] : []];
                var (batch, isBatched) = Replay.Batch(from, to, [result], 3)[0];
                int[] loop = [.. Enumerable.Range(0, 3).SelectMany(k => f(i[ofI ? k : 0], j[ofJ ? k : 0]).ToArray())];
                Assert.Equal(isBatched ? loop : f(i[0], j[0]).ToArray(), ((NDArray<int>)batch).ToArray());
            }
        }
    }

    [Fact]
    public void Axes_of_a_shape_op_in_a_Jacobian()
    {
        NDArray<double> x = [1.0, 2.0, 3.0];
        foreach (var mode in (JacobianMode[])[JacobianMode.Forward, JacobianMode.Reverse])
        {
            Assert.Equal([0.0, 0, 1, 1, 0, 0, 0, 1, 0], Ad.Jacobian(v => Roll(v, 1), x, mode).ToArray());
            Assert.Equal([0.0, 0, 1, 1, 0, 0], Ad.Jacobian(v => v[[2, 0]], x, mode).ToArray());
            Assert.Equal([1.0, 0, 0, 0, 0, 0, 0, 0, 1], Ad.Jacobian(v => v.At[1].Set(7.0), x, mode).ToArray());
            Assert.Equal([1.0, 0, 0, 0, 0, 0, 0, 0, 1], Ad.Jacobian(v => v.At[v == 2.0].Set(7.0), x, mode).ToArray());
        }
    }

    private static void Expect(string shape, int[] elements, NDArray<int> actual)
    {
        Assert.Equal(shape, actual.Shape.ToString());
        Assert.Equal(elements, actual.ToArray());
    }
}
