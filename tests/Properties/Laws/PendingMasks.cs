using System.Numerics;
using Grad.Functional;
using Properties.Framework;
using Properties.Generators;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Laws;

/// <summary>
/// The branch that Where does not take leaves no trace in derivatives, even where it is NaN or infinite: first and second derivative are
/// those of the branch taken, in both modes and all their mixtures.
/// </summary>
[Trait("Category", "Leg")]
public class PendingMasks
{
    // No derivative of a case goes through more operations, one behind the other.
    private const int Roundings = 64;

    public static TheoryData<string, bool> Names
    {
        get
        {
            var names = new TheoryData<string, bool>();
            foreach (var @case in PendingMaskCase<double>.All)
            {
                names.Add(@case.Name, false);
                names.Add(@case.Name, true);
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_are_those_of_the_branch_taken(string name, bool isFloat)
    {
        if (isFloat)
            Check(PendingMaskCase<float>.All.Single(@case => @case.Name == name));
        else
            Check(PendingMaskCase<double>.All.Single(@case => @case.Name == name));
    }

    [Fact]
    public void Orders_up_to_the_fourth()
    {
        NDArray<double> f(NDArray<double> x) => Where(x > 0.0, Sqrt(x), 0.0);
        Func<NDArray<double>, NDArray<double>> derivative = f;
        foreach (double expected in (double[])[0.25, -0.03125, 0.01171875, -0.00732421875])
        {
            var before = derivative;
            derivative = x => Ad.Grad(y => Sum(before(y)), x);
            Assert.Equal([0, expected, 0], derivative([0.0, 4.0, -1.0]).ToArray());
        }
    }

    [Property(Arbitrary = [typeof(Arbitraries)])]
    public void Masks_of_any_shape_sum_back_what_they_let_through(ShapePair shapes)
    {
        var x = Fill(shapes.First, 5, i => (i % 4) - 1.0);
        var mask = Fill(shapes.Second, 3, i => i % 2) > 0.0;
        var common = Shapes.Common(shapes.First, shapes.Second);
        NDArray<double> f(NDArray<double> v) => Where(mask & (v > 0.0), Sqrt(v) * Log(v), v * 3.0);

        // Which of the elements that x is stretched to take which branch, by numbers read out.
        bool[] taken = (BroadcastTo(mask, common) & (BroadcastTo(x, common) > 0.0)).ToArray();
        int[] source = BroadcastTo(Reshape(NDArray.Arange(x.Length), x.Shape), common).ToArray();
        double[] first = new double[x.Length], second = new double[x.Length], values = x.ToArray();
        for (int k = 0; k < taken.Length; k++)
        {
            double v = values[source[k]], root = Math.Sqrt(v);
            first[source[k]] += taken[k] ? (Math.Log(v) / (2 * root)) + (1 / root) : 3;
            second[source[k]] += taken[k] ? -Math.Log(v) / (4 * v * root) : 0;
        }

        Near<double>(first, Ad.Grad(v => Sum(f(v)), x), taken.Length);
        Near<double>(first, Ad.Jvp(v => Sum(f(v)), x, 1.0).Tangent, taken.Length, sum: true);
        Near<double>(second, Ad.HessianVectorProduct(v => Sum(f(v)), x, 1.0), taken.Length);
    }

    private static void Check<T>(PendingMaskCase<T> @case)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (f, x) = (@case.Function, NDArray.Create<T>(Array.ConvertAll(@case.Points, T.CreateChecked)));
        NDArray<T> reverse(NDArray<T> v) => Ad.Grad(y => Sum(f(y)), v);

        // Each element of a case keeps to itself, so that the tangent of ones is the diagonal.
        NDArray<T> forward(NDArray<T> v) => Ad.Jvp(f, v, T.One).Tangent;
        Near(@case.First, reverse(x));
        Near(@case.First, forward(x));
        Near(@case.First, Diagonal(Ad.Jacobian(f, x, JacobianMode.Forward)));
        Near(@case.First, Diagonal(Ad.Jacobian(f, x, JacobianMode.Reverse)));
        Near(@case.Second, Ad.Grad(v => Sum(reverse(v)), x));
        Near(@case.Second, Ad.Grad(v => Sum(forward(v)), x));
        Near(@case.Second, Ad.Jvp(reverse, x, T.One).Tangent);
        Near(@case.Second, Ad.Jvp(forward, x, T.One).Tangent);
        Near(@case.Second, Diagonal(Ad.Hessian(v => Sum(f(v)), x)));
    }

    /// <summary>The diagonal of a matrix, all of whose other elements are zeros.</summary>
    private static NDArray<T> Diagonal<T>(NDArray<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = matrix.Shape[0];
        var elements = matrix.ToArray();
        for (int i = 0; i < elements.Length; i++)
            Claim.That(i / n == i % n || T.IsZero(elements[i]), $"[{i / n}, {i % n}] is {elements[i]}.");
        return NDArray.Create<T>([.. Enumerable.Range(0, n).Select(i => elements[i * (n + 1)])]);
    }

    private static void Near<T>(double[] expected, NDArray<T> actual, int terms = 1, bool sum = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] x = Seeds.Doubles(actual), y = sum ? [expected.Sum()] : expected;
        double size = expected.Sum(Math.Abs);
        Assert.Equal(y.Length, x.Length);
        for (int i = 0; i < x.Length; i++)
        {
            double bound = Rounding.Bound<T>(Roundings + terms, sum || terms > 1 ? size : Math.Abs(y[i]));
            Claim.That(x[i].Equals(y[i]) || Math.Abs(x[i] - y[i]) <= bound, $"Element {i} is {x[i]:R}, expected {y[i]:R}.");
        }
    }

    private static NDArray<double> Fill(Shape shape, int step, Func<int, double> of) =>
        NDArray.Create<double>([.. Enumerable.Range(0, shape.ElementCount).Select(i => of(i * step))], shape);
}
