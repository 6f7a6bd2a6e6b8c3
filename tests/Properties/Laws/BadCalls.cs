using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Laws;

/// <summary>
/// Calls that cannot be answered say so in the manner of the library: operation, requirement, what came, what to do instead, the parameter;
/// and whatever went wrong, later calls are as before.
/// </summary>
public sealed class BadCalls : IDisposable
{
    private static readonly NDArray<double> s_x = [1.0, 2.0, 3.0];

    /// <summary>A call with a known answer, after each of the others.</summary>
    public void Dispose()
    {
        Assert.Equal([2.0, 4.0, 6.0], Ad.Grad(v => Sum(v * v), s_x).ToArray());
        Assert.Equal(27, Ad.Grad(v => v * v * v, 3.0));
    }

    [Fact]
    public void An_output_of_many_numbers_needs_a_seed()
    {
        string[] words = ["Ad.Grad", "single number", "[3]", "Sum, Mean", "gradOutputs", "Ad.Jacobian"];
        Refused<ArgumentException>("f", () => Ad.Grad(v => v * v, s_x), words);
        Refused<ArgumentException>("f", () => Ad.ValueAndGrad(v => Stack<double>([v, v]), s_x), "Ad.ValueAndGrad", "[2, 3]");
        Refused<ArgumentException>("f", () => Ad.Hessian(v => v * v, s_x), "single number", "[3]");
    }

    [Fact]
    public void Shapes_that_do_not_broadcast_are_refused_where_they_meet()
    {
        Refused<ArgumentException>(null, () => s_x + NDArray.Zeros<double>(2, 4), "Add", "[3]", "[2, 4]", "axis 1", "Reshape");
        Refused<ArgumentException>(null, () => Ad.Grad(v => Sum(v * NDArray.Zeros<double>(2)), s_x), "Multiply", "[3]", "[2]");
        Refused<ArgumentException>(null, () => s_x < NDArray.Zeros<double>(2), "LessThan", "[3]", "[2]");
        Refused<ArgumentException>(null, () => Where(NDArray.Ones<bool>(2), s_x, 0.0), "Where", "[3]", "[2]");
    }

    [Fact]
    public void Wrong_indices_and_axes_are_refused()
    {
        Refused<ArgumentOutOfRangeException>(null, () => s_x[3], "3");
        Refused<ArgumentOutOfRangeException>(null, () => Ad.Grad(v => v[^4], s_x), "3");
        Refused<ArgumentException>(null, () => s_x[0, 0], "2", "[3]");
        Refused<ArgumentOutOfRangeException>("axis", () => Stack<double>([s_x], 2), "Stack", "axis 2");
        Refused<ArgumentOutOfRangeException>("axes", () => Ad.Grad(v => Sum(Sum(v, 1)), s_x), "Sum", "axis 1", "rank 1");
        Refused<ArgumentException>("axes", () => Sum(s_x, [0, 0]), "Sum", "axis 0 twice");
        Refused<ArgumentOutOfRangeException>("axes", () => Max(s_x, 1), "Max", "axis 1", "rank 1");
        Refused<ArgumentException>("axes", () => LogSumExp(s_x, [0, -1]), "LogSumExp", "axis 0 twice");
        Refused<ArgumentOutOfRangeException>("axes", () => Norm(s_x, -2), "Norm", "axis -2");
        Refused<ArgumentOutOfRangeException>("axis", () => Variance(s_x, 1), "Variance", "axis 1");
        Refused<ArgumentOutOfRangeException>("axis", () => ArgMax(s_x, 1), "ArgMax", "axis 1");
        Refused<ArgumentOutOfRangeException>("axis", () => Softmax<double>(1.0), "Softmax", "axis -1", "no axes");
        Refused<ArgumentOutOfRangeException>("axis", () => LogSoftmax(s_x, 1), "LogSoftmax", "axis 1");
        Refused<ArgumentOutOfRangeException>("axis", () => CumSum(s_x, -2), "CumSum", "axis -2");
    }

