namespace Grad.Functional;

/// <summary>What an operator makes of a structure that has been seen before: one plan for all of it, the function itself included.</summary>
internal sealed class PlannedCall
{
    private static readonly PlanCache<PlannedCall> s_cache = new();

    private readonly Plan _plan;

    // Without values: what the results are like. Null for a structural zero.
    private readonly Node?[] _results;

    private PlannedCall(Plan plan, Node?[] results) => (_plan, _results) = (plan, results);

    /// <summary>
    /// The results, null for each structural zero; null if there is no plan, and the recording is to be run as it is.
    /// </summary>
    /// <param name="call">The call, whose function has run.</param>
    /// <param name="derivation">What is wanted of it.</param>
    /// <param name="seeds">The operator's other arguments; they are not traced.</param>
    public static Node?[]? TryRun(Call call, IDerivation derivation, ReadOnlySpan<Node> seeds)
    {
        if (!call.IsOutermost)
        {
            return null;
        }

        var key = RecordingKey.Rent();
        try
        {
            if (!key.TryRead(derivation, call.Inputs, call.Output, seeds))
            {
                return null;
            }

            var seedCount = seeds.Length;
            return s_cache.Find(key.Numbers, () => Build(key, derivation, call.Inputs.Length, seedCount))?.Run(key.Parameters);
        }
        finally
        {
            key.Return();
        }
    }

    // The recording again, but over placeholders, constants included: what a rule would compute of a constant is recorded, not kept.
    private static PlannedCall Build(RecordingKey key, IDerivation derivation, int inputCount, int seedCount)
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

        var results = derivation.Derive(recording, twins[^1], parameters[..inputCount], parameters.AsSpan(inputCount, seedCount));
        return new PlannedCall(PlanBuilder.Build(parameters, [.. results.OfType<Node>()]), results);
    }

    private static Node Twin(Node node, Node[] operands) => operands.Length switch
    {
        1 => node.MakeLazy(node.Op!, node.Shape, operands[0]),
        2 => node.Make(node.Op!, node.Shape, operands[0], operands[1]),
        _ => node.Make(node.Op!, node.Shape, operands),
    };

    private Node?[] Run(List<Node> parameters)
    {
        var results = new Node?[_results.Length];
        using var arguments = Arguments.Rent(parameters.Count + results.Length);
        foreach (var parameter in parameters)
        {
            arguments.AddSource(parameter);
        }

        for (var i = 0; i < results.Length; i++)
        {
            if (_results[i] is { } like)
            {
                results[i] = like.Blank(like.Shape);
                arguments.AddResult(results[i]!);
            }
        }

        _plan.Run(arguments.Addresses[..parameters.Count], arguments.Addresses[parameters.Count..]);
        arguments.Complete();
        return results;
    }
}
