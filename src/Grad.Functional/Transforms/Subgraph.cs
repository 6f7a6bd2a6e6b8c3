namespace Grad.Functional;

/// <summary>The nodes that lie between some beginnings and some ends, operands before their users.</summary>
internal sealed class Subgraph
{
    private readonly NodeTable _places = new();
    private readonly List<Node> _nodes = [];
    private readonly List<bool> _depends = [];

    private Subgraph()
    {
    }

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <param name="from">The beginnings; one may depend on another.</param>
    /// <param name="to">The ends.</param>
    /// <param name="alongDerivatives">Whether only dependence that a derivative follows counts.</param>
    public static Subgraph Between(ReadOnlySpan<Node> from, ReadOnlySpan<Node> to, bool alongDerivatives)
    {
        var graph = new Subgraph();
        var first = long.MaxValue;
        foreach (var node in from)
        {
            first = Math.Min(first, node.Id);
        }

        foreach (var node in to)
        {
            graph.Collect(node, first);
        }

        graph.MarkDependents(from, alongDerivatives);
        return graph;
    }

    /// <summary>The place of a node among <see cref="Nodes"/>, or −1.</summary>
    public int PlaceOf(Node node) => _places[node];

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
                _places.Move(step.Node, _nodes.Count);
                _nodes.Add(step.Node);
            }
        }

        void Enter(Node node)
        {
            if (node.Id >= first && _places.TryAdd(node, -1))
            {
                path.Push((node, 0));
            }
        }
    }

    private void MarkDependents(ReadOnlySpan<Node> from, bool alongDerivatives)
    {
        var beginnings = new NodeTable();
        foreach (var node in from)
        {
            beginnings.TryAdd(node, 0);
        }

        foreach (var node in _nodes)
        {
            var depends = beginnings[node] >= 0;
            if (!depends && (!alongDerivatives || (node.IsDifferentiable && node.Op is { IsDifferentiable: true })))
            {
                for (var i = 0; i < node.OperandCount && !depends; i++)
                {
                    depends = Depends(node.Operand(i));
                }
            }

            _depends.Add(depends);
        }
    }
}