    [Fact]
    public void Ops_refuse_what_has_no_meaning()
    {
        Refused<ArgumentException>("shape", () => Reshape(s_x, 2, 2), "Reshape", "[3]", "[2, 2]", "BroadcastTo");
        Refused<ArgumentException>("shape", () => Reshape(s_x, -1, -1), "Reshape", "[-1, -1]");
        Refused<ArgumentException>(null, () => BroadcastTo(s_x, 2), "BroadcastTo", "[3]", "[2]");
        Refused<ArgumentException>("axes", () => Permute(s_x, 0, 1), "Permute", "[0, 1]", "[3]");
        Refused<ArgumentException>("axes", () => Squeeze(s_x, 0), "Squeeze", "axis 0", "[3]", "extent 3");
        Refused<ArgumentException>("arrays", () => Stack<double>([]), "Stack", "at least one");
        Refused<ArgumentException>("arrays", () => Stack<double>([s_x, 1.0]), "Stack", "[3]", "[]");
        Refused<ArgumentException>("x", () => Mean(NDArray.Zeros<double>(0)), "Mean", "at least one element", "[0]");
        Refused<ArgumentException>("x", () => Max(NDArray.Zeros<double>(0)), "Max", "at least one element", "[0]");
        Refused<ArgumentException>("x", () => Min(NDArray.Zeros<int>(2, 0), 1, keepDims: true), "Min", "axes [1]", "[2, 0]");
        Refused<ArgumentException>("x", () => ArgMin(NDArray.Zeros<double>(0)), "ArgMin", "at least one element", "[0]");
        Refused<ArgumentException>("x", () => ArgMax(NDArray.Zeros<double>(0, 2), 0), "ArgMax", "axes [0]", "[0, 2]");
        Refused<ArgumentException>("ddof", () => Variance(s_x, ddof: 3), "Variance", "[3]", "hold 3", "ddof is 3");
        Refused<ArgumentException>("ddof", () => StandardDeviation(NDArray.Zeros<double>(0)), "StandardDeviation", "hold 0", "ddof is 0");
        Refused<ArgumentException>(null, () => Pow(s_x, NDArray.Ones<double>(2)), "Pow", "[3]", "[2]");
        Refused<ArgumentOutOfRangeException>("alpha", () => Elu(s_x, double.NaN), "Elu", "finite", "NaN");
        Refused<ArgumentOutOfRangeException>("slope", () => LeakyRelu((NDArray<float>)[1f], 1e39), "LeakyRelu", "finite", "1E+39");
        Refused<ArgumentException>("min", () => Clamp(s_x, 2.0, 1.0), "Clamp", "2", "1", "Swap");
        Refused<NotSupportedException>(null, () => NDArray.Ones<bool>(1) + NDArray.Ones<bool>(1), "Add", "Boolean", "Cast");
        Assert.Throws<DivideByZeroException>(() => NDArray.Ones<int>(2) / 0);
    }

    [Fact]
    public void Products_of_matrices_that_do_not_fit_are_refused()
    {
        NDArray<double> a = NDArray.Zeros<double>(2, 3), batch = NDArray.Zeros<double>(4, 3, 2), other = NDArray.Zeros<double>(5, 2, 3);
        Refused<ArgumentException>("y", () => MatMul(a, a), "MatMul", "[2, 3] and [2, 3]", "3 and 2", "Transpose");
        Refused<ArgumentException>("y", () => Ad.Grad(v => Sum(MatMul(v, a)), s_x), "MatMul", "[3] and [2, 3]", "3 and 2");
        Refused<ArgumentException>("y", () => a.MatMul(NDArray.Zeros<double>(2)), "MatMul", "[2, 3] and [2]");
        Refused<ArgumentException>(null, () => MatMul(batch, other), "MatMul", "[4]", "[5]", "broadcast");
        Refused<ArgumentException>("x", () => MatMul(1.0, a), "MatMul", "[]", "[2, 3]", "*");
        Refused<ArgumentException>("y", () => Dot(s_x, NDArray.Zeros<double>(2)), "Dot", "[3]", "[2]");
        Refused<ArgumentException>("x", () => Dot(a, s_x), "Dot", "[2, 3]", "MatMul");
        Refused<NotSupportedException>(null, () => MatMul(NDArray.Zeros<short>(2, 2), NDArray.Zeros<short>(2, 2)), "MatMul", "Int16", "Cast");
        Refused<ArgumentNullException>("y", () => Outer(s_x, null!));
    }

