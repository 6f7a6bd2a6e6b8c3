using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Properties.Kernels;
using Properties.Programs;
using Xunit;

namespace Properties.Engine;

/// <summary>
/// What is computed straight from the recording, what a plan of it computes tile by tile, and what emitted code does, are the same bits, over
/// random programs; and a plan is what is run. A plain test run draws a sample; ten thousand:
/// <c>GRAD_PROGRAMS=10000 dotnet test -c Release --filter PlannedIsDirect</c>.
/// </summary>
[Trait("Category", "Leg")]
public class PlannedIsDirect
{
    private const int SampleSize = 400;

    // To emit code for a program takes longer than all the rest.
    private const int CompiledShare = 4;

    [Fact]
    public void Values_and_gradients_have_the_same_bits()
    {
        var count = Environment.GetEnvironmentVariable("GRAD_PROGRAMS") is { } asked ? int.Parse(asked) : SampleSize;
        var config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(count).WithMaxRejected(count);
        Check.One(config, Prop.ForAll(ProgramGenerator.Genomes, genome =>
        {
            var (program, at) = ProgramBuilder.Build(genome);
            var inputs = program.Arrays(at);
            var compiles = genome.Seed % CompiledShare == 0;
            Compare(program, inputs, compiles);
            Compare(program, Array.ConvertAll(inputs, input => input.Cast<float>()), compiles);
        }));
    }

    // Whatever derives from a variable is left to be differentiated again: no plan is made of it.
    private static void Compare<T>(Program program, NDArray<T>[] inputs, bool compiles) where T : unmanaged
    {
        NDArray<T>[] variables = Array.ConvertAll(inputs, input => (NDArray<T>)input.MakeLeaf(VariableOp.Instance, 0, placeholder: false));
        var output = program.Run(variables)[^1];
        string[] direct = [NodeBits.Of(output), .. Derivatives.Gradient(output, variables, UnusedInputs.Zeros, null).Select(NodeBits.Of)];
        using (var call = Call.Run("Ad.Grad", nodes => program.Run(nodes)[^1], inputs))
        {
            if (call.IsOutermost)
            {
                // What is seen for the first time: single numbers are carried out in passing.
                var results = ReverseProduct.Instance.Compute(null, call.Recording, call.Output, call.Inputs, []);
                string[] computed = [NodeBits.Of(results[0]!), .. call.Fill(results[1..], i => inputs[i].Shape).Select(NodeBits.Of)];
                Assert.Equal(direct, computed);
            }
        }

        for (var times = 0; times < 3; times++)
        {
            using var call = Call.Run("Ad.Grad", nodes => program.Run(nodes)[^1], inputs);
            if (PlannedCall.TryRun(call, ReverseProduct.Instance) is { } results)
            {
                string[] planned = [NodeBits.Of(results[0]!), .. call.Fill(results[1..], i => inputs[i].Shape).Select(NodeBits.Of)];
                Assert.Equal(direct, planned);
            }
            else
            {
                // The first time that a structure is seen, and what depends on no input.
                Assert.True(times == 0 || !call.Output.IsTraced);
            }
        }

        if (!compiles)
        {
            return;
        }

        var compiled = Ad.Compile((NDArray<T>[] x) => Both<T>(Derivatives.Gradient("Ad.Grad", nodes => program.Run(nodes)[^1], x)));
        Assert.Equal(direct, Array.ConvertAll(compiled.Invoke(inputs), NodeBits.Of));

        // Every group is emitted, as the hardware has vectors; none is left to the interpreter in silence.
        Assert.Equal(0, Leg.EmitsHere ? compiled.Stats.InterpretedGroups : compiled.Stats.EmittedGroups);
        Assert.Null(compiled.Stats.EmitFailure);
    }

    private static NDArray<T>[] Both<T>((Node Value, Node[] Grads) pair) where T : unmanaged => [(NDArray<T>)pair.Value, .. pair.Grads.Cast<NDArray<T>>()];
}
