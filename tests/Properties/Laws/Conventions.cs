using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Laws;

/// <summary>
/// What derivatives are where there is none, or none that is finite: the published table, a column for each order. Every row holds in both
/// modes and all their mixtures, and beside a regular element the zeros of Jacobians and Hessians stay zeros.
/// </summary>
[Trait("Category", "Leg")]
public class Conventions
{
    private const double Infinity = double.PositiveInfinity;

    // Function, singular point, first derivative, second derivative.
    private static readonly Dictionary<string, (Func<NDArray<double>, NDArray<double>> F, double X, double First, double Second)> s_table
        = new()
        {
            ["relu at 0"] = (Relu, 0, 0, 0),
            ["relu at −0"] = (Relu, -0.0, 0, 0),
            ["abs at 0"] = (Abs, 0, 0, 0),
            ["truncate at 0"] = (Truncate, 0, 0, 0),
            ["floor at a step"] = (Floor, 3, 0, 0),
            ["ceiling at a step"] = (Ceiling, -3, 0, 0),
            ["round at a step"] = (Round, 2.5, 0, 0),
            ["truncate at a step"] = (Truncate, 3, 0, 0),
            ["maximum, a tie with a constant"] = (x => Maximum(x, 1.0), 1, 0.5, 0),
            ["minimum, a tie with a constant"] = (x => Minimum(1.0, x), 1, 0.5, 0),
            ["maximum of a value and itself"] = (x => Maximum(x, x), 2, 1, 0),
            ["maximum, a tie of functions"] = (x => Maximum(x, x * x), 1, 1.5, 1),
            ["minimum, a tie of functions"] = (x => Minimum(x, x * x), 1, 1.5, 1),
            ["maximum of zeros of either sign"] = (x => Maximum(x, -0.0), 0, 0.5, 0),
            ["clamp at its lower bound"] = (x => Clamp(x, 0.0, 1.0), 0, 0, 0),
            ["clamp at its upper bound"] = (x => Clamp(x, 0.0, 1.0), 1, 0, 0),
            ["clamp between arrays, at a bound"] = (x => Clamp(x, NDArray.Full(0.0), NDArray.Full(1.0)), 1, 0.5, 0),
            ["the bound of a clamp, met"] = (x => Clamp(NDArray.Full(1.0), NDArray.Full(0.0), x), 1, 0.5, 0),
            ["sqrt at 0"] = (Sqrt, 0, Infinity, -Infinity),
            ["log at 0"] = (Log, 0, Infinity, -Infinity),
            ["log1p at −1"] = (LogP1, -1, Infinity, -Infinity),
            ["asin at 1"] = (Asin, 1, Infinity, Infinity),
            ["asin at −1"] = (Asin, -1, Infinity, -Infinity),
            ["acos at 1"] = (Acos, 1, -Infinity, -Infinity),
            ["acos at −1"] = (Acos, -1, -Infinity, Infinity),
            ["atan2 at the origin, its ordinate"] = (x => Atan2(x, 0.0), 0, 0, 0),
            ["atan2 at the origin, its abscissa"] = (x => Atan2(0.0, x), 0, 0, 0),
            ["atan2 at the origin, both"] = (x => Atan2(x, x * x), 0, 0, 0),
            ["atan2 on its cut"] = (x => Atan2(x, -1.0), 0, -1, 0),
            ["hypot at the origin, one operand"] = (x => Hypot(x, 0.0), 0, 0, 0),
            ["hypot at the origin, both"] = (x => Hypot(x, 2 * x), 0, 0, 0),
            ["gelu at −∞"] = (Gelu, -Infinity, 0, 0),
            ["gelu at ∞"] = (Gelu, Infinity, 1, 0),
            ["reciprocal at 0"] = (Reciprocal, 0, -Infinity, Infinity),
            ["power 0 at 0"] = (x => Pow(x, 0.0), 0, 0, 0),
            ["power ½ at 0"] = (x => Pow(x, 0.5), 0, Infinity, -Infinity),
            ["power 1 at 0"] = (x => Pow(x, 1.0), 0, 1, 0),
            ["power 1½ at 0"] = (x => Pow(x, 1.5), 0, 0, Infinity),
            ["power 2 at 0"] = (x => Pow(x, 2.0), 0, 0, 2),
            ["power 3 at 0"] = (x => Pow(x, 3.0), 0, 0, 0),
            ["power −1 at 0"] = (x => Pow(x, -1.0), 0, -Infinity, Infinity),
            ["power of arrays, 0 to the 0, along x"] = (x => Pow(x, NDArray.Full(0.0)), 0, 0, 0),
            ["power of arrays, ½ at 0, along x"] = (x => Pow(x, NDArray.Full(0.5)), 0, Infinity, -Infinity),
            ["power of arrays, 1 at 0, along x"] = (x => Pow(x, NDArray.Full(1.0)), 0, 1, 0),
            ["power of arrays, 1½ at 0, along x"] = (x => Pow(x, NDArray.Full(1.5)), 0, 0, Infinity),
            ["power of arrays, 2 at 0, along x"] = (x => Pow(x, NDArray.Full(2.0)), 0, 0, 2),
            ["power of arrays, −1 at 0, along x"] = (x => Pow(x, NDArray.Full(-1.0)), 0, -Infinity, Infinity),
            ["power of arrays, 2 at −3, along x"] = (x => Pow(x, NDArray.Full(2.0)), -3, -6, 2),
            ["power of 0, along an exponent of 0"] = (y => Pow(NDArray.Full(0.0), y), 0, 0, 0),
            ["power of 0, along an exponent of 1"] = (y => Pow(NDArray.Full(0.0), y), 1, 0, 0),
            ["power of 0, along an exponent of 2"] = (y => Pow(NDArray.Full(0.0), y), 2, 0, 0),
            ["power of 0, along an exponent below 0"] = (y => Pow(NDArray.Full(0.0), y), -1, 0, 0),
            ["cube root at 0"] = (Cbrt, 0, Infinity, double.NaN),
            ["log2 at 0"] = (Log2, 0, Infinity, -Infinity),
            ["log10 at 0"] = (Log10, 0, Infinity, -Infinity),
            ["sinh at 0"] = (Sinh, 0, 1, 0),
            ["cosh at 0"] = (Cosh, 0, 0, 1),
            ["log sigmoid at 0"] = (LogSigmoid, 0, 0.5, -0.25),
            ["silu at 0"] = (Silu, 0, 0.5, 0.5),
            ["elu at 0"] = (Elu, 0, 1, 1),
            ["elu at 0, alpha 2"] = (x => Elu(x, 2), 0, 2, 2),
            ["leaky relu at 0"] = (LeakyRelu, 0, 0.01, 0),
            ["leaky relu at 0, slope ¼"] = (x => LeakyRelu(x, 0.25), 0, 0.25, 0),
            ["remainder at a step, its dividend"] = (x => x % 2.0, 4, 1, 0),
            ["remainder at a step, its divisor"] = (x => 4.0 % x, 2, -2, 0),
            ["normal log-cdf at −∞"] = (NormalLogCdf, -Infinity, Infinity, double.NaN),
            ["normal log-cdf far left"] = (NormalLogCdf, -1e20, 1e20, 0),
            ["normal log-cdf at ∞"] = (NormalLogCdf, Infinity, 0, double.NaN),
            ["inverse of erf at 1"] = (ErfInverse, 1, Infinity, double.NaN),
            ["inverse of erf at −1"] = (ErfInverse, -1, Infinity, double.NaN),
            ["inverse of erfc at 0"] = (ErfcInverse, 0, -Infinity, double.NaN),
            ["inverse of erfc at 2"] = (ErfcInverse, 2, -Infinity, double.NaN),
            ["normal quantile at 0"] = (NormalQuantile, 0, Infinity, double.NaN),
            ["normal quantile at 1"] = (NormalQuantile, 1, Infinity, double.NaN),
            ["log-gamma at 0"] = (LogGamma, 0, -Infinity, Infinity),
            ["log-gamma at −0"] = (LogGamma, -0.0, Infinity, Infinity),
            ["log-gamma at a pole"] = (LogGamma, -2, double.NaN, Infinity),
            ["log-gamma at ∞"] = (LogGamma, Infinity, Infinity, 0),
            ["digamma at 0"] = (Digamma, 0, Infinity, -Infinity),
            ["digamma at a pole"] = (Digamma, -2, Infinity, double.NaN),
            ["trigamma at 0"] = (x => Polygamma(1, x), 0, -Infinity, Infinity),
            ["softplus at 0"] = (Softplus, 0, 0.5, 0.25),
            ["sqrt of 0 among elements taken twice"] = (x => Sqrt(x)[[0, 1, 0]][..2], 0, Infinity, -Infinity),
            ["sqrt of 0, not taken"] = (x => Stack<double>([0.0 * x[0], Sum(Sqrt(x)[[1]])]), 0, 0, 0),
            ["sqrt of a 0 that was overwritten"] = (x => Sqrt(x).At[[0]].Set(5.0), 0, 0, 0),
            ["sqrt of zeros that were put around"] = (x => Sqrt(Pad(x, 1, 2))[1..^2], 0, Infinity, -Infinity),
            ["sqrt of what pads"] = (x => Stack<double>([Sum(Sqrt(Pad(x[1..], 3, 0))[..3]), x[1]]), 0, 0, 0),
            ["sqrt of a 0 above the diagonal"] = (x => Sum(Tril(Sqrt(Stack<double>([x[[1, 0]], x[[1, 1]]]))), 1) * (NDArray<double>)[0.0, 1], 0, 0, 0),
            ["sqrt of a 0 off the diagonal"] = (x => Diagonal(Sqrt(Stack<double>([x[[1, 0]], x[[0, 1]]]))) * (NDArray<double>)[0.0, 1], 0, 0, 0),
            ["sqrt of zeros off the diagonal"] = (x => Sum(Sqrt(Diag(x)), 0), 0, Infinity, -Infinity),
            ["sqrt of zeros beside what was added"] = (x => Sqrt(NDArray.Zeros<double>(4).At[[2, 3]].Add(x))[2..], 0, Infinity, -Infinity),
            ["product with 0 of a finite slope"] = (x => x * Abs(x), 0, 0, 0),
            ["stopped gradient"] = (x => x * Ad.StopGradient(x), 3, 3, 0),
        };

