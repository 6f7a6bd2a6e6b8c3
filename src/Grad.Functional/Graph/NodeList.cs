namespace Grad.Functional;

/// <summary>A list of nodes in structs, so that storing one costs no check of the array's element type.</summary>
internal sealed class NodeList
{
    private Entry[] _entries = new Entry[64];

    public int Count { get; private set; }

    public Node this[int index] => _entries.AsSpan(0, Count)[index].Node;

    public void Add(Node node)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * Count);
        }

        _entries[Count++] = new Entry(node);
    }

    public void Clear()
    {
        _entries.AsSpan(0, Count).Clear();
        Count = 0;
    }

    public Node[] ToArray() => Array.ConvertAll(_entries[..Count], entry => entry.Node);

    private readonly record struct Entry(Node Node);
}
