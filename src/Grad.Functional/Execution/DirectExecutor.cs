namespace Grad.Functional;

/// <summary>Evaluates straight from the recording: the cone of nodes under the one asked for that have no value yet.</summary>
/// <remarks>
/// Every value of the cone is kept, so that reading values in the middle of a long computation costs what was added since the last
/// read. The walk keeps its own stack: a chain of a million nodes does not recurse.
/// </remarks>
internal static class DirectExecutor
{
    private const int KeptCapacity = 1024;

    // A walk's stack is used again by the next walk of the thread: chains of reads walk often, and a short way.
    [ThreadStatic]
    private static Stack<Visit>? s_stack;

    public static void Evaluate(Node root)
    {
        if (root.HasValue)
        {
            return;
        }

        var token = OptionsScope.Token;
        token.ThrowIfCancellationRequested();
        var from = 0;
        if (Missing(root, ref from) is null)
        {
            root.Compute();
            return;
        }

        if (OptionsScope.HasBudget && root.IsTraced)
        {
            OptionsScope.Keep(BytesUnder(root));
        }

        // Out of sight while in use: an op that evaluates an array of its own walks too.
        var pending = s_stack ?? new Stack<Visit>();
        s_stack = null;
        for (var visit = new Visit(root, from); visit.Node is { } node; pending.TryPop(out visit))
        {
            from = visit.From;
            while (Missing(node, ref from) is { } operand)
            {
                pending.Push(new Visit(node, from));
                (node, from) = (operand, 0);
            }

            if (!node.HasValue)
            {
                token.ThrowIfCancellationRequested();
                node.Compute();
            }
        }

        s_stack = pending.Capacity <= KeptCapacity ? pending : null;
    }

    /// <summary>The bytes of the values that an evaluation will keep, besides the root's own.</summary>
    private static long BytesUnder(Node root)
    {
        var (bytes, seen, pending) = (0L, new NodeTable(), new Stack<Node>());
        pending.Push(root);
        while (pending.TryPop(out var node))
        {
            bytes += node == root || node.Op!.IsView ? 0 : (long)node.Length * node.ElementSize;
            for (var i = 0; i < node.OperandCount; i++)
            {
                var operand = node.Operand(i);
                operand = operand.HasValue || !node.Op!.ReadsBroadcastSources ? operand : BroadcastSource.Of(operand);
                if (!operand.HasValue && seen.TryAdd(operand, 0))
                {
                    pending.Push(operand);
                }
            }
        }

        return bytes;
    }

    /// <summary>An operand that must be evaluated before the node can be.</summary>
    /// <param name="node">The node.</param>
    /// <param name="from">The first operand that may be it: those before have values. Comes back as that one's number.</param>
    private static Node? Missing(Node node, ref int from)
    {
        for (; from < node.OperandCount; from++)
        {
            var operand = node.Operand(from);
            if (operand.HasValue)
            {
                continue;
            }

            operand = node.Op!.ReadsBroadcastSources ? BroadcastSource.Of(operand) : operand;
            if (!operand.HasValue)
            {
                return operand;
            }
        }

        return null;
    }

    // A struct on the stack, so that pushing a node costs no check of the array's element type.
    private readonly record struct Visit(Node? Node, int From);
}
