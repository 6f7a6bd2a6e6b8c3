namespace Grad.Functional;

/// <summary>What an operator makes of a structure that has been seen before: one plan for all of it, the function itself included.</summary>
internal sealed class PlannedCall
{
    private static readonly PlanCache<PlannedCall> s_cache = new();

    private readonly Plan _plan;

    // Without values: what the results are like. Null for a structural zero.
    private readonly Node?[] _results;

    // What the plan runs on: places among the recording's nodes, and complements of those among the parameters; null for all parameters.
    private readonly int[]? _sources;

    private PlannedCall(Plan plan, Node?[] results, int[]? sources) => (_plan, _results, _sources) = (plan, results, sources);

    /// <summary>The results as the operator's caller gets them, null for each structural zero: by a plan if there is one, else straight from the nodes.</summary>
    /// <param name="call">The call, whose function has run.</param>
    /// <param name="derivation">What is wanted of it.</param>
    /// <param name="seeds">The operator's other arguments.</param>
    public static Node?[] Ask(Call call, IDerivation derivation, params ReadOnlySpan<Node> seeds)
    {
        var isAlone = IsAlone(call, seeds);
        var key = RecordingKey.Rent();
        try
        {
            var hasKey = isAlone && key.TryRead(derivation, call.Inputs, call.Output, seeds);
            if (hasKey && TryRun(key, call, derivation, seeds.Length) is { } planned)
            {
                return planned;
            }

            // What outlives its call is asked within a recording of its own.
            using var later = derivation.UsesValues ? new Recording() : null;
            var recording = later ?? call.Recording;
            var results = isAlone
                ? derivation.Compute(hasKey ? key : null, recording, call.Output, call.Inputs, seeds)
                : derivation.Derive(recording, call.Output, call.Inputs, seeds);
            for (var i = 0; i < results.Length; i++)
            {
                results[i] = results[i] is { } result ? Call.Release(result, recording.Birth) : null;
            }

            return results;
        }
        finally
        {
            key.Return();
        }
    }

    /// <summary>
    /// The results, null for each structural zero; null if there is no plan, and the recording is to be run as it is.
    /// </summary>
    /// <inheritdoc cref="Ask"/>
    public static Node?[]? TryRun(Call call, IDerivation derivation, params ReadOnlySpan<Node> seeds)
    {
        var key = RecordingKey.Rent();
        try
        {
            return IsAlone(call, seeds) && key.TryRead(derivation, call.Inputs, call.Output, seeds) ? TryRun(key, call, derivation, seeds.Length) : null;
        }
        finally
        {
            key.Return();
        }
    }

    // What a computation will need in memory is known of plans, so that a budget does not wait for the second time.
    private static Node?[]? TryRun(RecordingKey key, Call call, IDerivation derivation, int seedCount)
    {
        var planned = Find(key, derivation, call, seedCount);
        return (planned is null && OptionsScope.HasBudget ? Find(key, derivation, call, seedCount) : planned)?.Run(key);
    }

    // Whether nobody can ask for a derivative of the results.
    private static bool IsAlone(Call call, ReadOnlySpan<Node> seeds)
    {
        foreach (var seed in seeds)
        {
            if (seed.IsTraced)
            {
                return false;
            }
        }

        return call.IsOutermost;
    }

    private static PlannedCall? Find(RecordingKey key, IDerivation derivation, Call call, int seedCount) =>
        s_cache.Find(key.Numbers, (key, derivation, call.Inputs.Length, seedCount), static of => Build(of.key, of.derivation, of.Item3, of.Item4));

    // The recording again, but over placeholders, constants included: what a rule would compute of a constant is recorded, not kept.
    private static PlannedCall Build(RecordingKey key, IDerivation derivation, int inputCount, int seedCount)
    {
        using var recording = new Recording();
        var placeholder = new PlaceholderOp(recording);
        var parameters = Array.ConvertAll(
            key.Parameters.ToArray(), parameter => parameter.MakeLeaf(placeholder, recording.Birth, placeholder: true));
        var twins = new List<Node>(parameters.AsSpan(0, inputCount).ToArray());
        var next = 0;
        foreach (var node in key.Nodes.ToArray())
        {
            var operands = new Node[node.OperandCount];
            for (var i = 0; i < operands.Length; i++)
            {
                var place = key.Operands[next++];
                operands[i] = place < 0 ? parameters[~place] : twins[place];
            }

            twins.Add(Twin.Of(node, operands));
        }

        var results = derivation.Derive(recording, twins[^1], parameters[..inputCount], parameters.AsSpan(inputCount, seedCount));
        Node[] wanted = [.. results.OfType<Node>()];
        if (!derivation.UsesValues)
        {
            return new PlannedCall(PlanBuilder.Build(parameters, Components.TakeApart(parameters, wanted)), results, null);
        }

        var (sources, places) = Sources(wanted, parameters, twins, inputCount);
        return new PlannedCall(PlanBuilder.Build(sources, Components.TakeApart(sources, wanted)), results, places);
    }

    // Of what has values in a recording, or can have them, that which the results are made of at first hand.
    private static (Node[] Sources, int[] Places) Sources(Node[] wanted, Node[] parameters, List<Node> twins, int inputCount)
    {
        var known = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < parameters.Length; i++)
        {
            known.Add(parameters[i], ~i);
        }

        for (var i = inputCount; i < twins.Count; i++)
        {
            known.Add(twins[i], i - inputCount);
        }

        var (sources, places) = (new List<Node>(), new List<int>());
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Node>(wanted);
        while (pending.TryPop(out var node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            if (known.TryGetValue(node, out var place))
            {
                sources.Add(node);
                places.Add(place);
                continue;
            }

            for (var i = 0; i < node.OperandCount; i++)
            {
                pending.Push(PlanGraph.Read(node, i));
            }
        }

        return ([.. sources], [.. places]);
    }

    private Node?[] Run(RecordingKey key)
    {
        var results = new Node?[_results.Length];
        var sources = _sources?.Length ?? key.Parameters.Count;
        using var arguments = Arguments.Rent(sources + results.Length);
        for (var i = 0; i < sources; i++)
        {
            arguments.AddSource(_sources is null ? key.Parameters[i] : Source(key, _sources[i]));
        }

        for (var i = 0; i < results.Length; i++)
        {
            if (_results[i] is { } like)
            {
                results[i] = like.Blank(like.Shape);
                arguments.AddResult(results[i]!);
            }
        }

        _plan.Run(arguments.Addresses[..sources], arguments.Addresses[sources..]);
        arguments.Complete();
        return results;
    }

    private static Node Source(RecordingKey key, int place)
    {
        var node = place < 0 ? key.Parameters[~place] : key.Nodes[place];
        DirectExecutor.Evaluate(node);
        return node;
    }
}
