namespace Grad.Functional;

/// <summary>How the values of a graph lie about a batch: which have a few elements for each of so many samples, and where it pays to take them apart.</summary>
internal sealed class ComponentLayouts
{
    // Fewer samples do not fill lanes; more components each are better computed by rows.
    private const int MinCount = 16;
    private const int MaxParts = 64;
    private const int MaxTotal = 1 << 12;

    // Of a few elements each is a number of its own in straight-line code; of all of these together there may be as many as are compiled in a second.
    private const int MaxTiny = 16;
    private const int MaxTinyWork = 1 << 18;

    // Nanoseconds, roughly: what an op costs besides its elements, and an element of an op, of a copy, of a fold or product.
    private const double Dispatch = 15;
    private const double Apart = 60;
    private const double Element = 0.3;
    private const double Copy = 1;
    private const double Fold = 3;

    // The same of single numbers in straight-line code: a sum or product, any other function.
    private const double Straight = 0.3;
    private const double StraightFunction = 6;

    private readonly Subgraph _graph;
    private readonly (int Outer, int Inner)[] _layouts;
    private readonly int[] _regions;
    private readonly bool[] _given;
    private readonly bool[] _pays;

    private ComponentLayouts(Subgraph graph, ReadOnlySpan<Node> inputs, ReadOnlySpan<Node> outputs, int count)
    {
        (_graph, Count) = (graph, count);
        (_layouts, _regions, _pays) = (new (int, int)[graph.Count], new int[graph.Count], new bool[graph.Count]);
        _given = new bool[graph.Count];
        foreach (var input in inputs)
        {
            if (graph.PlaceOf(input) is >= 0 and var place)
            {
                _given[place] = true;
            }
        }

        for (var place = 0; place < graph.Count; place++)
        {
            _regions[place] = place;
            _given[place] |= graph[place].HasValue || graph[place].OperandCount == 0;
            if (!_given[place] && IsTakeable(graph[place]))
            {
                _layouts[place] = LayoutOf(place);
            }
        }

        Weigh(outputs);
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    public bool AnyPays => _pays.AsSpan().Contains(true);

    /// <summary>A value's elements as [outer, count, inner].</summary>
    public (int Outer, int Inner) this[int place] => _layouts[place];

    /// <summary>Whether the value at a place is an input or a constant.</summary>
    public bool IsGiven(int place) => _given[place];

    /// <summary>Whether the value at a place is to be taken apart.</summary>
    public bool Pays(int place) => _layouts[place].Inner > 0 && _pays[Region(place)];

    /// <summary>For the batch size that most values of the graph have, of those not tried; null if there is none.</summary>
    public static ComponentLayouts? Choose(Subgraph graph, ReadOnlySpan<Node> inputs, ReadOnlySpan<Node> outputs, HashSet<int> tried)
    {
        var votes = new Dictionary<int, int>();
        for (var place = 0; place < graph.Count; place++)
        {
            var node = graph[place];
            var extents = node.Shape.AsSpan();
            for (var axis = 0; axis < extents.Length; axis++)
            {
                var extent = extents[axis];
                if (extent >= MinCount && node.Length > 0 && node.Length / extent <= MaxParts && !extents[..axis].Contains(extent) && !tried.Contains(extent))
                {
                    votes[extent] = votes.GetValueOrDefault(extent) + 1;
                }
            }
        }

        var (most, chosen) = (0, 0);
        foreach (var (extent, count) in votes)
        {
            (most, chosen) = count > most || (count == most && extent > chosen) ? (count, extent) : (most, chosen);
        }

        return chosen == 0 ? null : new ComponentLayouts(graph, inputs, outputs, chosen);
    }

    /// <summary>For values of a few elements, each a number of its own: a batch of one sample.</summary>
    public static ComponentLayouts Tiny(Subgraph graph, ReadOnlySpan<Node> inputs, ReadOnlySpan<Node> outputs) => new(graph, inputs, outputs, 1);

    private static bool IsTiny(Node node)
    {
        for (var i = 0; i < node.OperandCount; i++)
        {
            if (node.Operand(i).Length > MaxTiny)
            {
                return false;
            }
        }

        return node.Length is > 0 and <= MaxTiny;
    }

    private static bool IsTakeable(Node node) =>
        (node.IsDifferentiable || node.ElementType == typeof(bool))
        && (node.Op!.IsView || (node.Op is IRowwise rowwise && rowwise.HasRows(node)) || (node.Op as IElementwiseOp)?.Kernel(node) is not null);

    private (int Outer, int Inner) LayoutOf(int place)
    {
        var node = _graph[place];
        if (Count == 1)
        {
            return IsTiny(node) ? (node.Length, 1) : default;
        }

        var parts = node.Length / Count;
        if (parts is 0 or > MaxParts || node.Length % Count != 0)
        {
            return default;
        }

        // Where elements keep their places, the layout is that of an operand; else that of the first axis that is as long as the batch.
        var places = _graph.Operands(place);
        if (node.Op is not IRowwise)
        {
            for (var i = 0; i < places.Length; i++)
            {
                if (places[i] >= 0 && _layouts[places[i]].Inner > 0 && node.Operand(i).Length == node.Length)
                {
                    return _layouts[places[i]];
                }
            }
        }

        var outer = 1;
        foreach (var extent in node.Shape)
        {
            if (extent == Count)
            {
                return (outer, parts / outer);
            }

            outer *= extent;
        }

        // An axis may hold the batch and more, as the rows of a product do.
        foreach (var operand in places)
        {
            if (operand >= 0 && _layouts[operand] is { Inner: > 0 } layout && parts % layout.Outer == 0)
            {
                return (layout.Outer, parts / layout.Outer);
            }
        }

        return default;
    }

    // What belongs together is taken apart together, if all of it is cheaper then than it is as a whole. What only moves elements is left alone.
    private void Weigh(ReadOnlySpan<Node> outputs)
    {
        var (saved, computes) = (new double[_graph.Count], new bool[_graph.Count]);
        var (total, read, wanted) = (new int[_graph.Count], new HashSet<(int, Node)>(), new HashSet<int>());
        foreach (var output in outputs)
        {
            wanted.Add(_graph.PlaceOf(output));
        }

        for (var place = 0; place < _graph.Count; place++)
        {
            foreach (var operand in _graph.Operands(place))
            {
                if (operand >= 0 && _layouts[operand].Inner > 0)
                {
                    if (_layouts[place].Inner > 0)
                    {
                        _regions[Region(operand)] = Region(place);
                    }
                    else
                    {
                        wanted.Add(operand);
                    }
                }
            }
        }

        for (var place = 0; place < _graph.Count; place++)
        {
            var (outer, inner) = _layouts[place];
            if (inner == 0)
            {
                continue;
            }

            var (node, region) = (_graph[place], Region(place));
            saved[region] += Count == 1 ? SavedStraight(node) : Saved(node, outer * inner);
            computes[region] |= !IsMove(node) && (Count > 1 || node.Length > 1 || node.Op is not IElementwiseOp);
            saved[region] -= wanted.Contains(place) && outer * inner > 1 ? Apart + (inner > 1 ? node.Length * Copy : 0) : 0;
            total[region] += Count == 1 ? (int)Math.Min(node.Op!.Flops(node), MaxTinyWork) : outer * inner;
            for (var i = 0; i < node.OperandCount; i++)
            {
                var operand = node.Operand(i);
                var at = _graph.Operands(place)[i];
                if ((at < 0 || _layouts[at].Inner == 0) && !operand.HasValue && operand.Length > Count && read.Add((region, operand)))
                {
                    saved[region] -= operand.Length * Copy;
                }
            }
        }

        for (var region = 0; region < _pays.Length; region++)
        {
            _pays[region] = computes[region] && saved[region] > 0 && total[region] <= (Count == 1 ? MaxTinyWork : MaxTotal);
        }
    }

    // Where nothing is computed there is nothing to fuse: ops that move elements are simplified among themselves.
    private static bool IsMove(Node node) => node.Op!.IsView || node.Op is IRepeatsOperand or (StructuralOp and not ReductionOp);

    private double Saved(Node node, int parts)
    {
        if (node.Op!.IsView || node.Op is IRepeatsOperand)
        {
            return 0;
        }

        var elements = node.Length;
        for (var i = 0; i < node.OperandCount; i++)
        {
            elements = Math.Max(elements, node.Operand(i).Length);
        }

        // Elementwise ops cost as much either way, but where what they read is written out first.
        if (node.Op is IElementwiseOp)
        {
            var written = 0;
            for (var i = 0; i < node.OperandCount; i++)
            {
                var source = BroadcastSource.Of(node.Operand(i)).Length;
                written += source != 1 && source != node.Length ? node.Length : 0;
            }

            return (written * Copy / 2) - ((parts - 1) * Dispatch);
        }

        return Apart + (elements * (node.Op is StructuralOp and not ReductionOp ? Copy : Fold)) - (parts * Dispatch);
    }

    // A step and what it does, against as many numbers in a step that is there for others. Elementwise ops would be one step together.
    private static double SavedStraight(Node node) =>
        node.Op!.IsView || node.Op is IRepeatsOperand || (node.Op is IElementwiseOp && node.Length == 1) ? 0
        : node.Op is not IElementwiseOp op ? Apart - (node.Op.Flops(node) * Straight)
        : -node.Length * (ArithmeticBody.IsArithmetic(op, node.OperandCount) ? Straight : StraightFunction);

    private int Region(int place)
    {
        while (_regions[place] != place)
        {
            place = _regions[place] = _regions[_regions[place]];
        }

        return place;
    }
}
