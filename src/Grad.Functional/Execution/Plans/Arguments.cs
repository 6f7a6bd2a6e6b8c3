using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>Arrays under fixed addresses for the time of a run: large ones are pinned, small ones copied.</summary>
internal sealed unsafe class Arguments : IDisposable
{
    // To copy this much is cheaper than to pin it.
    private const int MaxCopied = 256;
    private const int Alignment = 8;

    [ThreadStatic]
    private static Arguments? s_spare;

    private readonly List<GCHandle> _pins = [];
    private readonly List<(Node Node, int Offset)> _results = [];
    private byte[] _copies = GC.AllocateUninitializedArray<byte>(16 * MaxCopied, pinned: true);
    private nint[] _addresses = new nint[16];
    private int _used;

    private Arguments()
    {
    }

    /// <summary>The addresses, in the order in which the arrays were added.</summary>
    public ReadOnlySpan<nint> Addresses => _addresses.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>An empty list, to be disposed by the same thread.</summary>
    /// <param name="capacity">How many arrays there will be.</param>
    public static Arguments Rent(int capacity)
    {
        var arguments = s_spare ?? new Arguments();
        s_spare = null;
        if (arguments._copies.Length < capacity * MaxCopied)
        {
            arguments._copies = GC.AllocateUninitializedArray<byte>(capacity * MaxCopied, pinned: true);
        }

        if (arguments._addresses.Length < capacity)
        {
            arguments._addresses = new nint[capacity];
        }

        return arguments;
    }

    /// <summary>An array that is read.</summary>
    public void AddSource(Node node)
    {
        if (node.ElementArray is null)
        {
            // A single number: the word that it stands in.
            Unsafe.WriteUnaligned(ref _copies[_used], Unsafe.ReadUnaligned<long>(ref node.Elements));
            AddCopy(Alignment);
            return;
        }

        var bytes = node.Length * node.ElementSize;
        if (!TryPin(node, bytes))
        {
            MemoryMarshal.CreateReadOnlySpan(ref node.Elements, bytes).CopyTo(_copies.AsSpan(_used));
            AddCopy(bytes);
        }
    }

    /// <summary>An array that is written.</summary>
    public void AddResult(Node node)
    {
        var bytes = node.Length * node.ElementSize;
        if (!TryPin(node, bytes))
        {
            _results.Add((node, _used));
            AddCopy(bytes);
        }
    }

    /// <summary>Brings what was written to where it belongs.</summary>
    public void Complete()
    {
        foreach (var (node, offset) in _results)
        {
            var bytes = node.Length * node.ElementSize;
            _copies.AsSpan(offset, bytes).CopyTo(MemoryMarshal.CreateSpan(ref node.Elements, bytes));
        }
    }

    public void Dispose()
    {
        foreach (var pin in _pins)
        {
            pin.Free();
        }

        _pins.Clear();
        _results.Clear();
        (_used, Count) = (0, 0);
        s_spare = this;
    }

    private bool TryPin(Node node, int bytes)
    {
        if (bytes <= MaxCopied || node.ElementArray is not { } array)
        {
            return false;
        }

        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        _pins.Add(pin);
        _addresses[Count++] = pin.AddrOfPinnedObject();
        return true;
    }

    private void AddCopy(int bytes)
    {
        _addresses[Count++] = Marshal.UnsafeAddrOfPinnedArrayElement(_copies, 0) + _used;
        _used += (bytes + Alignment - 1) / Alignment * Alignment;
    }
}
