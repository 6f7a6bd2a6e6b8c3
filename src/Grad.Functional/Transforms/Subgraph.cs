using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>The nodes that lie between some beginnings and some ends, operands before their users.</summary>
internal sealed class Subgraph
{
    private const int MaxExpected = 512;

    private readonly NodeTable _places;
    private readonly List<Step> _steps;

    // The places of all operands, node after node: a walk over the graph then needs no table.
    private readonly List<int> _operands;
    private bool[] _depends = [];

    private Subgraph(int expected)
    {
        _places = new NodeTable(expected);
        _steps = new List<Step>(expected);
        _operands = new List<int>(2 * expected);
    }

    /// <summary>The number of nodes.</summary>
    public int Count => _steps.Count;

    /// <summary>The nodes in order.</summary>
    public IEnumerable<Node> Nodes => _steps.Select(step => step.Node);

    /// <summary>The node at a place.</summary>
    public Node this[int place] => _steps[place].Node;

    /// <param name="from">The beginnings; one may depend on another.</param>
    /// <param name="to">The ends.</param>
    /// <param name="alongDerivatives">Whether only dependence that a derivative follows counts.</param>
    public static Subgraph Between(ReadOnlySpan<Node> from, ReadOnlySpan<Node> to, bool alongDerivatives)
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

        // As many nodes as were recorded since, if all of them matter: tables that need not grow, but for long recordings.
        var graph = new Subgraph((int)Math.Clamp(last - first + 1, 1, MaxExpected));
        foreach (var node in to)
        {
            graph.Collect(node, first);
        }

        graph.MarkDependents(from, alongDerivatives);
        return graph;
    }

    /// <summary>The place of a node in this order, or −1.</summary>
    public int PlaceOf(Node node) => _places[node];

    /// <summary>The places of the operands of the node at a place, each −1 if it is older than all beginnings.</summary>
    public ReadOnlySpan<int> Operands(int place) =>
        CollectionsMarshal.AsSpan(_operands).Slice(_steps[place].FirstOperand, _steps[place].Node.OperandCount);

    /// <summary>Whether the node at a place depends on a beginning.</summary>
    public bool Depends(int place) => _depends[place];

    /// <summary>Whether a node depends on a beginning.</summary>
    public bool Depends(Node node) => _places[node] is >= 0 and var place && _depends[place];

    // A node that was made before the first beginning cannot depend on any: ids rise along every edge. The walk keeps its own stack,
    // so that depth costs no recursion; a node's place is −1 while its operands are under way.
    private void Collect(Node root, long first)
    {
        var path = new Stack<(Node Node, int Next)>();
        Enter(root);
        while (path.TryPop(out var step))
        {
            if (step.Next < step.Node.OperandCount)
            {
                path.Push((step.Node, step.Next + 1));
                Enter(step.Node.Operand(step.Next));
            }
            else
            {
                Add(step.Node);
            }
        }

        void Enter(Node node)
        {
            if (node.Id >= first && _places.TryAdd(node, -1))
            {
                path.Push((node, 0));
            }
        }

        void Add(Node node)
        {
            _places.Move(node, _steps.Count);
            _steps.Add(new Step(node, _operands.Count));
            for (var i = 0; i < node.OperandCount; i++)
            {
                var operand = node.Operand(i);
                _operands.Add(operand.Id >= first ? _places[operand] : -1);
            }
        }
    }

    private void MarkDependents(ReadOnlySpan<Node> from, bool alongDerivatives)
    {
        _depends = new bool[_steps.Count];
        foreach (var node in from)
        {
            if (_places[node] is >= 0 and var place)
            {
                _depends[place] = true;
            }
        }

        for (var place = 0; place < _depends.Length; place++)
        {
            var node = this[place];
            if (!_depends[place] && (!alongDerivatives || (node.IsDifferentiable && node.Op is { IsDifferentiable: true })))
            {
                foreach (var operand in Operands(place))
                {
                    _depends[place] |= operand >= 0 && _depends[operand];
                }
            }
        }
    }

    /// <param name="Node">The node.</param>
    /// <param name="FirstOperand">Where the places of its operands begin.</param>
    private readonly record struct Step(Node Node, int FirstOperand);
}
