namespace Grad.Functional;

/// <summary>Reverse mode, graph to graph: from cotangents of the outputs to those of the inputs.</summary>
internal static class Reverse
{
    /// <summary>
    /// For each input the cotangent that reaches it, as a node of the same kind of graph; a structural zero where the outputs do not
    /// depend on it.
    /// </summary>
    public static Masked[] Run(ReadOnlySpan<Node> outputs, ReadOnlySpan<Masked> seeds, ReadOnlySpan<Node> inputs)
    {
        using var graph = Subgraph.Between(inputs, outputs, alongDerivatives: true);
        var wanted = new int[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            wanted[i] = graph.PlaceOf(inputs[i]);
        }

        using var cotangents = new Cotangents(graph.Count, wanted);
        Dictionary<int, List<Masked>>? placed = null;
        for (var i = 0; i < outputs.Length; i++)
        {
            if (graph.PlaceOf(outputs[i]) is >= 0 and var place && graph.Depends(place))
            {
                ref var sum = ref cotangents[place];
                sum = Pending.Add(sum, seeds[i]);
            }
        }

        var (needed, contributions) = (new bool[4], new Masked[4]);
        for (var place = graph.Count - 1; place >= 0; place--)
        {
            var node = graph[place];
            AddPlaced(place);
            if (node.OperandCount == 0 || !graph.Depends(place) || cotangents.Take(place) is not { IsZero: false } cotangent)
            {
                continue;
            }

            var operands = graph.Operands(place);
            var count = operands.Length;
            if (count > needed.Length)
            {
                (needed, contributions) = (new bool[count], new Masked[count]);
            }

            var any = false;
            for (var i = 0; i < count; i++)
            {
                needed[i] = operands[i] >= 0 && graph.Depends(operands[i]);
                contributions[i] = default;
                any |= needed[i];
            }

            if (!any)
            {
                continue;
            }

            node.Op!.Reverse(node, cotangent, needed.AsSpan(0, count), contributions.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                if (needed[i] && !contributions[i].IsZero)
                {
                    if (Pending.IsPlaced(contributions[i]))
                    {
                        Keep(operands[i], contributions[i]);
                        continue;
                    }

                    ref var sum = ref cotangents[operands[i]];
                    sum = Pending.Add(sum, contributions[i]);
                }
            }
        }

        var results = new Masked[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            results[i] = wanted[i] >= 0 ? cotangents[wanted[i]] : default;
        }

        return results;

        // What many reads from one array contribute is added up when all of it is there.
        void Keep(int place, in Masked contribution)
        {
            placed ??= [];
            if (!placed.TryGetValue(place, out var others))
            {
                placed.Add(place, others = []);
            }

            others.Add(contribution);
        }

        void AddPlaced(int place)
        {
            if (placed is not null && placed.Remove(place, out var contributions))
            {
                ref var sum = ref cotangents[place];
                sum = Pending.AddPlaced(sum, contributions);
            }
        }
    }
}
