using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Properties.Kernels;
using Properties.Programs;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Engine;

/// <summary>What is said of a plan is what it does.</summary>
[Trait("Category", "Leg")]
public class ExplainCases
{
    private const int SampleSize = 100;

    [Fact]
    public void A_plan_in_words()
    {
        NDArray<double> a = NDArray.Ones<double>(1000), w = NDArray.Ones<double>(1000, 10);
        var view = Ad.Explain((x, m) => MatMul(Sin((2 * x) + 1) * x, m), a, w);
        string text = view.ToString();
        foreach (string line in (string[])
            [
                "x Double [1000], m Double [1000, 10] → result Double [10]",
                "1. 4 ops over 1,000 elements",
                "%1 Double [1000] = Multiply(2.0, x)",
                "reads 2.0, x, 1.0: 8,016 bytes",
                "writes %4: 8,000 bytes",
                "4,000 flops; " + (Leg.EmitsHere ? "emitted: vectors of " : "interpreted, in tiles of "),
                "2. MatMul",
                "reads %4, m: 88,000 bytes",
                "writes result: 80 bytes",
                "20,000 flops; by the ops' own kernels",
                "%4 Double [1000]: 8,000 bytes at ",
                "steps 1 to 2",
                "Rewrites that change rounding: none",
            ])
            Assert.True(text.Contains(line, StringComparison.Ordinal), $"'{line}' is not in\n{text}");
        Assert.Equal(Leg.EmitsHere, text.Contains("bits, ", StringComparison.Ordinal));
        Assert.Equal(24_000, view.Flops);
    }

    [Fact]
    public void Where_nothing_can_be_emitted_it_says_why()
    {
        string text = Ad.Explain(x => Sin(x) * x, NDArray.Ones<float>(100)).ToString();
        Assert.Equal(!Leg.EmitsHere, text.Contains("no code can be made", StringComparison.Ordinal) || text.Contains("no vector hardware", StringComparison.Ordinal));
    }

    [Fact]
    public void Derivatives_trees_and_several_results_are_explained()
    {
        NDArray<double> x = [1.0, 2.0, 3.0];
        Assert.Contains("result1 Double [3]", Ad.Explain(Ad.ValueAndGrad(v => Sum(Sin(v) * v)), x).ToString(), StringComparison.Ordinal);
        Assert.Contains("x0 Double [3], x1 Double [3] → ", Ad.Explain(((NDArray<double> A, NDArray<double> B) p) => p.A * p.B, (x, x)).ToString(), StringComparison.Ordinal);
        Assert.Contains("copy", Ad.Explain(v => v, x).ToString(), StringComparison.Ordinal);
        Assert.Contains("a Double [3], b Double [3], c Double [3], d Double [3]", Ad.Explain((a, b, c, d) => a + b + c + d, x, x, x, x).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Casts_between_masks_and_numbers_are_fused()
    {
        NDArray<double> x = [1.0, -0.0, double.NaN, -3.0, 0.5];
        Check(v => ((v > 0).Cast<double>() * v) + 1.0, x);
        Check(v => Where(v.Cast<bool>(), v, 2.0), x);
        Check(v => ((v > 0).Cast<float>() * v) + 1f, x.Cast<float>());
        Check(v => Where(v.Cast<bool>(), v, 2f), x.Cast<float>());

        static void Check<T>(Func<NDArray<T>, NDArray<T>> f, NDArray<T> x) where T : unmanaged
        {
            var compiled = Ad.Compile(f, x);
            Assert.Equal(1, compiled.Explain().StepCount);
            Assert.Equal(NodeBits.Of(f(x)), NodeBits.Of(compiled.Invoke(x)));
        }
    }

    [Fact]
    public void A_compiled_function_explains_its_last_shapes()
    {
        var compiled = Ad.Compile((NDArray<double> x) => Sin(x) + x);
        Assert.Contains("Invoke", Assert.Throws<InvalidOperationException>(compiled.Explain).Message, StringComparison.Ordinal);
        compiled.Invoke(NDArray.Ones<double>(7));
        Assert.Contains("x Double [7]", compiled.Explain().ToString(), StringComparison.Ordinal);
        compiled.Invoke(NDArray.Ones<double>(9));
        Assert.Contains("x Double [9]", compiled.Explain().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_read_is_an_error() =>
        Assert.Contains(
            "Where", Assert.Throws<InvalidOperationException>(() => Ad.Explain(x => x.ToArray()[0] > 0 ? x : -x, NDArray.Ones<double>(2))).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_random_programs_the_figures_are_those_of_the_plan()
    {
        int count = Environment.GetEnvironmentVariable("GRAD_PROGRAMS") is { } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : SampleSize;
        var config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(count).WithMaxRejected(count);
        Check.One(config, Prop.ForAll(ProgramGenerator.Genomes, genome =>
        {
            var (program, at) = ProgramBuilder.Build(genome);
            var inputs = program.Arrays(at);
            var compiled = Ad.Compile((NDArray<double>[] x) => Derivatives.Gradient("Ad.Grad", nodes => program.Run(nodes)[^1], x).Grads.Cast<NDArray<double>>().ToArray());
            var results = compiled.Invoke(inputs);
            var (view, stats) = (compiled.Explain(), compiled.Stats);
            Assert.Equal(stats.PeakBytes, view.PeakBytes);
            Assert.Equal(stats.EmittedGroups, view.EmittedGroups);
            Assert.Equal(stats.InterpretedGroups, view.InterpretedGroups);
            Assert.True(view.BytesMoved >= results.Sum(result => 8L * result.Length));
            Assert.Equal(view.ToString(), compiled.Explain().ToString());
            for (int i = 0; i < view.Buffers.Count; i++)
            {
                var x = view.Buffers[i];
                Assert.InRange(x.Offset + x.Bytes, 0, view.PeakBytes);
                Assert.InRange(x.LastStep, x.FirstStep, view.StepCount - 1);

                // What is alive at the same time has memory of its own.
                for (int j = 0; j < i; j++)
                {
                    var y = view.Buffers[j];
                    bool together = x.FirstStep <= y.LastStep && y.FirstStep <= x.LastStep;
                    Assert.False(together && x.Offset < y.Offset + y.Bytes && y.Offset < x.Offset + x.Bytes, $"{x} and {y} overlap:\n{view}");
                }
            }
        }));
    }

    [Fact]
    public void A_drawing_marks_what_is_fused()
    {
        string drawing = Ad.Trace(x => MatMul(Sin(x) * x, x), NDArray.Ones<double>(3, 3)).ToMermaid();
        Assert.Contains("    subgraph g0[\"fused\"]\n        n1[\"Sin<br/>Double [3, 3]\"]\n        n2[\"Multiply<br/>Double [3, 3]\"]\n    end\n", drawing, StringComparison.Ordinal);
        Assert.Contains("    n3[\"MatMul", drawing, StringComparison.Ordinal);
    }
}
