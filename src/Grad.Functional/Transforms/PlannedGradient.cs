namespace Grad.Functional;

/// <summary>Value and gradient of a structure that has been seen before: one plan for all of it, the reverse pass included.</summary>
internal sealed class PlannedGradient
{
    private static readonly PlanCache<PlannedGradient> s_cache = new();

    private readonly Plan _plan;

    // Without values: what the results are like. Null where the output does not depend on the input.
    private readonly Node _value;
    private readonly Node?[] _grads;

    private PlannedGradient(Plan plan, Node value, Node?[] grads) => (_plan, _value, _grads) = (plan, value, grads);

    /// <summary>The value and the gradients of a call; null if there is no plan, and the recording is to be run as it is.</summary>
    /// <param name="call">The call, whose function has run.</param>
    /// <param name="gradOutputs">The cotangent of the output, if one was given.</param>
    /// <param name="unused">What an input gets that the output does not depend on.</param>
    public static (Node Value, Node[] Grads)? TryRun(Call call, Node? gradOutputs, UnusedInputs unused)
    {
        if (!call.IsOutermost || !IsSeed(call.Output, gradOutputs))
        {
            return null;
        }

        var key = RecordingKey.Rent();
        try
        {
            return key.TryRead(call.Inputs, call.Output, gradOutputs)
                && s_cache.Find(key.Numbers, () => Build(key, call.Inputs.Length, gradOutputs is not null)) is { } planned
                    ? planned.Run(call, key.Parameters, unused)
                    : null;
        }
        finally
        {
            key.Return();
        }
    }

    // Whatever is wrong with the seed the other way of computing says.
    private static bool IsSeed(Node output, Node? gradOutputs) => gradOutputs is null
        ? output.Length == 1
        : !gradOutputs.IsTraced && (gradOutputs.Shape == output.Shape || gradOutputs.Rank == 0);

    // The recording again, but over placeholders, constants included: what a rule would compute of a constant is recorded, not kept.
    private static PlannedGradient Build(RecordingKey key, int inputCount, bool hasSeed)
    {
        using var recording = new Recording();
        var placeholder = new PlaceholderOp(recording);
        var parameters = key.Parameters.ConvertAll(parameter => parameter.MakeLeaf(placeholder, recording.Birth, placeholder: true)).ToArray();
        var twins = new List<Node>(parameters.AsSpan(0, inputCount).ToArray());
        var next = 0;
        foreach (var node in key.Nodes)
        {
            var operands = new Node[node.OperandCount];
            for (var i = 0; i < operands.Length; i++)
            {
                var place = key.Operands[next++];
                operands[i] = place < 0 ? parameters[~place] : twins[place];
            }

            twins.Add(Twin(node, operands));
        }

        var output = twins[^1];
        var seed = Derivatives.Seed("Ad.Grad", output, hasSeed ? parameters[inputCount] : null);
        var results = Reverse.Run([output], [seed], parameters.AsSpan(0, inputCount));
        var grads = new Node?[inputCount];
        for (var i = 0; i < grads.Length; i++)
        {
            grads[i] = Pending.Clean(results[i]);
        }

        var plan = PlanBuilder.Build(parameters, [output, .. grads.OfType<Node>()]);
        return new PlannedGradient(plan, output, grads);
    }

    private static Node Twin(Node node, Node[] operands) => operands.Length switch
    {
        1 => node.MakeLazy(node.Op!, node.Shape, operands[0]),
        2 => node.Make(node.Op!, node.Shape, operands[0], operands[1]),
        _ => node.Make(node.Op!, node.Shape, operands),
    };

    private (Node Value, Node[] Grads) Run(Call call, List<Node> parameters, UnusedInputs unused)
    {
        var grads = new Node[_grads.Length];
        for (var i = 0; i < grads.Length; i++)
        {
            if (_grads[i] is null)
            {
                call.CheckUnused(i, unused);
            }

            grads[i] = _grads[i]?.Blank(_grads[i]!.Shape) ?? call.Inputs[i].Constant(0, call.Inputs[i].Shape);
        }

        var value = _value.Blank(_value.Shape);
        using var arguments = Arguments.Rent(parameters.Count + 1 + grads.Length);
        foreach (var parameter in parameters)
        {
            arguments.AddSource(parameter);
        }

        arguments.AddResult(value);
        for (var i = 0; i < grads.Length; i++)
        {
            if (_grads[i] is not null)
            {
                arguments.AddResult(grads[i]);
            }
        }

        _plan.Run(arguments.Addresses[..parameters.Count], arguments.Addresses[parameters.Count..]);
        arguments.Complete();
        return (value, grads);
    }
}
