using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Properties.Programs;
using Xunit;

namespace Properties.Engine;

/// <summary>
/// What is computed straight from the recording and what a plan of it computes are the same bits, over random programs; and a plan is what
/// is run. A plain test run draws a sample; ten thousand: <c>GRAD_PROGRAMS=10000 dotnet test -c Release --filter PlannedIsDirect</c>.
/// </summary>
public class PlannedIsDirect
{
    private const int SampleSize = 400;

    [Fact]
    public void Values_and_gradients_have_the_same_bits()
    {
        var count = Environment.GetEnvironmentVariable("GRAD_PROGRAMS") is { } asked ? int.Parse(asked) : SampleSize;
        var config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(count).WithMaxRejected(count);
        Check.One(config, Prop.ForAll(ProgramGenerator.Genomes, genome =>
        {
            var (program, at) = ProgramBuilder.Build(genome);
            var inputs = program.Arrays(at);
            Compare(program, inputs);
            Compare(program, Array.ConvertAll(inputs, input => input.Cast<float>()));
        }));
    }

    // Whatever derives from a variable is left to be differentiated again: no plan is made of it.
    private static void Compare<T>(Program program, NDArray<T>[] inputs) where T : unmanaged
    {
        NDArray<T>[] variables = Array.ConvertAll(inputs, input => (NDArray<T>)input.MakeLeaf(VariableOp.Instance, 0, placeholder: false));
        var output = program.Run(variables)[^1];
        string[] direct = [NodeBits.Of(output), .. Derivatives.Gradient(output, variables, UnusedInputs.Zeros, null).Select(NodeBits.Of)];
        for (var times = 0; times < 3; times++)
        {
            using var call = Call.Run("Ad.Grad", nodes => program.Run(nodes)[^1], inputs);
            if (PlannedGradient.TryRun(call, null, UnusedInputs.Zeros) is var (value, grads))
            {
                string[] planned = [NodeBits.Of(value), .. grads.Select(NodeBits.Of)];
                Assert.Equal(direct, planned);
            }
            else
            {
                // The first time that a structure is seen, and what depends on no input.
                Assert.True(times == 0 || !call.Output.IsTraced);
            }
        }

        var compiled = Ad.Compile((NDArray<T>[] x) => Both<T>(Derivatives.Gradient("Ad.Grad", nodes => program.Run(nodes)[^1], x)));
        Assert.Equal(direct, Array.ConvertAll(compiled.Invoke(inputs), NodeBits.Of));
    }

    private static NDArray<T>[] Both<T>((Node Value, Node[] Grads) pair) where T : unmanaged => [(NDArray<T>)pair.Value, .. pair.Grads.Cast<NDArray<T>>()];
}
