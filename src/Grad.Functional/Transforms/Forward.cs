namespace Grad.Functional;

/// <summary>Forward mode, graph to graph: from tangents of the inputs to those of the outputs.</summary>
internal static class Forward
{
    /// <summary>For each output its tangent, as a node of the same kind of graph; a structural zero where it depends on no input.</summary>
    public static Masked[] Run(ReadOnlySpan<Node> outputs, ReadOnlySpan<Node> inputs, ReadOnlySpan<Masked> tangents)
    {
        using var graph = Subgraph.Between(inputs, outputs, alongDerivatives: true);
        var all = new Masked[graph.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            if (graph.PlaceOf(inputs[i]) is >= 0 and var place)
            {
                all[place] = Pending.Add(all[place], tangents[i]);
            }
        }

        var tangent = new Masked[4];
        for (var place = 0; place < graph.Count; place++)
        {
            var node = graph[place];
            if (!graph.Depends(place) || node.Op is not { IsDifferentiable: true } op)
            {
                continue;
            }

            var operands = graph.Operands(place);
            var count = operands.Length;
            if (count > tangent.Length)
            {
                tangent = new Masked[count];
            }

            var any = false;
            for (var i = 0; i < count; i++)
            {
                tangent[i] = operands[i] >= 0 ? all[operands[i]] : default;
                any |= !tangent[i].IsZero;
            }

            if (any)
            {
                // An input that depends on another input has a tangent of its own and one that comes through.
                all[place] = Pending.Add(all[place], op.Forward(node, tangent.AsSpan(0, count)));
            }
        }

        var results = new Masked[outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            results[i] = graph.PlaceOf(outputs[i]) is >= 0 and var place ? all[place] : default;
        }

        return results;
    }
}
