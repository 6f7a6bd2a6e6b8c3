using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Engine;

/// <summary>What is ready early waits for those that read it element by element, and functions of a repeated number are of that number.</summary>
public class LateOps
{
    [Fact]
    public void A_difference_waits_for_the_scale_that_it_is_divided_by()
    {
        NDArray<double> data = new RandomKey(1).Normal<double>(1000), mean = 0.1, scale = 0.2;
        var plan = Ad.Explain(
            (NDArray<double> m, NDArray<double> s) => Ad.ValueAndGrad((NDArray<double> m, NDArray<double> s) => Sum(Square((data - m) / Exp(s))), m, s), mean, scale);
        Assert.DoesNotContain("1 op over", plan.ToString(), StringComparison.Ordinal);
    }
}
