namespace Grad.Functional;

/// <summary>Makes a plan of a graph: which ops are fused, in what order the steps run, what memory they share.</summary>
internal sealed class PlanBuilder
{
    // Enough to keep loads and stores rare, few enough for one tile of each to stay in the first-level cache.
    private const int MaxGroup = 512;

    private readonly PlanGraph _graph;
    private readonly PlanMemory _memory = new();
    private readonly List<PlanUnit> _units = [];
    private readonly List<(PlanValue Value, long Offset, long Bytes)> _buffers = [];

    private PlanBuilder(PlanGraph graph) => _graph = graph;

    /// <summary>The values.</summary>
    public PlanGraph Graph => _graph;

    /// <summary>What makes them, in the order of the plan's steps; copies come after.</summary>
    public IReadOnlyList<PlanUnit> Units => _units;

    /// <summary>The intermediates that stand in memory as a whole.</summary>
    public IReadOnlyList<(PlanValue Value, long Offset, long Bytes)> Buffers => _buffers;

    /// <param name="inputs">The beginnings of the graph, without values.</param>
    /// <param name="outputs">What is wanted.</param>
    public static Plan Build(ReadOnlySpan<Node> inputs, ReadOnlySpan<Node> outputs) => Build(inputs, outputs, out _);

    /// <inheritdoc cref="Build(ReadOnlySpan{Node}, ReadOnlySpan{Node})"/>
    public static Plan Build(ReadOnlySpan<Node> inputs, ReadOnlySpan<Node> outputs, out PlanBuilder builder)
    {
        builder = new PlanBuilder(new PlanGraph(inputs, outputs));
        builder.Group();
        builder.Order();
        return builder.Emit();
    }

    /// <summary>Only which values are made together: each one's unit.</summary>
    /// <param name="inputs">The beginnings of the graph; values they have are not looked at.</param>
    /// <param name="output">What is wanted.</param>
    public static PlanGraph Group(ReadOnlySpan<Node> inputs, Node output)
    {
        var builder = new PlanBuilder(new PlanGraph(inputs, [output]));
        builder.Group();
        return builder.Graph;
    }

    // What is elementwise over as many elements and on one level makes a group: everything else it needs stands on lower levels. Folds of what
    // a group makes are of the group too, and so is what is put together of it; both are a barrier to those who read them.
    private void Group()
    {
        var groups = new Dictionary<(int Level, int Length, Type Numbers), PlanUnit>();
        foreach (var value in _graph.Values)
        {
            if (!value.IsComputed)
            {
                continue;
            }

            foreach (var operand in value.Operands)
            {
                var barrier = operand.Value.IsComputed && !AreFusable(value, operand) && !IsFoldOf(value, operand.Value) ? 1 : 0;
                value.Level = Math.Max(value.Level, operand.Value.Level + barrier);
            }
        }

        Sink();
        foreach (var value in _graph.Values)
        {
            if (!value.IsComputed)
            {
                continue;
            }

            value.Unit = IsFoldOf(value, value.Operands[0].Value) ? value.Operands[0].Value.Unit! : new PlanUnit();
            if (value.GroupLength > 0)
            {
                var key = (value.Level, value.GroupLength, value.Numbers);
                value.Unit = groups.TryGetValue(key, out var group) && (value.GroupLength == 1 || group.Values.Count < MaxGroup) ? group : value.Unit;
                groups[key] = value.Unit;
            }

            value.Unit.Values.Add(value);
        }

        // In the order of the recording little waits to be read: a walk from the end would leave all sums of a gradient for last, and what they are sums of.
        foreach (var ((_, length, _), unit) in groups)
        {
            if (length == 1)
            {
                unit.Values.Sort((x, y) => x.Order != y.Order ? x.Order.CompareTo(y.Order) : x.Number.CompareTo(y.Number));
            }
        }
    }

    // What is ready before those that read it element by element waits for them, as far as nobody else needs it earlier: so it is of their group, and its
    // elements do not go to memory.
    private void Sink()
    {
        var latest = new Dictionary<PlanValue, (int Level, int Fused)>();
        var folds = new Dictionary<PlanValue, List<PlanValue>>();
        for (var i = _graph.Values.Count - 1; i >= 0; i--)
        {
            var value = _graph.Values[i];
            if (!value.IsComputed)
            {
                continue;
            }

            var (level, fused) = latest.GetValueOrDefault(value, (int.MaxValue, int.MaxValue));
            if (IsFoldOf(value, value.Operands[0].Value))
            {
                var operand = value.Operands[0].Value;
                (folds.TryGetValue(operand, out var known) ? known : folds[operand] = []).Add(value);
                Limit(operand, level, int.MaxValue);
                continue;
            }

            if (value.Kernel is not null && value.GroupLength > 1 && level == fused && level < int.MaxValue && level > value.Level)
            {
                value.Level = level;
                foreach (var fold in folds.GetValueOrDefault(value, []))
                {
                    fold.Level = level;
                }
            }

            foreach (var operand in value.Operands)
            {
                var isFused = AreFusable(value, operand);
                Limit(operand.Value, isFused ? value.Level : value.Level - 1, isFused ? value.Level : int.MaxValue);
            }
        }

        void Limit(PlanValue value, int level, int fused)
        {
            var (lowest, lowestFused) = latest.GetValueOrDefault(value, (int.MaxValue, int.MaxValue));
            latest[value] = (Math.Min(level, lowest), Math.Min(fused, lowestFused));
        }
    }

