namespace Grad.Functional;

/// <summary>How many read each node of a graph; counted when somebody asks.</summary>
/// <param name="outputs">What is wanted of the graph.</param>
internal sealed class ReaderCounts(Node[] outputs)
{
    private Dictionary<Node, int>? _readers;

    /// <summary>Whether nobody else reads what a node reads.</summary>
    public bool IsOnlyReader(Node node)
    {
        _readers ??= Count();
        for (var i = 0; i < node.OperandCount; i++)
        {
            if (_readers.GetValueOrDefault(node.Operand(i)) > 1)
            {
                return false;
            }
        }

        return true;
    }

    // Of the whole graph, and only if a simplification depends on it. What is wanted as a result has one reader more.
    private Dictionary<Node, int> Count()
    {
        var readers = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Node>();
        foreach (var output in outputs)
        {
            Read(output);
        }

        while (pending.TryPop(out var node))
        {
            for (var i = 0; i < node.OperandCount && !node.HasValue; i++)
            {
                Read(node.Operand(i));
            }
        }

        return readers;

        void Read(Node node)
        {
            if (!readers.TryAdd(node, 1))
            {
                readers[node]++;
                return;
            }

            pending.Push(node);
        }
    }
}
