using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Laws;

/// <summary>
/// A derivative that is the sum of two products has both of them rounded: so it is the same in either order, and zero where one is the negative of the
/// other. A product that joins a sum is multiplied and added at once.
/// </summary>
[Trait("Category", "Leg")]
public class ProductsMeet
{
    private static readonly NDArray<double> s_x = new RandomKey(3).Uniform<double>(100) + 0.5;
    private static readonly NDArray<double> s_y = new RandomKey(4).Uniform<double>(100) + 0.5;

    [Fact]
    public void Two_of_them_that_cancel_leave_zero()
    {
        var grad = Ad.Grad(x => Sum((Sin(x) * s_y) - (Sin(x) * s_y)), s_x);
        Assert.All(grad.ToArray(), element => Assert.Equal(0, element));
        var tangent = Ad.Jvp(x => (Sin(x) * s_y) - (Sin(x) * s_y), s_x, s_y).Tangent;
        Assert.All(tangent.ToArray(), element => Assert.Equal(0, element));
    }

    [Fact]
    public void Two_of_them_are_the_same_in_either_order()
    {
        var one = Ad.Grad(x => Sum((Sin(x) * s_y) + (Exp(x) * s_x)), s_x);
        var other = Ad.Grad(x => Sum((Exp(x) * s_x) + (Sin(x) * s_y)), s_x);
        Assert.Equal(one.ToArray(), other.ToArray());
    }

    [Fact]
    public void One_that_joins_a_sum_is_rounded_as_products_of_matrices_are()
    {
        // The cotangents of x in reverse order: 1 of the last term, 1 of the one before, then cos(x)·y.
        var grad = Ad.Grad(x => Sum((Sin(x) * s_y) + x + x), s_x);
        var expected = MultiplyAddOp.Instance.Apply([s_y, Cos(s_x), NDArray.Full(2.0, s_x.Shape)]);
        Assert.Equal(((NDArray<double>)expected).ToArray(), grad.ToArray());
        Assert.Equal(grad.ToArray(), Ad.Compile((NDArray<double> v) => Ad.Grad(x => Sum((Sin(x) * s_y) + x + x), v)).Invoke(s_x).ToArray());
    }
}
