using System.Buffers;

namespace Grad.Functional;

/// <summary>
/// Room for a node at each of many ids, in pages that come as they are needed. One thread gives out its ids one after the other, so that there is nothing to
/// search; ids of several threads may coincide, and do not fit then.
/// </summary>
/// <param name="first">The lowest id.</param>
/// <param name="count">How many ids there may be.</param>
internal sealed class IdPages(long first, int count) : IDisposable
{
    // Small enough to cost little where ids lie far apart.
    private const int PageLength = 256;

    private readonly Slot[]?[] _pages = new Slot[(count + PageLength - 1) / PageLength][];

    /// <summary>The nodes.</summary>
    public int Count { get; private set; }

    /// <summary>The place of a node, or −1.</summary>
    public int this[Node node]
    {
        get
        {
            var offset = (ulong)(node.Id - first);
            return offset < (ulong)count && _pages[offset / PageLength] is { } page && page[offset % PageLength] is var slot && ReferenceEquals(slot.Node, node)
                ? slot.Place
                : -1;
        }
    }

    /// <summary>Enters a node whose id is one of those; false if another has it.</summary>
    public bool TryEnter(Node node)
    {
        var offset = (int)(node.Id - first);
        ref var page = ref _pages[offset / PageLength];
        page ??= ArrayPool<Slot>.Shared.Rent(PageLength);
        ref var slot = ref page[offset % PageLength];
        if (slot.Node is null)
        {
            slot.Node = node;
            Count++;
        }

        return ReferenceEquals(slot.Node, node);
    }

    /// <summary>Gives a node that has been entered its place.</summary>
    public void Move(Node node, int place)
    {
        var offset = (int)(node.Id - first);
        _pages[offset / PageLength]![offset % PageLength].Place = place;
    }

    /// <summary>The node with the greatest id below one, whose offset comes back; null if there is none.</summary>
    /// <param name="offset">Counted from the first id.</param>
    public Node? Before(ref int offset)
    {
        for (offset--; offset >= 0; offset--)
        {
            if (_pages[offset / PageLength] is not { } page)
            {
                offset -= offset % PageLength;
            }
            else if (page[offset % PageLength].Node is { } node)
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>Gives the pages back: nothing may be asked of it from here on.</summary>
    public void Dispose()
    {
        foreach (ref var page in _pages.AsSpan())
        {
            if (page is not null)
            {
                // Rented pages are empty.
                ArrayPool<Slot>.Shared.Return(page, clearArray: true);
                page = null;
            }
        }
    }

    private struct Slot
    {
        public Node? Node;
        public int Place;
    }
}
