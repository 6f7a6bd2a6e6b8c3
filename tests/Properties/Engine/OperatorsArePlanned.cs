using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Properties.Programs;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Engine;

/// <summary>
/// Every operator of Ad, by a plan from the second time on that a structure is seen, gives the bits that it gives straight from the recording:
/// over random programs, of which a plain test run draws a sample (<c>GRAD_PROGRAMS=10000</c> for more).
/// </summary>
[Trait("Category", "Leg")]
public class OperatorsArePlanned
{
    private const int SampleSize = 100;

    [Fact]
    public void Over_random_programs()
    {
        var count = Environment.GetEnvironmentVariable("GRAD_PROGRAMS") is { } asked ? int.Parse(asked) : SampleSize;
        var config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(count).WithMaxRejected(count);
        Check.One(config, Prop.ForAll(ProgramGenerator.Genomes, genome =>
        {
            var (program, at) = ProgramBuilder.Build(genome);
            var inputs = program.Arrays(at);
            Compare(program, inputs, genome.Seed);
            Compare(program, Array.ConvertAll(inputs, input => input.Cast<float>()), genome.Seed);
        }));
    }

    [Fact]
    public void A_pullback_and_a_pushforward_are_planned_at_their_second_call()
    {
        NDArray<double> x = [0.3, -1.2, 2.5], v = [1.0, -2.0, 0.5];
        static Node F(Node[] nodes) => Tanh((NDArray<double>)nodes[0]) * 3.5;
        using var call = Call.Run("Ad.Vjp", F, [x]);
        call.Dispose();
        foreach (var derivation in (IDerivation[])[Pullback.Instance, Pushforward.Instance])
        {
            string direct = NodeBits.Of(PlannedCall.Ask(call, derivation, v)[0]!);
            Assert.Equal(direct, NodeBits.Of(PlannedCall.TryRun(call, derivation, v)![0]!));
        }
    }

    [Fact]
    public void Inside_another_call_nothing_is_planned()
    {
        NDArray<double> x = [0.3, -1.2];
        for (int times = 0; times < 3; times++)
        {
            // The gradient of Σ (Jᵀv)·x with J that of sin: −sin(x)·v·x + cos(x)·v.
            var grad = Ad.Grad(y => Sum(Ad.Vjp(Sin, y).Pullback(y * 0 + 2) * y), x);
            Assert.Equal([.. x.ToArray().Select(t => 2 * Math.Cos(t) - 2 * t * Math.Sin(t))], grad.ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
        }
    }

    private static void Compare<T>(Program program, NDArray<T>[] inputs, int seed) where T : unmanaged
    {
        Node Last(Node[] nodes) => program.Run(nodes)[^1];
        var values = program.Run(inputs);
        var places = Enumerable.Range(0, values.Length).Where(place => values[place] is NDArray<T> && values[place].Rank > 0).ToArray();
        int wide = places.Length == 0 ? values.Length - 1 : places[(uint)seed % places.Length];
        Node Wide(Node[] nodes) => program.Run(nodes)[wide];

        // A call on one input has the others for constants.
        Node LastOfFirst(Node[] nodes) => program.Run([nodes[0], .. inputs.AsSpan(1)])[^1];
        Node WideOfFirst(Node[] nodes) => program.Run([nodes[0], .. inputs.AsSpan(1)])[wide];
        Node Ramp(Node like) => like.Convert(new RandomKey((uint)seed).Normal<double>(like.Shape));
        var like = Ramp(values[wide]);
        Compare<T>(Wide, inputs, ReverseProduct.Instance, like);
        Compare<T>(Wide, inputs, Pullback.Instance, like);
        Compare<T>(WideOfFirst, inputs[..1], ForwardProduct.Instance, Ramp(inputs[0]));
        Compare<T>(WideOfFirst, inputs[..1], Pushforward.Instance, inputs[0].Constant(0.5));
        Compare<T>(LastOfFirst, inputs[..1], HessianProduct.Instance, Ramp(inputs[0]));
        Compare<T>(LastOfFirst, inputs[..1], FullJacobian.Hessian);
        Compare<T>(Wide, inputs, FullJacobian.ByRows);
        Compare<T>(Wide, inputs, FullJacobian.ByColumns);
        Compare<T>(Last, inputs, ReverseProduct.Instance);
    }

    private static void Compare<T>(Func<Node[], Node> f, NDArray<T>[] inputs, IDerivation derivation, params Node[] arguments) where T : unmanaged
    {
        // Whatever derives from a variable is left to be differentiated again: no plan is made of it.
        Node[] variables = Array.ConvertAll(inputs, input => input.MakeLeaf(VariableOp.Instance, 0, placeholder: false));
        string[] direct;
        using (var call = Call.Run("A law", f, variables))
            direct = Bits(PlannedCall.Ask(call, derivation, Seeds(call)));

        using (var call = Call.Run("A law", f, inputs))
        {
            if (call.IsOutermost)
            {
                Assert.Equal(direct, Bits(derivation.Compute(null, call.Recording, call.Output, call.Inputs, Seeds(call))));
            }
        }

        // Other tests may push a structure out of the cache between two calls, but hardly each time.
        var (planned, mayBe) = (0, true);
        for (var times = 0; times < 12 && mayBe && planned < 2; times++)
        {
            using var call = Call.Run("A law", f, inputs);
            mayBe = call.Output.IsTraced && !call.Inputs.Contains(call.Output);
            if (PlannedCall.TryRun(call, derivation, Seeds(call)) is { } results)
            {
                planned++;
                Assert.Equal(direct, Bits(results));
            }
        }

        Assert.True(planned > 0 || !mayBe, $"{derivation.GetType().Name} was not planned.");

        Node[] Seeds(Call call) => derivation is FullJacobian jacobian ? jacobian.Seeds(call) : arguments;
    }

    private static string[] Bits(Node?[] results) => Array.ConvertAll(results, result => result is null ? "0" : NodeBits.Of(result));
}
