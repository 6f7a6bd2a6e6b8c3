namespace Grad.Functional;

/// <summary>
/// Finds a node's place in a traversal. Nodes hold no marks, so that graphs can be shared between calls and threads; the cost is this
/// table, linear in the nodes visited.
/// </summary>
internal sealed class NodeTable
{
    private Node?[] _nodes = new Node?[32];
    private int[] _places = new int[32];
    private int _count;

    /// <summary>The place of a node, or −1.</summary>
    public int this[Node node]
    {
        get
        {
            var slot = Slot(node);
            return _nodes[slot] is null ? -1 : _places[slot];
        }
    }

    /// <summary>Adds a node, unless it is there already.</summary>
    public bool TryAdd(Node node, int place)
    {
        var slot = Slot(node);
        if (_nodes[slot] is not null)
        {
            return false;
        }

        if (2 * ++_count > _nodes.Length)
        {
            Grow();
            slot = Slot(node);
        }

        (_nodes[slot], _places[slot]) = (node, place);
        return true;
    }

    /// <summary>Gives a node that is in the table another place.</summary>
    public void Move(Node node, int place) => _places[Slot(node)] = place;

    // Ids of different threads may coincide, so the node itself is compared.
    private int Slot(Node node)
    {
        var mask = _nodes.Length - 1;
        var slot = (int)((ulong)node.Id * 0x9E3779B97F4A7C15UL >> 40) & mask;
        while (_nodes[slot] is { } other && !ReferenceEquals(other, node))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        var (nodes, places) = (_nodes, _places);
        (_nodes, _places) = (new Node?[2 * nodes.Length], new int[2 * nodes.Length]);
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i] is { } node)
            {
                var slot = Slot(node);
                (_nodes[slot], _places[slot]) = (node, places[i]);
            }
        }
    }
}