    // A reduction to one number, a singular point, its gradient, and the product of its Hessian with ones.
    private static readonly Dictionary<string, (Func<NDArray<double>, NDArray<double>> F, double[] X, double[] Gradient, double[] Second)>
        s_reductions = new()
        {
            ["max, a tie of two"] = (x => Max(x), [3, 1, 3], [0.5, 0, 0.5], [0, 0, 0]),
            ["max, a tie of all"] = (x => Max(x), [2, 2, 2, 2], [0.25, 0.25, 0.25, 0.25], [0, 0, 0, 0]),
            ["max, zeros of either sign"] = (x => Max(x), [0, -0.0], [0.5, 0.5], [0, 0]),
            ["max, infinities"] = (x => Max(x), [Infinity, 1, Infinity], [0.5, 0, 0.5], [0, 0, 0]),
            ["max, NaN"] = (x => Max(x), [1, double.NaN, 3], [0, 0, 0], [0, 0, 0]),
            ["min, a tie of two"] = (x => Min(x), [1, 3, 1], [0.5, 0, 0.5], [0, 0, 0]),
            ["min, a tie of functions"] = (x => Min(x * x), [1, -1, 3], [1, -1, 0], [1, 1, 0]),
            ["max over several axes, a tie"] = (x => Max(Reshape(x, 2, 1, 2), [0, 2]), [4, 4, 0, 4], [1.0 / 3, 1.0 / 3, 0, 1.0 / 3], [0, 0, 0, 0]),
            ["max past what is infinite"] = (x => Max(Sqrt(x)), [0, 4, 1], [0, 0.25, 0], [0, -1.0 / 32, 0]),
            ["norm at 0"] = (x => Norm(x), [0, -0.0, 0], [0, 0, 0], [0, 0, 0]),
            ["norm of a number at 0"] = (x => Norm(x[0]), [0, 1], [0, 0], [0, 0]),
            ["norm past what is infinite"] = (x => Norm(Sqrt(x)[..1]), [0, 4], [0, 0], [0, 0]),
            ["standard deviation at zero variance"] = (x => StandardDeviation(x), [2, 2, 2], [0, 0, 0], [0, 0, 0]),
            ["standard deviation of a number"] = (x => StandardDeviation(x[1]), [2, 3], [0, 0], [0, 0]),
            ["log-sum-exp, all −∞"] = (x => LogSumExp(x), [-Infinity, -Infinity], [0, 0], [0, 0]),
            ["log-sum-exp of nothing"] = (x => LogSumExp(x[2..]), [1, 2], [0, 0], [0, 0]),
            ["log-sum-exp, some −∞"] = (x => LogSumExp(x), [-Infinity, 1, 1], [0, 0.5, 0.5], [0, 0, 0]),
            ["softmax, some −∞"] = (x => Softmax(x)[1], [-Infinity, 0, 0], [0, 0.25, -0.25], [0, 0, 0]),
            ["softmax, the weight of −∞"] = (x => Softmax(x)[0], [-Infinity, 0, 0], [0, 0, 0], [0, 0, 0]),
            ["log-softmax, some −∞"] = (x => LogSoftmax(x)[1], [-Infinity, 0, 0], [0, 0.5, -0.5], [0, 0, 0]),
        };

