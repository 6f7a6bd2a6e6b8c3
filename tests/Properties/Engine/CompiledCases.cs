using Grad.Functional;
using Properties.Kernels;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Engine;

/// <summary>Compiled functions: shapes, memory, threads, and what they refuse.</summary>
[Trait("Category", "Leg")]
public class CompiledCases
{
    private static NDArray<double> F(NDArray<double> x) => Sum(Sin((2 * x) + 1) * Exp(-x * x));

    [Fact]
    public void Any_composition_compiles()
    {
        NDArray<double> x = [0.5, -1.0, 2.0];
        var (value, grad) = Ad.Compile(Ad.ValueAndGrad(F)).Invoke(x);
        Assert.Equal(F(x).ToScalar(), value.ToScalar());
        Assert.Equal(Ad.Grad(F, x).ToArray(), grad.ToArray());
        Assert.Equal(Ad.Hessian(F, x).ToArray(), Ad.Compile((NDArray<double> v) => Ad.Hessian(F, v)).Invoke(x).ToArray());
        Assert.Equal(Ad.Jacobian(Softmax, x).ToArray(), Ad.Compile((NDArray<double> v) => Ad.Jacobian(Softmax, v)).Invoke(x).ToArray());
    }

    [Fact]
    public void Float_matrices_masks_and_indices_compile()
    {
        NDArray<float> w = NDArray.Create<float>([1, 2, 3, 4, 5, 6], 2, 3), x = [1f, -2f, 3f];
        NDArray<int> rows = [1, 0, 1];
        NDArray<float> Loss(NDArray<float> w, NDArray<float> x) => Sum(Take(Relu(MatMul(w, x)), rows) * Where(x > 0, x, x.Reshape(3) * 0.5f));
        var (gw, gx) = Ad.Compile((NDArray<float> a, NDArray<float> b) => Ad.Grad(Loss, a, b)).Invoke(w, x);
        var (dw, dx) = Ad.Grad(Loss, w, x);
        Assert.Equal(dw.ToArray(), gw.ToArray());
        Assert.Equal(dx.ToArray(), gx.ToArray());
    }

    [Fact]
    public void Each_set_of_shapes_is_traced_once()
    {
        var compiled = Ad.Compile((NDArray<double> x) => Sin(x) * x);
        for (int round = 0; round < 3; round++)
        {
            for (int length = 0; length < 4; length++)
                Assert.Equal(length, compiled.Invoke(NDArray.Ones<double>(length)).Length);
        }

        Assert.Equal(4, compiled.Stats.Traces);
        Assert.Equal(4, compiled.Stats.Specializations);
    }

    [Fact]
    public void More_shapes_than_are_kept_are_traced_again()
    {
        var compiled = Ad.Compile((NDArray<double> x) => x + 1.0);
        for (int length = 1; length <= 40; length++)
            Assert.Equal(2.0, compiled.Invoke(NDArray.Ones<double>(length)).ToArray()[^1]);
        Assert.Equal(40, compiled.Stats.Traces);
        Assert.Equal(16, compiled.Stats.Specializations);

        // What was used last stays: 25, asked for again, outlives the fifteen that come next, and 26 does not.
        compiled.Invoke(NDArray.Ones<double>(25));
        for (int length = 101; length <= 115; length++)
            compiled.Invoke(NDArray.Ones<double>(length));
        Assert.Equal(55, compiled.Stats.Traces);
        compiled.Invoke(NDArray.Ones<double>(25));
        Assert.Equal(55, compiled.Stats.Traces);
        compiled.Invoke(NDArray.Ones<double>(26));
        Assert.Equal(56, compiled.Stats.Traces);
    }