    private static bool AreFusable(PlanValue reader, PlanOperand operand) =>
        operand.Value.Kernel is not null && operand.Row is null && operand.Value.Numbers == reader.Numbers
        && operand.Value.Node.Length == reader.GroupLength;

    private static bool IsFoldOf(PlanValue value, PlanValue operand) =>
        value.Fold is not null && operand.IsComputed && operand.Kernel is not null && operand.Node.Length > 1;

    // A unit comes after those that it reads from, and as soon after them as the outputs ask for it.
    private void Order()
    {
        var path = new Stack<Visit>();
        foreach (var output in _graph.Outputs)
        {
            if (output.Unit is { IsPlaced: false } unit)
            {
                Push(unit);
            }

            while (path.TryPeek(out var top))
            {
                if (top.Next == top.Needs.Count)
                {
                    _units.Add(path.Pop().Unit);
                }
                else if (top.Needs[top.Next++] is { IsPlaced: false } need)
                {
                    Push(need);
                }
            }
        }

        for (var place = 0; place < _units.Count; place++)
        {
            foreach (var value in _units[place].Values)
            {
                foreach (var operand in value.Operands)
                {
                    operand.Value.LastReader = place;
                    operand.Value.IsKept |= operand.Value.Unit != _units[place];
                }
            }
        }

        void Push(PlanUnit unit)
        {
            unit.IsPlaced = true;
            var needs = new List<PlanUnit>();
            foreach (var value in unit.Values)
            {
                foreach (var operand in value.Operands)
                {
                    if (operand.Value.Unit is { IsPlaced: false } need)
                    {
                        needs.Add(need);
                    }
                }
            }

            path.Push(new Visit(unit, needs));
        }
    }

    private Plan Emit()
    {
        foreach (var input in _graph.Inputs)
        {
            input.Slot = _memory.AddSlot();
        }

        // The slots of all outputs follow those of the inputs; only then may others be made.
        var slots = Array.ConvertAll(_graph.Outputs, _ => _memory.AddSlot());
        var copies = new List<Step>();
        for (var i = 0; i < slots.Length; i++)
        {
            var (output, slot) = (_graph.Outputs[i], slots[i]);
            if (output.IsComputed && output.Slot < 0)
            {
                (output.Slot, output.IsKept) = (slot, true);
            }
            else
            {
                copies.Add(new CopyStep(Slot(output), slot, output.Bytes));
            }
        }

        var steps = new List<Step>();
        for (var place = 0; place < _units.Count; place++)
        {
            var unit = _units[place];
            foreach (var value in unit.Values)
            {
                if (value.IsKept)
                {
                    Slot(value);
                }
            }

            steps.Add(Step(unit));
            foreach (var value in unit.Values)
            {
                foreach (var operand in value.Operands)
                {
                    FreeAfter(place, operand.Value);
                }
            }

            foreach (var value in unit.Values)
            {
                FreeAfter(place, value);
            }
        }

        return new Plan([.. steps, .. copies], _memory);
    }

    private void FreeAfter(int place, PlanValue value)
    {
        if (value.LastReader <= place && value.Block is { } block)
        {
            _memory.Free(block);
            value.Block = null;
        }
    }

    private Step Step(PlanUnit unit)
    {
        var value = unit.Values[0];
        return value.GroupLength == 0
            ? OpStep(value)
            : value.GroupLength == 1
                ? ScalarStep.Of(unit, Slot, _memory)
                : TileLayout.Of(unit, Slot, _memory);
    }

    private OpStep OpStep(PlanValue value)
    {
        var operands = Array.ConvertAll(value.Operands, operand => (Slot(operand.Value), operand.Value.Node.Length));
        var result = Slot(value);
        var layout = value.Node.Op!.Layout(value.Node);
        var scratch = -1;
        if (layout?.ScratchLength > 0)
        {
            // Beside all that the step reads and writes, and free again after it.
            scratch = _memory.Allocate((long)layout.ScratchLength * value.Node.ElementSize, out var block);
            _memory.Free(block);
        }

        return new OpStep(value.Node, new OpPlace(operands, layout, scratch), result);
    }

    /// <summary>The slot of a value that stands in memory as a whole; memory is found for it if it has none.</summary>
    private int Slot(PlanValue value)
    {
        if (value.Slot < 0)
        {
            if (value.IsComputed)
            {
                value.Slot = _memory.Allocate(value.Bytes, out var block);
                value.Block = block;
                _buffers.Add((value, block.Offset, block.Bytes));
            }
            else
            {
                value.Slot = _memory.AddConstant(value.Node);
            }
        }

        return value.Slot;
    }

    /// <summary>A unit on the way down to what it reads from.</summary>
    private sealed class Visit(PlanUnit unit, List<PlanUnit> needs)
    {
        public PlanUnit Unit => unit;

        public List<PlanUnit> Needs => needs;

        public int Next { get; set; }
    }
}