    [Fact]
    public void Index_arrays_that_point_nowhere_are_refused()
    {
        var m = NDArray.Zeros<double>(2, 3);
        Refused<ArgumentOutOfRangeException>("indices", () => Take(m, [0, 3], 1), "Take", "index 3 at [1]", "axis 1 of extent 3", "-3 to 2");
        Refused<ArgumentOutOfRangeException>("indices", () => Ad.Grad(v => Sum(Take(v, v.Cast<int>())), s_x), "index 3 at [2]");
        Refused<ArgumentOutOfRangeException>("axis", () => Take(m, [0], 2), "Take", "axis 2");
        Refused<ArgumentOutOfRangeException>("indices", () => Take(NDArray.Zeros<double>(0), 0), "Take", "index 0 on axis 0", "no elements");
        Refused<ArgumentException>("indices", () => Gather(m, [0], 1), "Gather", "[2, 3]", "[1]", "Take");
        Refused<ArgumentException>("indices", () => Scatter(m, NDArray.Zeros<int>(2, 2), 1.0), "Scatter", "axis 0", "[2, 3]", "[2, 2]");
        Refused<ArgumentException>("updates", () => ScatterAdd(m, NDArray.Zeros<int>(1, 3), NDArray.Zeros<double>(4, 3)), "ScatterAdd", "[1, 3]", "[4, 3]");
        Refused<ArgumentOutOfRangeException>("indices", () => OneHot<double>([0, -1], 3), "OneHot", "index -1 at [1]", "0 to 2");
        Refused<ArgumentOutOfRangeException>("indices", () => OneHot<double>([0, 3], 3), "OneHot", "index 3 at [1]", "0 to 2");
        Refused<ArgumentOutOfRangeException>("classes", () => OneHot<double>([0], -1));
        Refused<ArgumentException>("indices", () => s_x[(NDArray<bool>)[true]], "mask of shape [1]", "[3]", "Where");
        Refused<InvalidOperationException>(null, () => Ad.Jacobian(v => Ad.Grad(w => Sum(w * w), v)[MaskWithoutValue()], s_x), "mask", "shape", "Where");
    }

    [Fact]
    public void Shape_ops_refuse_what_does_not_fit()
    {
        var m = NDArray.Zeros<double>(2, 3);
        Refused<ArgumentException>("arrays", () => Concatenate<double>([]), "Concatenate", "at least one");
        Refused<ArgumentException>("arrays", () => Concatenate([m, s_x]), "Concatenate", "array 0", "[2, 3]", "array 1", "[3]", "Stack");
        Refused<ArgumentException>("arrays", () => Concatenate([m, m, NDArray.Zeros<double>(2, 2)]), "axis 0", "array 2", "[2, 2]");
        Refused<ArgumentOutOfRangeException>("axis", () => Concatenate([m, m], 2), "Concatenate", "axis 2");
        Refused<ArgumentException>("sections", () => Split(m, 2, 1), "Split", "2 sections", "axis 1", "[2, 3]");
        Refused<ArgumentOutOfRangeException>("sections", () => Split(m, 0));
        Refused<ArgumentOutOfRangeException>("positions", () => Split(m, [1, 4], 1), "Split", "position 4", "axis 1", "0 to 3");
        Refused<ArgumentException>("positions", () => Split(m, [2, 1], 1), "Split", "[2, 1]", "Sort");
        Refused<ArgumentException>("before", () => Pad(m, [1], [1, 1]), "Pad", "[1]", "[2, 3]", "rank 2");
        Refused<ArgumentOutOfRangeException>("after", () => Pad(m, 0, -1), "Pad", "-1", "[2, 3]");
        Refused<ArgumentException>("axes", () => Flip(m, [0, -2]), "Flip", "axis 0 twice");
        Refused<ArgumentOutOfRangeException>("axis", () => Roll(m, 1, 2), "Roll", "axis 2");
        Refused<ArgumentException>("x", () => Tril(s_x), "Tril", "[3]", "rank 1");
        Refused<ArgumentException>("x", () => Diagonal(s_x), "Diagonal", "[3]");
        Refused<ArgumentException>("x", () => Diag<double>(1.0), "Diag", "single number");
        Refused<ArgumentException>("extents", () => Diag(NDArray.Zeros<double>(100_000)), "100000");
        Refused<ArgumentOutOfRangeException>("count", () => Repeat(m, -1));
        Refused<ArgumentOutOfRangeException>("repeats", () => Tile(m, -1));
    }

