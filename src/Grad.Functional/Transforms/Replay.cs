namespace Grad.Functional;

/// <summary>The graph between some beginnings and some ends, over again with something else put in for the beginnings.</summary>
internal static class Replay
{
    /// <summary>
    /// The ends with arrays put in that have a new leading axis of <paramref name="size"/>: many results at once. An end that does not
    /// depend on a beginning comes back as it is, without that axis, and is marked so.
    /// </summary>
    public static (Node Result, bool IsBatched)[] Batch(ReadOnlySpan<Node> from, ReadOnlySpan<Node> batches, ReadOnlySpan<Node> to, int size)
    {
        var graph = Subgraph.Between(from, to, alongDerivatives: false);
        var replaced = new Node?[graph.Count];
        Put(graph, from, batches, replaced);
        for (var place = 0; place < replaced.Length; place++)
        {
            if (!graph.Depends(place) || replaced[place] is not null)
            {
                continue;
            }

            var node = graph[place];
            var (operands, batched) = (new Node[node.OperandCount], new bool[node.OperandCount]);
            var places = graph.Operands(place);
            for (var i = 0; i < operands.Length; i++)
            {
                var batch = places[i] >= 0 ? replaced[places[i]] : null;
                (operands[i], batched[i]) = (batch ?? node.Operand(i), batch is not null);
            }

            replaced[place] = node.Op!.Batch(node, operands, batched, size);
        }

        var results = new (Node, bool)[to.Length];
        for (var i = 0; i < to.Length; i++)
        {
            results[i] = graph.PlaceOf(to[i]) is >= 0 and var place && replaced[place] is { } batch ? (batch, true) : (to[i], false);
        }

        return results;
    }

    /// <summary>
    /// The end in another element type: every step that depends on a beginning is taken anew on what is put in, and whatever
    /// else it uses is converted.
    /// </summary>
    public static Node Widen(ReadOnlySpan<Node> from, ReadOnlySpan<Node> wider, Node to)
    {
        var graph = Subgraph.Between(from, [to], alongDerivatives: false);
        var like = wider[0];
        var replaced = new Node?[graph.Count];
        Put(graph, from, wider, replaced);
        for (var place = 0; place < replaced.Length; place++)
        {
            if (!graph.Depends(place) || replaced[place] is not null)
            {
                continue;
            }

            var node = graph[place];
            var operands = new Node[node.OperandCount];
            var places = graph.Operands(place);
            for (var i = 0; i < operands.Length; i++)
            {
                var operand = node.Operand(i);
                operands[i] = places[i] >= 0 && replaced[places[i]] is { } done ? done
                    : operand.IsDifferentiable ? like.Convert(operand)
                    : operand;
            }

            // A cast between floating types would round what is to be wider: it is left out.
            replaced[place] = node.Op is ICast { IsToFloating: true } && operands[0].IsDifferentiable ? operands[0] : node.Op!.Apply(operands);
        }

        return graph.PlaceOf(to) is >= 0 and var last && replaced[last] is { } result ? result : like.Convert(to);
    }

    private static void Put(Subgraph graph, ReadOnlySpan<Node> from, ReadOnlySpan<Node> instead, Node?[] replaced)
    {
        for (var i = 0; i < from.Length; i++)
        {
            if (graph.PlaceOf(from[i]) is >= 0 and var place)
            {
                replaced[place] = instead[i];
            }
        }
    }
}
