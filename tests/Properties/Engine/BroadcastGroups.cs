using System.Numerics;
using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Engine;

/// <summary>Groups that read operands which repeat along some axes: rows shorter and longer than a vector, over several tiles, have the bits of direct execution.</summary>
[Trait("Category", "Leg")]
public class BroadcastGroups
{
    private static readonly int[] s_extents = [1, 2, 3, 4, 7, 8, 9, 16, 33, 300];

    [Fact]
    public void In_double() => Check<double>();

    [Fact]
    public void In_float() => Check<float>();

    [Fact]
    public void A_batch_is_not_taken_apart_for_what_has_no_rows()
    {
        var target = new RandomKey(1).Uniform<double>(100, 6);
        string text = Ad.Explain(Ad.ValueAndGrad(x => Sum(Square(LogSumExp(2.5 * x, axis: 1) - target))), new RandomKey(2).Normal<double>(100, 20, 6)).ToString();
        Assert.DoesNotContain("Interleave", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_that_is_the_same_for_all_samples_is_a_single_number()
    {
        var (one, none) = (NDArray.Ones<double>(100), NDArray.Zeros<double>(100));
        string text = Ad.Explain(
            p => Sum(MatMul(Stack([Cos(p[.., 0]), one, none, Sin(p[.., 1])], axis: 1).Reshape(100, 2, 2), p.Reshape(100, 2, 1))),
            new RandomKey(1).Uniform<double>(100, 2)).ToString();
        Assert.DoesNotContain("constant Double [100]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_chains_are_one_group()
    {
        string text = Ad.Explain(
            x =>
            {
                var y = x;
                for (int i = 0; i < 100; i++)
                    y = Sin(y) * x;
                return y;
            },
            NDArray.Ones<double>(1000)).ToString();
        Assert.Contains("1. 200 ops over 1,000 elements", text, StringComparison.Ordinal);
    }

    // Two branches that read one value are one choice in its cotangent.
    [Fact]
    public void Opposite_masks_meet_in_one_choice()
    {
        Func<NDArray<double>, NDArray<double>> f = x => Where(x > 0.5, 3.0 * Square(x), Sqrt(x));
        NDArray<double> x = [0.0, 0.25, 0.5, 1.0, -1.0];
        string text = Ad.Trace(Ad.Grad<double>(v => Sum(f(v))), x).ToString();
        Assert.Equal(1, text.Split("Where").Length - 1);
        double[] gradient = Ad.Grad(v => Sum(Where(v > 0.5, 3.0 * Square(v), Where(v > 0.0, Sqrt(v), 0.0))), x).ToArray();
        Assert.Equal([0, 1, 0.5 / Math.Sqrt(0.5), 6, 0], gradient);
    }

    private static void Check<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (int rows in s_extents)
        {
            foreach (int row in s_extents)
            {
                NDArray<T> x = Draw<T>(1, 5, rows, row), alongRows = Draw<T>(2, 5, 1, row), acrossRows = Draw<T>(3, 5, rows, 1), still = Draw<T>(4, 1, rows, row);
                NDArray<T> f(NDArray<T> a, NDArray<T> b, NDArray<T> c) => ((a * b) + c) * (still - (b * c));
                string direct = NodeBits.Of(f(x, alongRows, acrossRows));
                string compiled = NodeBits.Of(Ad.Compile<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>>(f).Invoke(x, alongRows, acrossRows));
                Assert.True(direct == compiled, $"[5, {rows}, {row}]: {direct} but {compiled}");
            }
        }
    }

    private static NDArray<T> Draw<T>(ulong key, params ReadOnlySpan<int> shape) where T : unmanaged, IFloatingPointIeee754<T> =>
        ((new RandomKey(key).Uniform<double>(shape) * 4) - 2).Cast<T>();

    [Fact]
    public void An_element_of_an_array_beside_a_group_is_one_number_for_all()
    {
        NDArray<double> x = [1, 2, -1], y = NDArray.Create<double>([3, -1, 3, 4, 4, 0], [2, 3, 1]), z = [-1, -1];
        static NDArray<double> F(NDArray<double> x, NDArray<double> y, NDArray<double> z) => Sum(Where(0.0 < x, x + y, z[0])) + Sum(z * z);
        var compiled = Ad.Compile((NDArray<double> a, NDArray<double> b, NDArray<double> c) => Ad.ValueAndGrad(F, a, b, c));
        for (var call = 0; call < 3; call++)
        {
            Assert.Equal((double)F(x, y, z), (double)compiled.Invoke(x, y, z).Value);
        }
    }
}
