using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>
/// Finds a node's place in a traversal. Nodes hold no marks, so that graphs can be shared between calls and threads; the cost is this
/// table, linear in the nodes visited.
/// </summary>
internal sealed class NodeTable
{
    private const int MinCapacity = 32;

    private Entry[] _entries;
    private int _count;

    /// <param name="expected">About how many nodes there will be.</param>
    public NodeTable(int expected = MinCapacity / 2) =>
        _entries = new Entry[Math.Max(MinCapacity, (int)BitOperations.RoundUpToPowerOf2((uint)expected * 2))];

    /// <summary>The place of a node, or −1.</summary>
    public int this[Node node]
    {
        get
        {
            ref var entry = ref Find(node);
            return entry.Node is null ? -1 : entry.Place;
        }
    }

    /// <summary>Adds a node, unless it is there already.</summary>
    public bool TryAdd(Node node, int place)
    {
        ref var entry = ref Find(node);
        if (entry.Node is not null)
        {
            return false;
        }

        if (2 * ++_count > _entries.Length)
        {
            Grow();
            entry = ref Find(node);
        }

        entry = new Entry(node, place);
        return true;
    }

    /// <summary>Gives a node that is in the table another place.</summary>
    public void Move(Node node, int place) => Find(node).Place = place;

    // Nodes recorded one after the other have consecutive ids: they fill every other slot without a collision. Ids of different threads may
    // coincide, so the node itself is compared. What nobody recorded has no id; in between it finds room, where a block without gaps would
    // have to be searched to its end.
    private ref Entry Find(Node node)
    {
        var (entries, mask) = (_entries, _entries.Length - 1);
        var slot = (node.Id == 0 ? (2 * RuntimeHelpers.GetHashCode(node)) + 1 : 2 * (int)node.Id) & mask;
        while (entries[slot].Node is { } other && !ReferenceEquals(other, node))
        {
            slot = (slot + 1) & mask;
        }

        return ref entries[slot];
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new Entry[2 * old.Length];
        foreach (var entry in old)
        {
            if (entry.Node is not null)
            {
                Find(entry.Node) = entry;
            }
        }
    }

    // A struct in the array, so that storing a node costs no check of the array's element type.
    private struct Entry(Node node, int place)
    {
        public readonly Node? Node = node;
        public int Place = place;
    }
}
