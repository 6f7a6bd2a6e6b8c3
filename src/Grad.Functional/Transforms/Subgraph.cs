using System.Buffers;

namespace Grad.Functional;

/// <summary>The nodes that lie between some beginnings and some ends, operands before their users.</summary>
/// <remarks>
/// Its tables are rented: those of a long recording would be large objects, which are collected only together with everything else. Who is done with
/// it gives them back by <see cref="Dispose"/>; who keeps it for long need not.
/// </remarks>
internal sealed class Subgraph : IDisposable
{
    // Beyond, the table of pages would be larger than most graphs.
    private const long MaxSpan = 1 << 26;

    private Step[] _steps;

    // The places of all operands, node after node: a walk over the graph then needs no table.
    private int[] _operands;

    // By id where ids are unique, else by hashes.
    private readonly IdPages? _pages;
    private readonly NodeTable? _table;

    private Subgraph(RecordingKey order, ReadOnlySpan<Node> from)
    {
        Count = from.Length + order.Nodes.Count;
        _steps = ArrayPool<Step>.Shared.Rent(Count);
        _operands = ArrayPool<int>.Shared.Rent(order.Operands.Count);
        order.Operands.CopyTo(_operands);
        for (int place = 0, next = 0; place < Count; place++)
        {
            var isInput = place < from.Length;
            var node = isInput ? from[place] : order.Nodes[place - from.Length];
            _steps[place] = new Step { Node = node, FirstOperand = next };
            next += isInput ? 0 : node.OperandCount;
        }

        MarkDependents(from, alongDerivatives: true);
    }

    private Subgraph(ReadOnlySpan<Node> from, ReadOnlySpan<Node> to, bool alongDerivatives)
    {
        var (first, last) = (long.MaxValue, 0L);
        foreach (var node in from)
        {
            first = Math.Min(first, node.Id);
        }

        foreach (var node in to)
        {
            last = Math.Max(last, node.Id);
        }

        var operands = 0;
        if (last - first < MaxSpan && Sweep(to, first, (int)Math.Max(last - first + 1, 0), ref operands) is { } pages)
        {
            _pages = pages;
            Count = pages.Count;
            _steps = ArrayPool<Step>.Shared.Rent(Count);
            var offset = (int)Math.Max(last - first + 1, 0);
            for (var place = Count - 1; place >= 0; place--)
            {
                var node = pages.Before(ref offset)!;
                _steps[place].Node = node;
                pages.Move(node, place);
            }
        }
        else
        {
            (_table, _steps, Count) = Search(to, first, out operands);
        }

        _operands = ArrayPool<int>.Shared.Rent(operands);
        for (int place = 0, next = 0; place < Count; place++)
        {
            ref var step = ref _steps[place];
            var node = step.Node;
            (step.FirstOperand, step.Depends) = (next, false);
            for (var i = 0; i < node.OperandCount; i++)
            {
                var operand = node.Operand(i);
                _operands[next++] = operand.Id >= first ? PlaceOf(operand) : -1;
            }
        }

        MarkDependents(from, alongDerivatives);
    }

    /// <summary>The number of nodes.</summary>
    public int Count { get; }

    /// <summary>The nodes in order.</summary>
    public IEnumerable<Node> Nodes => _steps.Take(Count).Select(step => step.Node);

    /// <summary>The node at a place.</summary>
    public Node this[int place] => _steps[place].Node;

    /// <param name="from">The beginnings; one may depend on another.</param>
    /// <param name="to">The ends.</param>
    /// <param name="alongDerivatives">Whether only dependence that a derivative follows counts.</param>
    public static Subgraph Between(ReadOnlySpan<Node> from, ReadOnlySpan<Node> to, bool alongDerivatives) => new(from, to, alongDerivatives);

    /// <summary>The nodes of a recording whose order is known, its inputs before all others.</summary>
    public static Subgraph Of(RecordingKey order, ReadOnlySpan<Node> inputs) => new(order, inputs);

