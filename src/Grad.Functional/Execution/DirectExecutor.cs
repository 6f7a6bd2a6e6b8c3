namespace Grad.Functional;

/// <summary>Evaluates straight from the recording: the cone of nodes under the one asked for that have no value yet.</summary>
/// <remarks>
/// Every value of the cone is kept, so that reading values in the middle of a long computation costs what was added since the last
/// read. The walk keeps its own stack: a chain of a million nodes does not recurse.
/// </remarks>
internal static class DirectExecutor
{
    public static void Evaluate(Node root)
    {
        if (root.HasValue)
        {
            return;
        }

        if (OperandsAreReady(root))
        {
            root.Op!.Evaluate(root);
            return;
        }

        var pending = new Stack<Node>();
        pending.Push(root);
        while (pending.TryPeek(out var node))
        {
            if (node.HasValue)
            {
                pending.Pop();
                continue;
            }

            if (OperandsAreReady(node, pending))
            {
                pending.Pop();
                node.Op!.Evaluate(node);
            }
        }
    }

    private static bool OperandsAreReady(Node node, Stack<Node>? missing = null)
    {
        var ready = true;
        for (var i = 0; i < node.OperandCount; i++)
        {
            var operand = node.Op!.ReadsBroadcastSources ? BroadcastSource.Of(node.Operand(i)) : node.Operand(i);
            if (!operand.HasValue)
            {
                missing?.Push(operand);
                ready = false;
            }
        }

        return ready;
    }
}
