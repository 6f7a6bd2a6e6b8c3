using Grad.Simd;

namespace Grad.Functional;

/// <summary>Rows of an array that are read into tiles: columns of a matrix, a stretch at a time.</summary>
/// <param name="Slot">The array.</param>
/// <param name="Step">From one element of a row to the next.</param>
/// <param name="Length">The elements of the array.</param>
/// <param name="ElementSize">Bytes of an element.</param>
/// <param name="Firsts">Where the rows begin, ascending.</param>
/// <param name="Targets">The places of the tiles.</param>
/// <param name="Arrays">What they are among the arrays of emitted code.</param>
internal sealed unsafe record TileGather(int Slot, int Step, int Length, int ElementSize, int[] Firsts, int[] Targets, int[] Arrays)
{
    /// <param name="table">Addresses by slot.</param>
    /// <param name="start">The first element of the rows.</param>
    /// <param name="count">How many.</param>
    /// <param name="tiles">The addresses of the tiles.</param>
    public void Run(nint* table, int start, int count, ReadOnlySpan<nint> tiles)
    {
        var first = (nint)start * Step;
        Columns.Split((byte*)table[Slot] + (first * ElementSize), Step, count, Length - first, Firsts, tiles, ElementSize);
    }
}

/// <summary>An array that is put together of components, a stretch at a time.</summary>
/// <param name="Slot">The array, row-major [outer, count, inner].</param>
/// <param name="Count">The elements of a component.</param>
/// <param name="Inner">The components side by side.</param>
/// <param name="ElementSize">Bytes of an element.</param>
/// <param name="Places">Where the components stand.</param>
/// <param name="Arrays">What each is among the arrays of emitted code, if it is made by that and kept nowhere else; else −1.</param>
internal sealed unsafe record TileJoin(int Slot, int Count, int Inner, int ElementSize, int[] Places, int[] Arrays)
{
    /// <param name="table">Addresses by slot.</param>
    /// <param name="start">The first element of the components.</param>
    /// <param name="count">How many.</param>
    /// <param name="parts">The addresses of the components' elements from there on.</param>
    public void Run(nint* table, int start, int count, ReadOnlySpan<nint> parts)
    {
        for (var k = 0; k < parts.Length; k += Inner)
        {
            var target = (byte*)table[Slot] + ((((nint)k * Count) + ((nint)start * Inner)) * ElementSize);
            if (Inner == 1)
            {
                Buffer.MemoryCopy((void*)parts[k], target, (long)count * ElementSize, (long)count * ElementSize);
            }
            else
            {
                Columns.Join(parts.Slice(k, Inner), count, target, ElementSize);
            }
        }
    }
}