    public static TheoryData<string> Reductions => [.. s_reductions.Keys];

    public static TheoryData<string> Rows => [.. s_table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_table_holds(string row)
    {
        var (f, x, first, second) = s_table[row];
        NDArray<double> reverse(NDArray<double> v) => Ad.Grad(y => Sum(f(y)), v);
        NDArray<double> forward(NDArray<double> v) => Ad.Jvp(f, v, 1.0).Tangent;

        // A regular element, after the singular one.
        NDArray<double> both = [x, 0.75];
        Assert.Equal(first, reverse(both).ToArray()[0]);
        Assert.Equal(first, forward(both).ToArray()[0]);
        AssertDiagonal(first, Ad.Jacobian(f, both, JacobianMode.Reverse));
        AssertDiagonal(first, Ad.Jacobian(f, both, JacobianMode.Forward));
        Assert.Equal(second, Ad.Grad(v => Sum(reverse(v)), both).ToArray()[0]);
        Assert.Equal(second, Ad.Grad(v => Sum(forward(v)), both).ToArray()[0]);
        Assert.Equal(second, Ad.Jvp(reverse, both, 1.0).Tangent.ToArray()[0]);
        Assert.Equal(second, Ad.Jvp(forward, both, 1.0).Tangent.ToArray()[0]);
        AssertDiagonal(second, Ad.Hessian(v => Sum(f(v)), both));
        AssertDiagonal(second, Ad.Jacobian(reverse, both, JacobianMode.Reverse));
    }

    [Theory]
    [MemberData(nameof(Reductions))]
    public void The_table_of_reductions_holds(string row)
    {
        var (f, at, gradient, second) = s_reductions[row];
        NDArray<double> x = at;
        var ones = NDArray.OnesLike(x);
        NDArray<double> reverse(NDArray<double> v) => Ad.Grad(f, v);
        NDArray<double> forward(NDArray<double> v) => Ad.Jvp(f, v, 1.0).Tangent;
        Near(gradient, reverse(x));
        Near([gradient.Sum()], forward(x));
        Near(gradient, Ad.Jacobian(f, x, JacobianMode.Forward));
        Near(gradient, Ad.Jacobian(f, x, JacobianMode.Reverse));
        Near(second, Ad.Jvp(reverse, x, ones).Tangent);
        Near(second, Ad.Grad(v => Sum(reverse(v)), x));
        Near(second, Ad.Grad(forward, x));
        Near([second.Sum()], Ad.Jvp(forward, x, ones).Tangent);
        Near(second, Sum(Ad.Hessian(f, x), 0));
    }

    private static void Near(double[] expected, NDArray<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
    }

    [Fact]
    public void Ties_split_evenly_between_operands()
    {
        NDArray<double> x = [1.0, 2.0, 3.0], y = [1.0, 3.0, 2.0];
        AssertPair([0.5, 0, 1], [0.5, 1, 0], Ad.Grad((a, b) => Sum(Maximum(a, b)), x, y));
        AssertPair([0.5, 1, 0], [0.5, 0, 1], Ad.Grad((a, b) => Sum(Minimum(a, b)), x, y));
        AssertPair([0.5, 0, 1], [0.5, 1, 0], Ad.Grad((a, b) => Sum(Clamp(a, b, 9.0)), x, y));
    }

    // The derivative of each slope along the other operand. At x = 0 and y up to 1 it is 0, from both sides; elsewhere x^(y − 1)·(1 + y·ln x).
    [Theory]
    [InlineData(0, -1, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0.5, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 1.5, 0)]
    [InlineData(0, 2, 0)]
    [InlineData(2, 0, 0.5)]
    [InlineData(1, 3, 1)]
    public void Mixed_derivatives_of_a_power_agree(double x, double y, double mixed)
    {
        NDArray<double> alongX(NDArray<double> a, NDArray<double> b) => Ad.Grad(v => Sum(Pow(v, b)), a);
        NDArray<double> alongY(NDArray<double> a, NDArray<double> b) => Ad.Grad(v => Sum(Pow(a, v)), b);
        NDArray<double> a = [x, 0.75], b = [y, 1.25];
        Assert.Equal(mixed, Ad.Grad(v => Sum(alongX(a, v)), b).ToArray()[0], 1e-15);
        Assert.Equal(mixed, Ad.Grad(v => Sum(alongY(v, b)), a).ToArray()[0], 1e-15);
        Assert.Equal(mixed, Ad.Jacobian(v => alongX(a, v), b)[0, 0].ToScalar(), 1e-15);
        Assert.Equal(mixed, Ad.Jacobian(v => alongY(v, b), a)[0, 0].ToScalar(), 1e-15);
    }

    [Fact]
    public void Along_the_exponent_the_power_of_a_negative_number_has_no_slope() =>
        Assert.Equal([double.NaN], Ad.Grad(y => Sum(Pow(NDArray.Full(-2.0), y)), (NDArray<double>)[3.0]).ToArray());

    private static void AssertDiagonal(double first, NDArray<double> matrix)
    {
        Assert.Equal(first, matrix[0, 0].ToScalar());
        Assert.Equal(0, matrix[0, 1].ToScalar());
        Assert.Equal(0, matrix[1, 0].ToScalar());
        Assert.True(double.IsFinite(matrix[1, 1].ToScalar()));
    }

    private static void AssertPair(double[] first, double[] second, (NDArray<double> First, NDArray<double> Second) actual)
    {
        Assert.Equal(first, actual.First.ToArray());
        Assert.Equal(second, actual.Second.ToArray());
    }
}
