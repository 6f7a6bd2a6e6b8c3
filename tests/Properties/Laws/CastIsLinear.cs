using System.Numerics;
using Grad.Functional;
using Properties.Framework;
using Properties.Generators;
using Xunit;

namespace Properties.Laws;

/// <summary>
/// A change between float and double passes derivatives on, both ways and in both modes, and batches; a change to another type ends them.
/// </summary>
public class CastIsLinear
{
    [Property(Arbitrary = [typeof(Arbitraries)])]
    public void There_and_back(Shape shape)
    {
        Check<double, float>(shape);
        Check<float, double>(shape);
    }

    [Property(Arbitrary = [typeof(Arbitraries)])]
    public void Whole_numbers_and_masks_end_derivatives(Shape shape)
    {
        var x = Quarters<double>(shape);
        Assert.All(Ad.Grad(v => NDMath.Sum(v.Cast<int>().Cast<double>()), x).ToArray(), slope => Assert.Equal(0, slope));
        Assert.Equal((x != 0.0).Cast<double>().ToArray(), Ad.Grad(v => NDMath.Sum(v.Cast<bool>().Cast<double>() * v), x).ToArray());
    }

    private static void Check<T, TOther>(Shape shape)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOther : unmanaged, IFloatingPointIeee754<TOther>
    {
        // Binary fractions of few digits: exact in both types, so that every result is exact.
        var (x, t) = (Quarters<T>(shape), Quarters<T>(shape) * T.CreateChecked(0.5));
        NDArray<T> square(NDArray<T> v) => v.Cast<TOther>() is var other ? (other * other).Cast<T>() : v;
        Assert.Equal((x * 2).ToArray(), Ad.Grad(square, x, gradOutputs: T.One).ToArray());
        Assert.Equal((x * 2 * t).ToArray(), Ad.Jvp(square, x, t).Tangent.ToArray());
        Assert.Equal((t * 2).ToArray(), Ad.HessianVectorProduct(v => NDMath.Sum(square(v)), x, t).ToArray());

        var (variable, batch) = (Ad.Variable(x), NDMath.Stack<T>([x, t]));
        var (result, isBatched) = Replay.Batch([variable], [batch], [square(variable)], 2)[0];
        Assert.True(isBatched);
        Assert.Equal((batch * batch).ToArray(), ((NDArray<T>)result).ToArray());
    }

    private static NDArray<T> Quarters<T>(Shape shape)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        NDArray.Create<T>([.. Enumerable.Range(0, shape.ElementCount).Select(i => T.CreateChecked(((i * 5 % 7) - 3) / 4.0))], shape);
}