    [Fact]
    public void Runs_allocate_nothing()
    {
        var compiled = Ad.Compile(Ad.ValueAndGrad(F), NDArray.Ones<double>(1000));
        double[] x = [.. Enumerable.Range(0, 1000).Select(i => i * 1e-3)], value = new double[1], grad = new double[1000];
        compiled.Run(x, value, grad);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            compiled.Run(x, value, grad);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Ad.Grad(F, NDArray.Create<double>(x)).ToArray(), grad);
    }

    [Fact]
    public void Gradients_of_several_arguments_go_to_spans()
    {
        NDArray<double> a = [1, 2], b = [3, 4], c = [5, 6], d = [7, 8];
        double[] value = new double[1], first = new double[2], second = new double[2], third = new double[2], fourth = new double[2];
        Ad.Compile(Ad.ValueAndGrad<double>((x, y) => Sum(x * Sin(y))), a, b).Run(a.AsSpan(), b.AsSpan(), value, first, second);
        Assert.Equal(Sin(b).ToArray(), first);
        Assert.Equal((a * Cos(b)).ToArray(), second);
        Ad.Compile(Ad.ValueAndGrad<double>((x, y, z) => Sum(x * y * z)), a, b, c).Run(a.AsSpan(), b.AsSpan(), c.AsSpan(), value, first, second, third);
        Assert.Equal([15.0, 24.0], first);
        Assert.Equal([3.0, 8.0], third);
        Ad.Compile(Ad.ValueAndGrad<double>((x, y, z, w) => Sum((x * y) + (z * w))), a, b, c, d)
            .Run(a.AsSpan(), b.AsSpan(), c.AsSpan(), d.AsSpan(), value, first, second, third, fourth);
        Assert.Equal([94.0], value);
        Assert.Equal([[3, 4], [1, 2], [7, 8], [5, 6]], (double[][])[first, second, third, fourth]);
    }

    [Fact]
    public void Results_may_be_written_over_arguments()
    {
        var compiled = Ad.Compile((NDArray<double> x) => Sum(x) - x, NDArray.Ones<double>(3));
        double[] x = [1, 2, 3];
        compiled.Run(x, x);
        Assert.Equal([5.0, 4.0, 3.0], x);
        compiled.Run(x.AsSpan(0, 3), x);
        Assert.Equal([7.0, 8.0, 9.0], x);
    }

    [Fact]
    public void Many_threads_get_the_bits_of_one()
    {
        var compiled = Ad.Compile((NDArray<double> x) => Ad.Grad(v => Sum(Tanh(MatMul(v, v)) * Softmax(v)), x));
        NDArray<double> x = new RandomKey(1).Normal<double>(20, 20);
        string one = NodeBits.Of(compiled.Invoke(x));
        var others = new string[64];
        Parallel.For(0, others.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i => others[i] = NodeBits.Of(compiled.Invoke(x)));
        Assert.All(others, other => Assert.Equal(one, other));
    }

    [Fact]
    public void A_single_number_is_never_seen_half_made()
    {
        NDArray<int> at = NDArray.Zeros<int>(1);
        NDArray<double> x = Ad.Variable<double>([2.0]);
        var seen = new double[8];
        for (int round = 0; round < 2000; round++)
        {
            var node = (NDArray<double>)new ScatterAddOp(0, 1).Apply([x, at]);
            Parallel.For(0, seen.Length, i => seen[i] = node.Data[0]);
            Assert.All(seen, value => Assert.Equal(2.0, value));
        }
    }

    [Fact]
    public void Derivatives_pass_through()
    {
        NDArray<double> x = [0.5, -1.0];
        var compiled = Ad.Compile((NDArray<double> v) => Sum(Sin(v)));
        Assert.Equal(Ad.Grad(v => Sum(Sin(v)), x).ToArray(), Ad.Grad(compiled.Function, x).ToArray());
        Func<NDArray<double>, NDArray<double>> function = compiled;
        Assert.Equal(Sum(Sin(x)).ToScalar(), function(x).ToScalar());
    }

    [Fact]
    public void Nothing_falls_back_in_silence()
    {
        var compiled = Ad.Compile(Ad.ValueAndGrad(F), NDArray.Ones<double>(1000));
        Assert.Null(compiled.Stats.EmitFailure);
        Assert.Equal(!Leg.EmitsHere, compiled.Stats.EmittedGroups == 0);
        Assert.Equal(Leg.EmitsHere, compiled.Stats.InterpretedGroups == 0);
    }

    [Fact]
    public void A_plan_that_cannot_be_emitted_runs_on_and_says_why()
    {
        var memory = new PlanMemory();
        memory.AddSlot();
        var plan = new Plan([new Unemittable()], memory);
        plan.Emit();
        Assert.Equal("no code", plan.EmitFailure?.Message);
        plan.Run([0], []);
    }

    [Fact]
    public void Values_cannot_be_read_while_traced()
    {
        var compiled = Ad.Compile((NDArray<double> x) => x.ToArray()[0] > 0 ? x : -x);
        var error = Assert.Throws<InvalidOperationException>(() => compiled.Invoke([1.0]));
        Assert.Contains("Where", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, compiled.Stats.Traces);
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        var compiled = Ad.Compile((NDArray<double> x) => Sin(x), NDArray.Ones<double>(3));
        Assert.Contains("[4]", Assert.Throws<ArgumentException>(() => compiled.Invoke(NDArray.Ones<double>(4))).Message, StringComparison.Ordinal);
        Assert.Contains("3 elements", Assert.Throws<ArgumentException>(() => compiled.Run(new double[2], new double[3])).Message, StringComparison.Ordinal);
        Assert.Contains("result", Assert.Throws<ArgumentException>(() => compiled.Run(new double[3], new double[2])).Message, StringComparison.Ordinal);
        var open = Ad.Compile((NDArray<double> x) => Sin(x));
        Assert.Contains("Invoke", Assert.Throws<InvalidOperationException>(() => open.Run(new double[3], new double[3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_traced_capture_is_refused()
    {
        NDArray<double> w = Ad.Variable<double>([1.0, 2.0]);
        var error = Assert.Throws<ArgumentException>(() => Ad.Compile((NDArray<double> x) => x * w).Invoke([1.0, 2.0]));
        Assert.Contains("argument", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_f_throws_comes_out_and_the_next_call_is_unaffected()
    {
        bool fails = true;
        var compiled = Ad.Compile((NDArray<double> x) => fails ? throw new FormatException("mine") : x + 1.0);
        Assert.Equal("mine", Assert.Throws<FormatException>(() => compiled.Invoke([1.0])).Message);
        fails = false;
        Assert.Equal([2.0], compiled.Invoke([1.0]).ToArray());
    }

    [Fact]
    public void An_error_in_a_run_leaves_the_function_usable()
    {
        NDArray<int> at = [0];
        var compiled = Ad.Compile((NDArray<double> x, NDArray<int> i) => Take(x, i));
        Assert.Equal([5.0], compiled.Invoke([5.0, 6.0], at).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => compiled.Invoke([5.0, 6.0], [7]));
        Assert.Equal([6.0], compiled.Invoke([5.0, 6.0], [1]).ToArray());
        Assert.Equal(1, compiled.Stats.Traces);
    }

    [Fact]
    public void State_that_changes_is_detected()
    {
        double rate = 0.5;
        var compiled = Ad.Compile((NDArray<double> x) => rate * x, NDArray.Ones<double>(1));
        Assert.Equal([1.0], compiled.Invoke([2.0]).ToArray());
        Assert.Equal([1.0], compiled.Invoke([2.0]).ToArray());
        rate = 0.25;

        // Calls are looked at ever more seldom: the fourth is the next.
        Assert.Equal([1.0], compiled.Invoke([2.0]).ToArray());
        var error = Assert.Throws<InvalidOperationException>(() => compiled.Invoke([2.0]));
        Assert.Contains("0.25 instead of 0.5", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => compiled.Invoke([2.0]));
        Assert.Throws<InvalidOperationException>(() => compiled.Run([2.0], new double[1]));

        rate = 0.5;
        Assert.Equal([1.0], compiled.Invoke([2.0]).ToArray());
        var result = new double[1];
        compiled.Run([2.0], result);
        Assert.Equal([1.0], result);
    }

    [Fact]
    public void Numbers_drawn_inside_and_steps_that_change_are_detected()
    {
        var random = new Random(1);
        var drawn = Ad.Compile((NDArray<double> x) => Sum(x * random.NextDouble()));
        drawn.Invoke([1.0]);
        Assert.Contains("argument", Assert.Throws<InvalidOperationException>(() => drawn.Invoke([1.0])).Message, StringComparison.Ordinal);

        int calls = 0;
        var counting = Ad.Compile((NDArray<double> x) => calls++ % 2 == 0 ? Sin(x) : Cos(x));
        counting.Invoke([1.0]);
        Assert.Contains("Cos", Assert.Throws<InvalidOperationException>(() => counting.Invoke([1.0])).Message, StringComparison.Ordinal);
    }

    private sealed unsafe class Unemittable : Grad.Functional.Step
    {
        public override void Emit() => throw new InvalidOperationException("no code");

        public override void Run(nint* table)
        {
        }
    }
}
