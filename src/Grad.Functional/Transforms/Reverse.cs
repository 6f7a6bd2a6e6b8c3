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
        return Run(graph, outputs, seeds, inputs, carriesOut: false);
    }

    /// <summary>
    /// The same where nobody asks for more than values: single numbers are carried out at once, with the same bits, and leave no graph. All that the output
    /// depends on has its values.
    /// </summary>
    /// <param name="order">The order of what the output depends on; null if it is to be found.</param>
    /// <param name="output">The output.</param>
    /// <param name="seed">Its cotangent.</param>
    /// <param name="inputs">The inputs.</param>
    public static Masked[] CarryOut(RecordingKey? order, Node output, in Masked seed, ReadOnlySpan<Node> inputs)
    {
        using var graph = order is null ? Subgraph.Between(inputs, [output], alongDerivatives: true) : Subgraph.Of(order, inputs);
        return Run(graph, [output], [seed], inputs, carriesOut: true);
    }

    private static Masked[] Run(Subgraph graph, ReadOnlySpan<Node> outputs, ReadOnlySpan<Masked> seeds, ReadOnlySpan<Node> inputs, bool carriesOut)
    {
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
                ref var sum = ref cotangents.Of(place, outputs[i]);
                sum = Pending.Add(sum, seeds[i]);
            }
        }

        var (needed, contributions, numbers) = (new bool[4], new Masked[4], new NumberCotangent[4]);
        for (var place = graph.Count - 1; place >= 0; place--)
        {
            var node = graph[place];
            AddPlaced(place);
            if (node.OperandCount == 0 || !graph.Depends(place))
            {
                continue;
            }

            var operands = graph.Operands(place);
            var count = operands.Length;
            if (count > needed.Length)
            {
                (needed, contributions, numbers) = (new bool[count], new Masked[count], new NumberCotangent[count]);
            }

            var any = false;
            for (var i = 0; i < count; i++)
            {
                needed[i] = operands[i] >= 0 && graph.Depends(operands[i]);
                any |= needed[i];
            }

            if (any && !(carriesOut && node.Length == 1 && TryCarryOut(place, node, operands)) && cotangents.Take(place, node) is { IsZero: false } cotangent)
            {
                Derive(node, cotangent, operands);
            }
        }

        var results = new Masked[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            results[i] = wanted[i] >= 0 ? cotangents.Of(wanted[i], inputs[i]) : default;
        }

        return results;

        // The rule on nodes.
        void Derive(Node node, in Masked cotangent, ReadOnlySpan<int> operands)
        {
            contributions.AsSpan(0, operands.Length).Clear();
            node.Op!.Reverse(node, cotangent, needed.AsSpan(0, operands.Length), contributions.AsSpan(0, operands.Length));
            for (var i = 0; i < operands.Length; i++)
            {
                if (needed[i] && !contributions[i].IsZero)
                {
                    if (Pending.IsPlaced(contributions[i]))
                    {
                        Keep(operands[i], contributions[i]);
                        continue;
                    }

                    ref var sum = ref cotangents.Of(operands[i], node.Operand(i));
                    sum = Pending.Add(sum, contributions[i]);
                }
            }
        }

        // The rule on numbers, if the cotangent is one and the op has such a rule.
        bool TryCarryOut(int place, Node node, ReadOnlySpan<int> operands)
        {
            if (!cotangents.TryTakeNumber(place, node, out var number))
            {
                return false;
            }

            numbers.AsSpan(0, operands.Length).Clear();
            if (!node.Op!.TryReverse(node, number, needed.AsSpan(0, operands.Length), numbers.AsSpan(0, operands.Length)))
            {
                Derive(node, number.For(node), operands);
                return true;
            }

            for (var i = 0; i < operands.Length; i++)
            {
                if (needed[i] && numbers[i].IsPresent)
                {
                    cotangents.Add(operands[i], node.Operand(i), numbers[i]);
                }
            }

            return true;
        }

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
                ref var sum = ref cotangents.Of(place, graph[place]);
                sum = Pending.AddPlaced(sum, contributions);
            }
        }
    }
}
