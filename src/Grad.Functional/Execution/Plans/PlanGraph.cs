using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>The values that some outputs need, operands first: without those that nothing needs, and each but once.</summary>
internal sealed class PlanGraph
{
    private readonly OpKey _key = new();
    private readonly NodeTable _places = new();
    private readonly List<PlanValue> _byPlace = [];
    private readonly Dictionary<ValueKey, PlanValue> _known = [];
    private readonly Dictionary<PlanValue, int> _numbers = [];

    /// <param name="inputs">The beginnings, without values.</param>
    /// <param name="outputs">What is wanted.</param>
    public PlanGraph(ReadOnlySpan<Node> inputs, ReadOnlySpan<Node> outputs)
    {
        Inputs = new PlanValue[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            Inputs[i] = Add(new PlanValue(inputs[i], []));
            Enter(inputs[i], Inputs[i]);
        }

        Outputs = new PlanValue[outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            Outputs[i] = Visit(outputs[i]);
        }
    }

    public PlanValue[] Inputs { get; }

    public PlanValue[] Outputs { get; }

    /// <summary>The ops of the graph, those among them that turned out to be the same included.</summary>
    public int OpCount { get; private set; }

    /// <summary>Everything, operands before those that read them.</summary>
    public List<PlanValue> Values { get; } = [];

    /// <summary>What stands for a node; null if nothing needs it.</summary>
    public PlanValue? ValueOf(Node node) => _places[node] is >= 0 and var place ? _byPlace[place] : null;

    /// <summary>What an op reads for an operand: the source of a broadcast, if it can.</summary>
    public static Node Read(Node node, int operand) =>
        node.Op!.ReadsBroadcastSources ? BroadcastSource.Of(node.Operand(operand)) : node.Operand(operand);

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

            if (ready)
            {
                path.Pop();
                Enter(node, Resolve(node));
            }
        }

        return _byPlace[_places[root]];
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
                ? Add(new PlanValue(node, []))
                : throw new InvalidOperationException($"A plan was to be made without the input {node.Op?.Name}.");
        }

        OpCount++;
        if (node.Op!.IsView)
        {
            return _byPlace[_places[node.Operand(0)]];
        }

        var operands = new PlanOperand[node.OperandCount];
        for (var i = 0; i < operands.Length; i++)
        {
            operands[i] = new PlanOperand(_byPlace[_places[Read(node, i)]], node.Operand(i));
        }

        var key = Key(node, operands);
        if (!_known.TryGetValue(key, out var value))
        {
            value = Add(new PlanValue(node, operands)
            {
                Kernel = (node.Op as IElementwiseOp)?.Kernel(node),
                Fold = (node.Op as IFoldOp)?.Pieces(node),
            });
            _known.Add(key, value);
        }

        return value;
    }

    private PlanValue Add(PlanValue value)
    {
        _numbers.Add(value, Values.Count);
        Values.Add(value);
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
            key.Add(_numbers[operand.Value]);
            key.Add(operand.View.Shape.AsSpan());
            if (operand.View.Op is IRepeatsOperand repeats && operand.Value.Node != operand.View)
            {
                key.Add(repeats.RepeatedAxes);
            }
        }

        return new ValueKey(key.Numbers.ToArray());
    }

    private readonly struct ValueKey(int[] numbers) : IEquatable<ValueKey>
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
