using Grad.Functional;
using Xunit;

namespace Properties.Laws;

/// <summary>An inner derivative is with respect to its own input only, whatever else is being differentiated around it.</summary>
[Trait("Category", "Leg")]
public class PerturbationConfusion
{
    private delegate NDArray<double> Derivative(Func<NDArray<double>, NDArray<double>> f, NDArray<double> x);

    private static readonly Derivative[] s_modes =
    [
        (f, x) => Ad.Grad(f, x),
        (f, x) => Ad.Jvp(f, x, 1.0).Tangent,
        (f, x) => Ad.Vjp(f, x).Pullback(1.0),
        (f, x) => Ad.Linearize(f, x).Pushforward(1.0),
        (f, x) => Ad.Jacobian(f, x, JacobianMode.Forward),
        (f, x) => Ad.Jacobian(f, x, JacobianMode.Reverse),
    ];

    public static TheoryData<int, int> Modes
    {
        get
        {
            var modes = new TheoryData<int, int>();
            for (int outer = 0; outer < s_modes.Length; outer++)
            {
                for (int inner = 0; inner < s_modes.Length; inner++)
                    modes.Add(outer, inner);
            }

            return modes;
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_inner_input_is_not_the_outer_one(int outer, int inner)
    {
        Derivative d = s_modes[outer], e = s_modes[inner];
        Assert.Equal(1, (double)d(x => x * e(y => x + y, 1.0), 1.0));
        Assert.Equal(8, (double)d(x => x * e(y => x * y, 1.0), 4.0));

        // At the outer value itself, so that inner and outer input are equal numbers.
        Assert.Equal(12, (double)d(x => x * e(y => x * y, x), 6.0));
        Assert.Equal(3 * 6 * 6, (double)d(x => x * e(y => x * y * y, x) / 2, 6.0));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Three_deep(int outer, int inner)
    {
        Derivative d = s_modes[outer], e = s_modes[inner];

        // d/dx x · d/dy (y · d/dz (x y z)) = d/dx x · d/dy (x y²) = d/dx 2 x² y, at x = 3 and y = 2.
        Assert.Equal(24, (double)d(x => x * e(y => y * d(z => x * y * z, 5.0), 2.0), 3.0));
    }
}
