using System.Buffers;

namespace Grad.Functional;

/// <summary>
/// The cotangents that wait in a reverse pass, by the places of their nodes. Few wait at a time, however long the recording: they stand close together, and
/// who has had its turn makes room for another.
/// </summary>
internal sealed class Cotangents : IDisposable
{
    private readonly Stack<int> _free = new();
    private readonly int _kept;

    // By place, where among the values; 0 if there is none.
    private int[] _slots;
    private Masked[] _values;
    private int _used;

    /// <param name="count">How many places there are.</param>
    /// <param name="kept">The places whose cotangents stay when they are taken; negative ones are none.</param>
    public Cotangents(int count, ReadOnlySpan<int> kept)
    {
        _slots = ArrayPool<int>.Shared.Rent(count);
        _slots.AsSpan(0, count).Clear();
        _values = new Masked[kept.Length + 8];
        foreach (var place in kept)
        {
            if (place >= 0)
            {
                _ = this[place];
            }
        }

        _kept = _used;
    }

    /// <summary>The cotangent at a place, to be read or set until another place is asked for; a structural zero to begin with.</summary>
    public ref Masked this[int place]
    {
        get
        {
            ref var slot = ref _slots[place];
            if (slot == 0)
            {
                slot = _free.TryPop(out var free) ? free : ++_used;
                if (slot == _values.Length)
                {
                    Array.Resize(ref _values, 2 * slot);
                }
            }

            return ref _values[slot];
        }
    }

    /// <summary>The cotangent at a place, which is wanted no more.</summary>
    public Masked Take(int place)
    {
        ref var slot = ref _slots[place];
        var value = _values[slot];
        if (slot > _kept)
        {
            _values[slot] = default;
            _free.Push(slot);
            slot = 0;
        }

        return value;
    }

    /// <summary>Gives the table of places back: nothing may be asked of it from here on.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_slots);
        _slots = [];
    }
}