    [Fact]
    public void A_seed_of_the_wrong_shape_is_refused()
    {
        NDArray<double> seed = [1.0, 2.0];
        Refused<ArgumentException>("gradOutputs", () => Ad.Grad(v => v * v, s_x, gradOutputs: seed), "Ad.Grad", "[3]", "[2]");
        Refused<ArgumentException>("gradOutputs", () => Ad.Vjp(v => v * v, s_x, seed), "Ad.Vjp", "[3]", "[2]");
        Refused<ArgumentException>("gradOutputs", () => Ad.Vjp(v => v * v, s_x).Pullback(seed), "pullback", "[3]", "[2]");
        Refused<ArgumentException>("t", () => Ad.Jvp(v => v * v, s_x, seed), "Ad.Jvp", "tangent", "[3]", "[2]");
        Refused<ArgumentException>("t", () => Ad.Linearize(v => v * v, s_x).Pushforward(seed), "pushforward", "[3]", "[2]");
        Refused<ArgumentException>("t", () => Ad.HessianVectorProduct(v => Sum(v * v), s_x, seed), "Ad.HessianVectorProduct", "[3]", "[2]");
    }

    [Fact]
    public void Float_and_double_mixed_do_not_compile()
    {
        const string Arrays = "NDArray<float> x = [1f]; NDArray<double> y = [1.0];";
        Assert.Empty(Sources.Errors($"{Arrays} var z = x.Cast<double>() + y;"));
        Assert.NotEmpty(Sources.Errors($"{Arrays} var z = x + y;"));
        Assert.NotEmpty(Sources.Errors($"{Arrays} var z = NDMath.Maximum(x, y);"));
        Assert.NotEmpty(Sources.Errors($"{Arrays} NDArray<double> g = Ad.Grad(v => NDMath.Sum(v), x);"));
    }

    [Fact]
    public void An_array_that_outlived_its_call_is_a_constant()
    {
        NDArray<double>? leaked = null;
        Ad.Grad(v => Sum(leaked = v * v), s_x);
        Assert.Equal([1.0, 4.0, 9.0], Ad.Grad(v => Sum(v * leaked!), s_x).ToArray());
        Assert.Equal([0.0, 0.0, 0.0], Ad.Grad(_ => Sum(leaked!), s_x).ToArray());
    }

    [Fact]
    public async Task An_array_of_another_thread_is_a_constant()
    {
        NDArray<double>? captured = null;
        using var ready = new ManualResetEventSlim();
        using var done = new ManualResetEventSlim();
        var other = Task.Run(() => Ad.Grad(
            v =>
            {
                captured = v * v;
                ready.Set();
                done.Wait();
                return Sum(captured);
            },
            s_x));
        await Task.Run(ready.Wait);
        var gradient = Ad.Grad(v => Sum(v * captured!), s_x);
        done.Set();
        Assert.Equal([1.0, 4.0, 9.0], gradient.ToArray());
        double[] otherGradient = (await other).ToArray();
        Assert.Equal([2.0, 4.0, 6.0], otherGradient);
    }

    [Fact]
    public void What_f_throws_comes_out_as_it_is()
    {
        var thrown = new InvalidTimeZoneException();
        Assert.Same(thrown, Assert.Throws<InvalidTimeZoneException>(() => Ad.Grad(v => Sum(v) is var _ ? throw thrown : v, s_x)));
        Assert.Same(thrown, Assert.Throws<InvalidTimeZoneException>(() => Ad.Grad(v => Ad.Grad(_ => throw thrown, v), 1.0)));
        Assert.Same(thrown, Assert.Throws<InvalidTimeZoneException>(() => Ad.Jacobian(_ => throw thrown, s_x)));
    }

    [Fact]
    public void The_identity_and_constants_have_derivatives()
    {
        Assert.Equal(1, Ad.Grad(v => v, 3.0));
        Assert.Equal([1.0, 0, 0, 0, 1, 0, 0, 0, 1], Ad.Jacobian(v => v, s_x).ToArray());
        Assert.Equal([0.0, 0.0, 0.0], Ad.Grad(_ => 5.0, s_x).ToArray());
        Assert.Equal([0.0, 0.0, 0.0], Ad.Jvp(_ => s_x, s_x, 1.0).Tangent.ToArray());
        Assert.Equal(new double[9], Ad.Jacobian(_ => s_x, s_x).ToArray());
        var (ofUsed, ofUnused) = Ad.Grad((x, _) => x * x, (NDArray<double>)1.0, (NDArray<double>)1.0);
        Assert.Equal((2.0, 0.0), ((double)ofUsed, (double)ofUnused));
        Refused<ArgumentException>(
            "f",
            () => Ad.Grad((x, _) => x * x, (NDArray<double>)1.0, (NDArray<double>)1.0, UnusedInputs.Throw),
            "Ad.Grad",
            "input 1",
            "does not depend",
            "UnusedInputs.Zeros");
    }

