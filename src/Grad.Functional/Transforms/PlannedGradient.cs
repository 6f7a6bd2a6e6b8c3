namespace Grad.Functional;

/// <summary>Value and gradient of a structure that has been seen before.</summary>
internal sealed class PlannedGradient : IDerivation
{
    private static readonly PlannedGradient s_instance = new();

    private PlannedGradient()
    {
    }

    /// <summary>The value and the gradients of a call; null if there is no plan, and the recording is to be run as it is.</summary>
    /// <param name="call">The call, whose function has run.</param>
    /// <param name="gradOutputs">The cotangent of the output, if one was given.</param>
    /// <param name="unused">What an input gets that the output does not depend on.</param>
    public static (Node Value, Node[] Grads)? TryRun(Call call, Node? gradOutputs, UnusedInputs unused)
    {
        if (!IsSeed(call.Output, gradOutputs) || PlannedCall.TryRun(call, s_instance, gradOutputs is null ? [] : [gradOutputs]) is not { } results)
        {
            return null;
        }

        var grads = new Node[call.Inputs.Length];
        for (var i = 0; i < grads.Length; i++)
        {
            if (results[i + 1] is null)
            {
                call.CheckUnused(i, unused);
            }

            grads[i] = results[i + 1] ?? call.Inputs[i].Constant(0, call.Inputs[i].Shape);
        }

        return (results[0]!, grads);
    }

    public void Describe(OpKey key) => key.Add(typeof(PlannedGradient));

    public Node?[] Derive(Recording recording, Node output, Node[] inputs, ReadOnlySpan<Node> seeds)
    {
        var grads = Reverse.Run([output], [Derivatives.Seed("Ad.Grad", output, seeds.IsEmpty ? null : seeds[0])], inputs);
        return [output, .. Array.ConvertAll(grads, grad => Pending.Clean(grad))];
    }

    // Whatever is wrong with the seed the other way of computing says.
    private static bool IsSeed(Node output, Node? gradOutputs) => gradOutputs is null
        ? output.Length == 1
        : !gradOutputs.IsTraced && (gradOutputs.Shape == output.Shape || gradOutputs.Rank == 0);
}
