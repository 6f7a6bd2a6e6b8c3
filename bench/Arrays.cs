using System.Runtime.InteropServices;

namespace Bench;

/// <summary>Arrays that lie still and begin on cache lines, so that all contenders read and write alike.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class Arrays<T> where T : unmanaged
{
    private const int Line = 64;
    private readonly (T[] Array, int Skip, int Length)[] _arrays;

    /// <param name="lengths">How many elements each array has.</param>
    public Arrays(params ReadOnlySpan<int> lengths)
    {
        _arrays = new (T[], int, int)[lengths.Length];
        Addresses = new nint[lengths.Length];
        var size = Marshal.SizeOf<T>();
        for (var i = 0; i < lengths.Length; i++)
        {
            var array = GC.AllocateArray<T>(lengths[i] + (Line / size), pinned: true);
            var start = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
            var skip = (int)((Line - (start % Line)) % Line) / size;
            (_arrays[i], Addresses[i]) = ((array, skip, lengths[i]), start + (skip * size));
        }

        Lengths = lengths.ToArray();
    }

    /// <summary>Where each begins.</summary>
    public nint[] Addresses { get; }

    /// <summary>How many elements each has.</summary>
    public int[] Lengths { get; }

    /// <summary>How many arrays there are.</summary>
    public int Count => _arrays.Length;

    /// <summary>An array.</summary>
    public Span<T> this[int index] => _arrays[index].Array.AsSpan(_arrays[index].Skip, _arrays[index].Length);
}
