namespace Grad.Functional;

/// <summary>The values that some outputs need, operands first: without those that nothing needs, and each but once.</summary>
internal sealed class PlanGraph
{
    private readonly NodeTable _places = new();
    private readonly List<PlanValue> _byPlace = [];
    private readonly PlanValueTable _values;

    // What is computed in place of a node, while that is under way.
    private readonly Dictionary<Node, Node> _simpler = new(ReferenceEqualityComparer.Instance);
    private readonly ReaderCounts _readers;

    /// <param name="inputs">The beginnings, without values.</param>
    /// <param name="outputs">What is wanted.</param>
    public PlanGraph(ReadOnlySpan<Node> inputs, ReadOnlySpan<Node> outputs)
    {
        (_values, _readers) = (new PlanValueTable(outputs), new ReaderCounts(outputs.ToArray()));
        Inputs = new PlanValue[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            Inputs[i] = _values.Add(new PlanValue(inputs[i], []));
            Enter(inputs[i], Inputs[i]);
        }

        Outputs = new PlanValue[outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            Outputs[i] = Visit(outputs[i]);
        }

        if (_simpler.Count > 0)
        {
            DropUnused();
        }
    }

    public PlanValue[] Inputs { get; }

    public PlanValue[] Outputs { get; }

    /// <summary>The ops of the graph, those among them that turned out to be the same included.</summary>
    public int OpCount { get; private set; }

    /// <summary>Everything, operands before those that read them.</summary>
    public List<PlanValue> Values => _values.All;

    /// <summary>What stands for a node; null if nothing needs it.</summary>
    public PlanValue? ValueOf(Node node) => _places[node] is >= 0 and var place ? _byPlace[place] : null;

    /// <summary>What an op reads for an operand: the source of a broadcast or of a row, if it can.</summary>
    public static Node Read(Node node, int operand) => Reads(node, operand).Source;

    private static (Node Source, ElementRow? Row) Reads(Node node, int operand)
    {
        var source = node.Op!.ReadsBroadcastSources ? BroadcastSource.Of(node.Operand(operand)) : node.Operand(operand);
        if (!CanReadRows(node))
        {
            return (source, null);
        }

        // A single element is that of its array, however it is shaped.
        var read = source;
        while (read is { Length: 1, HasValue: false, OperandCount: 1, Op: { IsView: true } and not LeafOp })
        {
            read = read.Operand(0);
        }

        return read is { HasValue: false, Op: IReadsRow reads } && (node.Length > 1 || read.Length == 1) && reads.RowOf(read) is { } row
            ? (read.Operand(0), row)
            : (source, null);
    }

    // A group is of numbers.
    private static IJoinsComponents? Joins(Node node) => node.ElementType == typeof(bool) ? null : node.Op as IJoinsComponents;

    // What is computed element by element reads a row, or a single element, where it stands.
    private static bool CanReadRows(Node node) => (node.Length > 1 && Joins(node) is not null) || (node.Op as IElementwiseOp)?.Kernel(node) is not null;

    // The walk keeps its own stack: depth costs no recursion.
    private PlanValue Visit(Node root)
    {
        var path = new Stack<Node>();
        path.Push(root);
        while (path.TryPeek(out var node))
        {
            if (_places[node] >= 0)
            {
                path.Pop();
                continue;
            }

            var ready = true;
            for (var i = node.OperandCount - 1; i >= 0 && !node.HasValue; i--)
            {
                var operand = Read(node, i);
                if (_places[operand] < 0)
                {
                    path.Push(operand);
                    ready = false;
                }
            }

            if (!ready)
            {
                continue;
            }

            if (Simpler(node) is not { } simpler)
            {
                path.Pop();
                Enter(node, Resolve(node));
            }
            else if (ValueOf(simpler) is { } value)
            {
                path.Pop();
                Enter(node, value);
            }
            else
            {
                path.Push(simpler);
            }
        }

        return _byPlace[_places[root]];
    }

    // What was only read by nodes that others are computed in place of.
    private void DropUnused()
    {
        var used = new HashSet<PlanValue>(Outputs);
        var pending = new Stack<PlanValue>(used);
        while (pending.TryPop(out var value))
        {
            foreach (var operand in value.Operands)
            {
                if (used.Add(operand.Value))
                {
                    pending.Push(operand.Value);
                }
            }
        }

        Values.RemoveAll(value => value.IsComputed && !used.Contains(value));
    }

    private Node? Simpler(Node node)
    {
        if (node.HasValue || node.OperandCount == 0 || node.Op!.IsView)
        {
            return null;
        }

        if (_simpler.TryGetValue(node, out var known))
        {
            return known;
        }

        var operands = new Node[node.OperandCount];
        for (var i = 0; i < operands.Length; i++)
        {
            // A view has its operand's value, which is of another shape; a broadcast that is read at its source has none.
            var operand = node.Operand(i);
            operands[i] = ValueOf(operand) is { } value && value.Node.Shape == operand.Shape ? value.Node : operand;
            if (operands[i] is { HasValue: false, OperandCount: > 0 } made && ValueOf(made) is { IsComputed: false } input && input.Node == made)
            {
                // An input: what it was made of is not there.
                return null;
            }
        }

        var simpler = node.Op.Simplify(node, operands);
        if (simpler is null && node.Op.SimplifyAlone(node, operands) is { } alone && _readers.IsOnlyReader(node))
        {
            simpler = alone;
        }

        if (simpler is null)
        {
            return null;
        }

        // It counts when it is resolved, if it is none of those that are there.
        OpCount += ValueOf(simpler) is null ? 0 : 1;
        _simpler.Add(node, simpler);
        return simpler;
    }

    private void Enter(Node node, PlanValue value)
    {
        if (_places.TryAdd(node, _byPlace.Count))
        {
            _byPlace.Add(value);
        }
    }

    private PlanValue Resolve(Node node)
    {
        if (node.HasValue || node.OperandCount == 0)
        {
            return node.HasValue
                ? _values.OfConstant(node)
                : throw new InvalidOperationException($"A plan was to be made without the input {node.Op?.Name}.");
        }

        OpCount++;
        if (node.Op!.IsView)
        {
            return _byPlace[_places[node.Operand(0)]];
        }

        var kernel = (node.Op as IElementwiseOp)?.Kernel(node);
        var operands = new PlanOperand[node.OperandCount];
        for (var i = 0; i < operands.Length; i++)
        {
            var (source, row) = Reads(node, i);
            var (read, view) = (_byPlace[_places[source]], node.Operand(i));
            if (row is null && kernel is not null && node.Op.ReadsBroadcastSources
                && read is { IsComputed: true, Node.Op: IRepeatsOperand } && read.Node.Shape == view.Shape)
            {
                // An operand that came down to a broadcast is read at its source, as any broadcast is; an op with a layout of its own has it of the graph.
                (read, view) = (read.Operands[0].Value, read.Node);
            }

            if (row is null && read is { IsComputed: true, Node: { Length: 1, Op: IReadsRow reads } } && CanReadRows(node) && reads.RowOf(read.Node) is { } element)
            {
                // What another op came down to.
                (read, row) = (read.Operands[0].Value, element);
            }

            operands[i] = new PlanOperand(read, view, row);
        }

        return _values.Known(node, operands, out var key) ?? _values.Add(key, new PlanValue(node, operands)
        {
            Kernel = kernel,
            Fold = (node.Op as IFoldOp)?.Pieces(node),
            Joins = Joins(node),
        });
    }
}
