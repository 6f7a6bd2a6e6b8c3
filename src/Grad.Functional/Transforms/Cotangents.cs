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

    // What is a number stands here instead.
    private NumberCotangent[] _numbers;
    private int _used;

    /// <param name="count">How many places there are.</param>
    /// <param name="kept">The places whose cotangents stay when they are taken; negative ones are none.</param>
    public Cotangents(int count, ReadOnlySpan<int> kept)
    {
        _slots = ArrayPool<int>.Shared.Rent(count);
        _slots.AsSpan(0, count).Clear();
        (_values, _numbers) = (new Masked[kept.Length + 8], new NumberCotangent[kept.Length + 8]);
        foreach (var place in kept)
        {
            if (place >= 0)
            {
                _ = SlotOf(place);
            }
        }

        _kept = _used;
    }

    /// <summary>The cotangent at a place, as nodes, to be read or set until another place is asked for; a structural zero to begin with.</summary>
    /// <param name="place">The place.</param>
    /// <param name="node">Whose cotangent it is.</param>
    public ref Masked Of(int place, Node node)
    {
        var slot = SlotOf(place);
        ref var number = ref _numbers[slot];
        if (number.IsPresent)
        {
            _values[slot] = number.For(node);
            number = default;
        }

        return ref _values[slot];
    }

    /// <summary>Adds to the cotangent at a place, as a number if it is one.</summary>
    public void Add(int place, Node node, in NumberCotangent contribution)
    {
        var slot = SlotOf(place);
        ref var sum = ref _values[slot];
        if (!sum.IsZero)
        {
            sum = Pending.Add(sum, contribution.For(node));
        }
        else
        {
            _numbers[slot] = NumberPending.Add(node, _numbers[slot], contribution);
        }
    }

    /// <summary>The cotangent at a place, as nodes, which is wanted no more.</summary>
    public Masked Take(int place, Node node)
    {
        if (_slots[place] is not (> 0 and var slot))
        {
            return default;
        }

        var value = Of(place, node);
        if (slot > _kept)
        {
            _values[slot] = default;
            Free(place);
        }

        return value;
    }

    /// <summary>The cotangent at a place, which is wanted no more, if it has no mask; it is carried out then.</summary>
    /// <param name="place">The place.</param>
    /// <param name="node">Whose cotangent it is: of one element.</param>
    /// <param name="number">The cotangent.</param>
    public bool TryTakeNumber(int place, Node node, out NumberCotangent number)
    {
        var slot = _slots[place];
        number = _numbers[slot];
        if (!number.IsPresent)
        {
            // What stands among zeros is added up later than others.
            ref var value = ref _values[slot];
            if (value.IsZero || value.Mask is not null || Pending.IsPlaced(value))
            {
                return false;
            }

            number = NumberPending.Of(Take(place, node));
            return true;
        }

        if (slot > _kept)
        {
            _numbers[slot] = default;
            Free(place);
        }

        return true;
    }

    /// <summary>Gives the table of places back: nothing may be asked of it from here on.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_slots);
        _slots = [];
    }

    private void Free(int place)
    {
        _free.Push(_slots[place]);
        _slots[place] = 0;
    }

    private int SlotOf(int place)
    {
        ref var slot = ref _slots[place];
        if (slot == 0)
        {
            slot = _free.TryPop(out var free) ? free : ++_used;
            if (slot == _values.Length)
            {
                Array.Resize(ref _values, 2 * slot);
                Array.Resize(ref _numbers, 2 * slot);
            }
        }

        return slot;
    }
}
