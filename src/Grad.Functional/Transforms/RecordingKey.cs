using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>
/// Reads off what a call recorded: numbers that are the same whenever the same ops were recorded on the same shapes and types, and the
/// constants among the operands. These are parameters: their values are no part of the key.
/// </summary>
internal sealed class RecordingKey
{
    /// <summary>The longest recording that has a key: a giant that comes but once is cheaper run straight from the recording.</summary>
    public const int MaxNodes = 50_000;

    [ThreadStatic]
    private static RecordingKey? s_spare;

    private readonly OpKey _key = new();
    private readonly Dictionary<Node, int> _shared = new(ReferenceEqualityComparer.Instance);

    // By id, which is unique among the nodes of a thread: nothing to search.
    private Slot[] _slots = new Slot[256];
    private long _first;

    private RecordingKey()
    {
    }

    /// <summary>The inputs, then the constants: what a plan of the recording is run on.</summary>
    public NodeList Parameters { get; } = new();

    /// <summary>What the output depends on, operands first; its inputs and constants apart.</summary>
    public NodeList Nodes { get; } = new();

    /// <summary>
    /// Node after node, where the operands come from: a place, inputs first and then the nodes, or the complement of a parameter's.
    /// </summary>
    public List<int> Operands { get; } = [];

    /// <summary>The key.</summary>
    public ReadOnlySpan<int> Numbers => _key.Numbers;

    /// <summary>An empty one, to be returned by the same thread.</summary>
    public static RecordingKey Rent()
    {
        var key = s_spare ?? new RecordingKey();
        s_spare = null;
        return key;
    }

    public void Return()
    {
        Parameters.Clear();
        Nodes.Clear();
        Operands.Clear();
        _shared.Clear();
        _key.Clear();
        s_spare = this;
    }

    /// <summary>
    /// Reads a recording. False if it is not all one thread's, too long, or depends on what stands for many values: there is no key then.
    /// </summary>
    /// <param name="derivation">What is wanted of it.</param>
    /// <param name="inputs">The beginnings of one call.</param>
    /// <param name="output">What depends on them, and on nothing traced outside the call.</param>
    /// <param name="seeds">What else the derivation is given; parameters after the inputs.</param>
    public bool TryRead(IDerivation derivation, ReadOnlySpan<Node> inputs, Node output, ReadOnlySpan<Node> seeds)
    {
        _first = inputs[0].Id;
        var span = output.Id - _first + 1;
        if (span is < 1 or > MaxNodes)
        {
            return false;
        }

        if (_slots.Length < span)
        {
            _slots = new Slot[Math.Max(span, 2 * _slots.Length)];
        }

        var slots = _slots.AsSpan(0, (int)span);
        try
        {
            derivation.Describe(_key);
            _key.Add(inputs.Length);
            for (var i = 0; i < inputs.Length; i++)
            {
                if (inputs[i].Id != _first + i || i >= slots.Length)
                {
                    return false;
                }

                slots[i] = new Slot { Node = inputs[i], Place = i };
                AddParameter(inputs[i]);
            }

            _key.Add(seeds.Length);
            foreach (var seed in seeds)
            {
                AddParameter(seed);
            }

            return TryMark(output, inputs.Length, slots) && TryDescribe(inputs.Length, slots);
        }
        finally
        {
            slots.Clear();
        }
    }

    // Against the order of recording: who is marked by then has all who read it behind it.
    private bool TryMark(Node output, int inputs, Span<Slot> slots)
    {
        slots[^1].Node = output;
        for (var at = slots.Length - 1; at >= inputs; at--)
        {
            if (slots[at].Node is not { } node)
            {
                continue;
            }

            for (var i = 0; i < node.OperandCount; i++)
            {
                var operand = node.Operand(i);
                if (IsConstant(operand))
                {
                    continue;
                }

                var place = operand.Id - _first;
                if (place < 0 || place >= at)
                {
                    return false;
                }

                ref var slot = ref slots[(int)place];
                if (slot.Node is null)
                {
                    slot.Node = operand;
                }
                else if (!ReferenceEquals(slot.Node, operand))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool TryDescribe(int inputs, Span<Slot> slots)
    {
        for (var at = inputs; at < slots.Length; at++)
        {
            if (slots[at].Node is not { } node)
            {
                continue;
            }

            slots[at].Place = inputs + Nodes.Count;
            Nodes.Add(node);
            AddOp(node.Op!, node.OperandCount);
            for (var i = 0; i < node.OperandCount; i++)
            {
                var operand = node.Operand(i);
                if (!IsConstant(operand))
                {
                    Operands.Add(slots[(int)(operand.Id - _first)].Place);
                }
                else if (operand.HasValue)
                {
                    Operands.Add(~AddConstant(operand));
                }
                else
                {
                    return false;
                }
            }
        }

        _key.Add(CollectionsMarshal.AsSpan(Operands));
        return true;
    }

    // One number for an op and the number of its operands, unless they are many.
    private void AddOp(Op op, int operands)
    {
        const int Many = 3;
        _key.Add((op.Code << 2) | Math.Min(operands, Many));
        if (operands >= Many)
        {
            _key.Add(operands);
        }

        op.Describe(_key);
    }

    // What no op made, and the beginning of a call that is over.
    private bool IsConstant(Node node) => node.Op is null || (node.OperandCount == 0 && (node.Id < _first || node.Op is LeafOp) && !IsInput(node));

    private bool IsInput(Node node) => Parameters.Count > 0 && ReferenceEquals(node.Op, Parameters[0].Op);

    // An array may stand in several places, and rules may ask whether two masks are the same; a number never matters but by its value.
    private int AddConstant(Node constant)
    {
        if (constant.Length != 1 || constant.ElementType == typeof(bool))
        {
            if (_shared.TryGetValue(constant, out var known))
            {
                return known;
            }

            _shared.Add(constant, Parameters.Count);
        }

        AddParameter(constant);
        return Parameters.Count - 1;
    }

    private void AddParameter(Node parameter)
    {
        Parameters.Add(parameter);
        var shape = parameter.Shape.AsSpan();
        _key.Add((parameter.ElementCode << 5) | shape.Length);
        foreach (var extent in shape)
        {
            _key.Add(extent);
        }
    }

    private struct Slot
    {
        public Node? Node;
        public int Place;
    }
}
