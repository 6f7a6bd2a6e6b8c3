using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Values;

/// <summary>Products by NumPy's rules for ranks, against figures by hand and plain loops.</summary>
public class MatMulCases
{
    private static readonly NDArray<double> s_a = new double[,] { { 1, 2, 3 }, { 4, 5, 6 } };
    private static readonly NDArray<double> s_v = [1.0, 0.5, -1.0];

    [Fact]
    public void Figures_by_hand()
    {
        Assert.Equal([14.0, 32, 32, 77], s_a.MatMul(s_a.T).ToArray());
        Assert.Equal([-1.0, 0.5], s_a.MatMul(s_v).ToArray());
        Assert.Equal([9.0, 12, 15], MatMul([1.0, 2.0], s_a).ToArray());
        Assert.Equal(2.25, (double)s_v.Dot(s_v));
        Assert.Equal(2.25, (double)MatMul(s_v, s_v));
        Assert.Equal([2.0, 4, 6, 3, 6, 9], Outer([2.0, 3.0], [1.0, 2.0, 3.0]).ToArray());
        Assert.Equal([4, 2], Outer(NDArray.Ones<int>(2, 2), NDArray.Ones<int>(2)).Shape.AsSpan().ToArray());
    }

    [Theory]
    [InlineData("3", "3", "")]
    [InlineData("3", "3,4", "4")]
    [InlineData("2,3", "3", "2")]
    [InlineData("2,3", "3,4", "2,4")]
    [InlineData("5,2,3", "3,4", "5,2,4")]
    [InlineData("2,3", "5,3,4", "5,2,4")]
    [InlineData("3", "5,3,4", "5,4")]
    [InlineData("5,2,3", "3", "5,2")]
    [InlineData("2,3", "5,3,1", "5,2,1")]
    [InlineData("5,1,2,3", "4,3,2", "5,4,2,2")]
    [InlineData("1,4,1,3", "5,1,3,1", "5,4,1,1")]
    [InlineData("2,0", "0,3", "2,3")]
    [InlineData("0,3", "3,2", "0,2")]
    [InlineData("4,0,3", "3,2", "4,0,2")]
    [InlineData("0,2,3", "3,2", "0,2,2")]
    public void Ranks_follow_numpy_and_elements_are_sums(string x, string y, string expected)
    {
        var (left, right) = (Draw(Parse(x)), Draw(Parse(y)));
        var product = MatMul(left, right);
        Assert.Equal(Parse(expected), product.Shape.AsSpan().ToArray());
        Assert.Equal(Parse(expected), MatMul(left.Cast<long>(), right.Cast<long>()).Shape.AsSpan().ToArray());

        // As a sum of elementwise products, which are exact.
        var a = left.Rank == 1 ? Reshape(left, 1, left.Length, 1) : ExpandDims(left, -1);
        var b = right.Rank == 1 ? Reshape(right, 1, right.Length, 1) : ExpandDims(right, -3);
        var sums = Reshape(Sum(a * b, -2), Parse(expected));
        Assert.Equal(sums.ToArray(), product.ToArray());
        Assert.Equal(sums.Cast<int>().ToArray(), MatMul(left.Cast<int>(), right.Cast<int>()).ToArray());
        Assert.Equal(sums.ToArray(), MatMul(left.Cast<float>(), right.Cast<float>()).Cast<double>().ToArray());

        // And its gradient as that of the sum.
        NDArray<double> weights = Draw(Parse(expected));
        Assert.Equal(
            Ad.Grad(v => Sum(Reshape(Sum(Reshape(v, a.Shape) * b, -2), Parse(expected)) * weights), left).ToArray(),
            Ad.Grad(v => Sum(MatMul(v, right) * weights), left).ToArray());
        Assert.Equal(
            Ad.Grad(v => Sum(Reshape(Sum(a * Reshape(v, b.Shape), -2), Parse(expected)) * weights), right).ToArray(),
            Ad.Grad(v => Sum(MatMul(left, v) * weights), right).ToArray());
    }

    [Fact]
    public void Whole_numbers_wrap()
    {
        NDArray<int> x = [int.MaxValue, 2];
        Assert.Equal(unchecked(int.MaxValue * int.MaxValue + 4), Dot(x, x).ToScalar());
        Assert.Equal(unchecked(int.MaxValue * int.MaxValue + 4), MatMul(Reshape(x, 1, 2), Reshape(x, 2, 1)).ToScalar());
    }

    [Fact]
    public void Weights_that_a_batch_shares_are_not_repeated()
    {
        NDArray<double> x = NDArray.Ones<double>(6, 4, 3), w = NDArray.Ones<double>(3, 2);
        var gradient = Ad.Grad(v => Sum(MatMul(x, v)), Ad.Variable(w));
        Assert.Equal([24.0, 24, 24, 24, 24, 24], gradient.ToArray());
        var variable = Ad.Variable(w);
        var product = MatMul(x, variable);
        Assert.IsType<ReshapeOp>(product.Op);
        Assert.Equal([24, 2], product.Operand(0).Shape.AsSpan().ToArray());
    }

    [Fact]
    public void Operands_that_repeat_their_elements_are_read_as_they_are()
    {
        NDArray<double> column = new double[,] { { 1 }, { 2 } }, number = 3.0;
        var wide = Ad.Grad(v => Sum(MatMul(BroadcastTo(v, 2, 3), BroadcastTo(number, 3, 2))), column);
        Assert.Equal([18.0, 18.0], wide.ToArray());
        Assert.Equal(18.0, Ad.Grad(v => Dot(BroadcastTo(v, 3), BroadcastTo(v, 3)), 3.0));
    }

    private static int[] Parse(string shape) => [.. shape.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    private static NDArray<double> Draw(int[] shape)
    {
        var random = new Random(shape.Length);
        return NDArray.Create<double>([.. Enumerable.Range(0, Shape.Create(shape).ElementCount).Select(_ => (double)random.Next(-9, 10))], shape);
    }
}
