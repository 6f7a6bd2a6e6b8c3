using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>The values of a graph, each but once: an op on the same operands, and a number with the same bits, is the same value.</summary>
internal sealed class PlanValueTable
{
    private readonly OpKey _key = new();
    private readonly Dictionary<ValueKey, PlanValue> _known = [];
    private readonly Dictionary<(Type, Shape, long Bits), PlanValue> _constants = [];

    // The last id of the recording: what has a greater one was made by the planner, in place of something else.
    private readonly long _lastId;

    /// <param name="outputs">What is wanted of the recording.</param>
    public PlanValueTable(ReadOnlySpan<Node> outputs)
    {
        foreach (var output in outputs)
        {
            _lastId = Math.Max(_lastId, output.Id);
        }
    }

    /// <summary>Everything, operands before those that read them.</summary>
    public List<PlanValue> All { get; } = [];

    /// <summary>A constant; numbers with the same bits are one.</summary>
    public PlanValue OfConstant(Node node)
    {
        if (node.Length != 1)
        {
            return Add(new PlanValue(node, []));
        }

        var bits = 0L;
        MemoryMarshal.CreateReadOnlySpan(ref node.Elements, node.ElementSize).CopyTo(MemoryMarshal.AsBytes(new Span<long>(ref bits)));
        if (!_constants.TryGetValue((node.ElementType, node.Shape, bits), out var known))
        {
            _constants.Add((node.ElementType, node.Shape, bits), known = Add(new PlanValue(node, [])));
        }

        return known;
    }

    /// <summary>The value of an op on operands, if it is there; else the key to add it with.</summary>
    public PlanValue? Known(Node node, PlanOperand[] operands, out ValueKey key)
    {
        key = Key(node, operands);
        return _known.GetValueOrDefault(key);
    }

    /// <summary>One more that others may turn out to be.</summary>
    public PlanValue Add(ValueKey key, PlanValue value)
    {
        _known.Add(key, value);
        return Add(value);
    }

    /// <summary>One more.</summary>
    public PlanValue Add(PlanValue value)
    {
        value.Number = All.Count;
        value.Order = value.Node.Id > _lastId ? 0 : value.Node.Id;
        foreach (var operand in value.Operands)
        {
            value.Order = Math.Max(value.Order, operand.Value.Order);
        }

        All.Add(value);
        return value;
    }

    private ValueKey Key(Node node, PlanOperand[] operands)
    {
        var key = _key;
        key.Clear();
        key.Add(node.Op!.GetType());
        node.Op.Describe(key);
        key.Add(node.Shape.AsSpan());
        foreach (var operand in operands)
        {
            key.Add(operand.Value.Number);
            key.Add(operand.View.Shape.AsSpan());
            if (operand.Row is { } row)
            {
                key.Add([row.Place, row.Step]);
                continue;
            }

            if (operand.View.Op is IRepeatsOperand repeats && operand.Value.Node != operand.View)
            {
                key.Add(repeats.RepeatedAxes);
            }
        }

        return new ValueKey(key.Numbers.ToArray());
    }

    /// <summary>What says that two values are the same.</summary>
    internal readonly struct ValueKey(int[] numbers) : IEquatable<ValueKey>
    {
        private readonly int[] _numbers = numbers;

        public bool Equals(ValueKey other) => _numbers.AsSpan().SequenceEqual(other._numbers);

        public override bool Equals(object? obj) => obj is ValueKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(_numbers.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
