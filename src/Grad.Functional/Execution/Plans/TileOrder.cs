namespace Grad.Functional;

/// <summary>What is done one after the other in the tiles of a group, and for how long its results are read.</summary>
internal sealed class TileOrder
{
    private readonly Dictionary<PlanValue, int> _lastUse = [];

    /// <param name="values">The values that are made element by element, in order.</param>
    /// <param name="joins">What is put together of them.</param>
    public TileOrder(PlanValue[] values, PlanValue[] joins)
    {
        Order(values);
        for (var i = 0; i < Tasks.Count; i++)
        {
            foreach (var operand in Tasks[i].Values.SelectMany(value => value.Operands))
            {
                _lastUse[operand.Value] = i;
            }
        }

        // They wait until all is made.
        foreach (var operand in joins.SelectMany(join => join.Operands))
        {
            _lastUse[operand.Value] = Tasks.Count;
        }
    }

    /// <summary>What is done.</summary>
    public List<TileTask> Tasks { get; } = [];

    /// <summary>The last task that reads a value; −1 if none does, the number of tasks if it is read after all of them.</summary>
    public int LastUse(PlanValue value) => _lastUse.GetValueOrDefault(value, -1);

    // What is a little arithmetic waits for more of it, until a kernel needs what it makes.
    private void Order(PlanValue[] values)
    {
        var (waiting, isDone) = (new TileTask(), new HashSet<PlanValue>());
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (isDone.Contains(value))
            {
                continue;
            }

            if (ArithmeticBody.Of(value) is { } body)
            {
                waiting.Values.Add(value);
                waiting.Bodies.Add(body);
                continue;
            }

            if (Array.Exists(value.Operands, operand => waiting.Values.Contains(operand.Value)))
            {
                Tasks.Add(waiting);
                waiting = new TileTask();
            }

            var task = Partner(values.AsSpan(i + 1), value) ?? new TileTask { Values = { value } };
            isDone.UnionWith(task.Values);
            Tasks.Add(task);
        }

        if (waiting.Values.Count > 0)
        {
            Tasks.Add(waiting);
        }
    }

    // A later op of the same operand that has work in common.
    private static TileTask? Partner(ReadOnlySpan<PlanValue> later, PlanValue value)
    {
        foreach (var other in value.Operands.Length == 1 ? later : [])
        {
            if (other.Operands.Length != 1 || other.Operands[0] != value.Operands[0] || other.Node.ElementType != value.Node.ElementType)
            {
                continue;
            }

            var (op, otherOp) = (value.Node.Op!, other.Node.Op!);
            if ((op as IElementwiseOp)?.KernelWith(otherOp, value.Node) is { } pair)
            {
                return new TileTask { Values = { value, other }, Pair = pair };
            }

            if ((otherOp as IElementwiseOp)?.KernelWith(op, value.Node) is { } reversed)
            {
                return new TileTask { Values = { other, value }, Pair = reversed };
            }
        }

        return null;
    }
}

/// <summary>Ops that are done together: one by its kernel, a pair by a kernel for both, or arithmetic by a program.</summary>
internal sealed class TileTask
{
    /// <summary>The ops, in order.</summary>
    public List<PlanValue> Values { get; } = [];

    /// <summary>Their bodies if they are arithmetic; else nothing.</summary>
    public List<ArithmeticBody> Bodies { get; } = [];

    /// <summary>The kernel for two of them.</summary>
    public PairKernel? Pair { get; init; }
}
