using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>Where everything of a plan stands: slots in the table of addresses, places in the memory of a run, constants.</summary>
internal sealed unsafe class PlanMemory
{
    // What is as long as a vector begins on a cache line; single numbers lie side by side.
    private const int Line = 64;
    private const int Word = 8;

    private readonly List<(int Slot, long Offset)> _places = [];
    private readonly List<(int Slot, byte[] Bytes, int Skip)> _constants = [];

    // What is free below the peak, by where it begins.
    private readonly SortedList<long, long> _free = [];

    /// <summary>Addresses in the table.</summary>
    public int SlotCount { get; private set; }

    /// <summary>Bytes of memory at the peak.</summary>
    public long Bytes { get; private set; }

    /// <summary>A new slot, whose address a run is given.</summary>
    public int AddSlot() => SlotCount++;

    /// <summary>A slot for a constant.</summary>
    public int AddConstant(Node constant)
    {
        var length = (int)Math.Max((long)constant.Length * constant.ElementSize, 1);
        var bytes = GC.AllocateArray<byte>(length + Line, pinned: true);
        var start = (nint)Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
        var skip = (int)((Line - (start % Line)) % Line);
        MemoryMarshal.CreateReadOnlySpan(ref constant.Elements, constant.Length * constant.ElementSize).CopyTo(bytes.AsSpan(skip));
        var slot = AddSlot();
        _constants.Add((slot, bytes, skip));
        return slot;
    }

    /// <summary>A slot for memory that is used from now on.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="block">What <see cref="Free"/> takes.</param>
    public int Allocate(long bytes, out (long Offset, long Bytes) block)
    {
        var alignment = bytes <= Word ? Word : Line;
        var size = Math.Max((bytes + alignment - 1) / alignment * alignment, alignment);
        block = (Place(size, alignment), size);
        var slot = AddSlot();
        _places.Add((slot, block.Offset));
        return slot;
    }

    /// <summary>A slot for a part of memory that has been allocated.</summary>
    public int Within((long Offset, long Bytes) block, long offset)
    {
        var slot = AddSlot();
        _places.Add((slot, block.Offset + offset));
        return slot;
    }

    /// <summary>Memory that is used no more.</summary>
    public void Free((long Offset, long Bytes) block)
    {
        var (offset, bytes) = block;
        _free.Add(offset, bytes);
        var index = _free.IndexOfKey(offset);
        if (index + 1 < _free.Count && _free.GetKeyAtIndex(index + 1) == offset + bytes)
        {
            _free.SetValueAtIndex(index, bytes + _free.GetValueAtIndex(index + 1));
            _free.RemoveAt(index + 1);
        }

        if (index > 0 && _free.GetKeyAtIndex(index - 1) + _free.GetValueAtIndex(index - 1) == offset)
        {
            _free.SetValueAtIndex(index - 1, _free.GetValueAtIndex(index - 1) + _free.GetValueAtIndex(index));
            _free.RemoveAt(index);
        }
    }

    /// <summary>Writes the addresses that are the same in every run.</summary>
    public void Prepare(Workspace workspace)
    {
        var memory = workspace.Memory(SlotCount);
        foreach (var (slot, offset) in _places)
        {
            workspace.Table[slot] = (nint)(memory + offset);
        }

        foreach (var (slot, bytes, skip) in _constants)
        {
            workspace.Table[slot] = Marshal.UnsafeAddrOfPinnedArrayElement(bytes, skip);
        }
    }

    // The smallest hole that is large enough.
    private long Place(long size, int alignment)
    {
        var (best, waste) = (-1, long.MaxValue);
        for (var i = 0; i < _free.Count; i++)
        {
            var skip = Skip(_free.GetKeyAtIndex(i), alignment);
            var rest = _free.GetValueAtIndex(i) - skip - size;
            if (rest >= 0 && rest < waste)
            {
                (best, waste) = (i, rest);
            }
        }

        if (best < 0)
        {
            var end = Bytes;
            var start = end + Skip(end, alignment);
            Bytes = start + size;
            if (start > end)
            {
                Free((end, start - end));
            }

            return start;
        }

        var (hole, length) = (_free.GetKeyAtIndex(best), _free.GetValueAtIndex(best));
        _free.RemoveAt(best);
        var first = hole + Skip(hole, alignment);
        if (first > hole)
        {
            _free.Add(hole, first - hole);
        }

        if (first + size < hole + length)
        {
            _free.Add(first + size, hole + length - first - size);
        }

        return first;
    }

    private static long Skip(long offset, int alignment) => (alignment - (offset % alignment)) % alignment;
}