    /// <summary>The place of a node in this order, or −1.</summary>
    public int PlaceOf(Node node) => _pages is { } pages ? pages[node] : _table is { } table ? table[node] : Search(node);

    /// <summary>The places of the operands of the node at a place, each negative if it is older than all beginnings.</summary>
    public ReadOnlySpan<int> Operands(int place) =>
        _operands.AsSpan(_steps[place].FirstOperand, _steps[place].Node.OperandCount);

    /// <summary>Whether the node at a place depends on a beginning.</summary>
    public bool Depends(int place) => _steps[place].Depends;

    /// <summary>Whether a node depends on a beginning.</summary>
    public bool Depends(Node node) => PlaceOf(node) is >= 0 and var place && Depends(place);

    /// <summary>Gives the tables back: nothing may be asked of it from here on.</summary>
    public void Dispose()
    {
        // Without their nodes, which the pool would keep alive.
        Array.Clear(_steps, 0, Count);
        ArrayPool<Step>.Shared.Return(_steps);
        ArrayPool<int>.Shared.Return(_operands);
        (_steps, _operands) = ([], []);
        _pages?.Dispose();
    }

    // A node that was made before the first beginning cannot depend on any: ids rise along every edge. So against their order who is entered by then has
    // all who read it behind it. Null if two nodes have the same id.
    private static IdPages? Sweep(ReadOnlySpan<Node> to, long first, int span, ref int operands)
    {
        var pages = new IdPages(first, span);
        foreach (var node in to)
        {
            if (node.Id >= first && !pages.TryEnter(node))
            {
                return null;
            }
        }

        for (var offset = span; pages.Before(ref offset) is { } node;)
        {
            operands += node.OperandCount;
            for (var i = 0; i < node.OperandCount; i++)
            {
                if (node.Operand(i) is var operand && operand.Id >= first && !pages.TryEnter(operand))
                {
                    return null;
                }
            }
        }

        return pages;
    }

    // The same order; those of the same id as they are found.
    private static (NodeTable, Step[], int) Search(ReadOnlySpan<Node> to, long first, out int operands)
    {
        var (table, found, pending) = (new NodeTable(), new List<Node>(), new Stack<Node>());
        operands = 0;
        foreach (var node in to)
        {
            pending.Push(node);
        }

        while (pending.TryPop(out var node))
        {
            if (node.Id >= first && table.TryAdd(node, -1))
            {
                found.Add(node);
                operands += node.OperandCount;
                for (var i = 0; i < node.OperandCount; i++)
                {
                    pending.Push(node.Operand(i));
                }
            }
        }

        var steps = ArrayPool<Step>.Shared.Rent(found.Count);
        foreach (var (place, node) in found.OrderBy(node => node.Id).Index())
        {
            table.Move(node, place);
            steps[place].Node = node;
        }

        return (table, steps, found.Count);
    }

    // By its id, which rises from place to place.
    private int Search(Node node)
    {
        var (first, end) = (0, Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            (first, end) = _steps[middle].Node.Id < node.Id ? (middle + 1, end) : (first, middle);
        }

        return first < Count && ReferenceEquals(_steps[first].Node, node) ? first : -1;
    }

    private void MarkDependents(ReadOnlySpan<Node> from, bool alongDerivatives)
    {
        foreach (var node in from)
        {
            if (PlaceOf(node) is >= 0 and var place)
            {
                _steps[place].Depends = true;
            }
        }

        for (var place = 0; place < Count; place++)
        {
            ref var step = ref _steps[place];
            if (!step.Depends && (!alongDerivatives || (step.Node.IsDifferentiable && step.Node.Op is { IsDifferentiable: true })))
            {
                foreach (var operand in Operands(place))
                {
                    step.Depends |= operand >= 0 && Depends(operand);
                }
            }
        }
    }

    private struct Step
    {
        public Node Node;

        // Where the places of its operands begin.
        public int FirstOperand;

        // On a beginning.
        public bool Depends;
    }
}