    [Fact]
    public void A_number_read_out_as_the_result_is_the_classic_mistake()
    {
        string[] classic = ["does not depend on input 0", nameof(BadCalls) + ".cs, line ", "read a number out", "StopGradient"];
        Refused<ArgumentException>("f", () => Ad.Grad(v => (double)Sum(v), s_x), ["Ad.Grad", .. classic]);
        Refused<ArgumentException>("f", () => Ad.Grad(v => Sum(v * v).ToScalar(), s_x), classic);
        Refused<ArgumentException>("f", () => Ad.Jvp(v => v.ToArray(), s_x, 1.0), ["Ad.Jvp", .. classic]);
        Refused<ArgumentException>("f", () => Ad.Jacobian(v => (double)v[0], s_x), ["Ad.Jacobian", .. classic]);

        // Read to decide, or through StopGradient, it is none.
        Assert.Equal([2.0, 2.0, 2.0], Ad.Grad(v => (double)Sum(v) > 0 ? Sum(v * 2.0) : Sum(v), s_x).ToArray());
        Assert.Equal([0.0, 0.0, 0.0], Ad.Grad(v => (double)Sum(Ad.StopGradient(v)), s_x).ToArray());
    }

    [Fact]
    public void A_plain_array_is_no_variable()
    {
        var z = Sum(s_x * s_x);
        Refused<ArgumentException>("inputs", () => Ad.Grad(z, s_x), "Ad.Grad", "plain array", "[3]", "Ad.Variable");
        var variable = Ad.Variable(s_x);
        Refused<ArgumentException>("inputs", () => Ad.Grad(Sum(variable), [variable, s_x]), "input 1", "Ad.Variable");
        Refused<ArgumentException>("inputs", () => Ad.Grad(z, variable, UnusedInputs.Throw), "input 0", "does not depend");
        Assert.Equal([0.0, 0.0, 0.0], Ad.Grad(z, variable).ToArray());
    }

    [Fact]
    public void Values_that_stand_for_many_cannot_be_read() =>
        Refused<InvalidOperationException>(
            null,
            () => Placeholder(),
            "stands for many values",
            "Where");

    [Fact]
    public void Batches_keep_their_leading_axis() =>
        Refused<ArgumentException>("f", () => Ad.BatchJacobian(v => Sum(v), s_x), "Ad.BatchJacobian", "[N, …]", "[3]", "[]", "Ad.Jacobian");

    [Fact]
    public void Nothing_is_no_argument()
    {
        Refused<ArgumentNullException>("f", () => Ad.Grad((Func<NDArray<double>, NDArray<double>>)null!, s_x));
        Refused<ArgumentNullException>("x", () => Ad.Grad(v => Sum(v), (NDArray<double>)null!));
        Refused<ArgumentException>("f", () => Ad.Grad(_ => null!, s_x), "Ad.Grad", "null");
        Refused<ArgumentNullException>("y", () => s_x + (NDArray<double>)null!);
        Refused<ArgumentNullException>("x", () => Sin<double>(null!));
    }

    // Its numbers are to be put in later.
    private static NDArray<bool> MaskWithoutValue()
    {
        using var recording = new Recording();
        return (NDArray<double>)s_x.MakeLeaf(new PlaceholderOp(recording), recording.Birth, placeholder: true) > 0.0;
    }

    // What a whole Jacobian is recorded on, before its one-hot seeds are put in.
    private static double Placeholder()
    {
        using var recording = new Recording();
        var placeholder = (NDArray<double>)s_x.MakeLeaf(new PlaceholderOp(recording), recording.Birth, placeholder: true);
        return (double)Sum(placeholder * 2.0);
    }

    private static void Refused<TException>(string? parameter, Func<object?> call, params string[] words)
        where TException : Exception
    {
        var refusal = Assert.Throws<TException>(() => _ = call());
        Assert.All(words, word => Assert.Contains(word, refusal.Message, StringComparison.Ordinal));
        if (parameter is not null)
            Assert.Equal(parameter, Assert.IsAssignableFrom<ArgumentException>(refusal).ParamName);
    }
}
