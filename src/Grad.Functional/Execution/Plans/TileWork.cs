using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>A group in pieces: every thread has tiles and a table of its own, and leaves what it has folded where the caller joins it.</summary>
/// <param name="step">The group.</param>
/// <param name="table">Addresses by slot.</param>
internal readonly unsafe struct TileWork(TiledStep step, nint* table) : ITeamWork
{
    private const int Alignment = 64;

    // More than a thread of the pool should give of its stack comes from elsewhere.
    private const int MostOnStack = 64 << 10;

    private int TableBytes => ((step.SlotCount * sizeof(nint)) + Alignment - 1) & -Alignment;

    [SkipLocalsInit]
    public void Work(scoped ref TeamShare share)
    {
        var bytes = TableBytes + step.ScratchBytes + Alignment;
        if (bytes <= MostOnStack)
        {
            var room = stackalloc byte[bytes];
            Work(ref share, room);
            return;
        }

        var memory = (byte*)NativeMemory.Alloc((nuint)bytes);
        try
        {
            Work(ref share, memory);
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    private void Work(scoped ref TeamShare share, byte* room)
    {
        var own = (nint*)(((nint)room + Alignment - 1) & -Alignment);
        new ReadOnlySpan<nint>(table, step.SlotCount).CopyTo(new Span<nint>(own, step.SlotCount));
        own[step.Scratch] = (nint)own + TableBytes;
        while (share.TryTake(out var piece))
        {
            var (first, end) = step.Pieces[piece];
            step.Begin(own, first);
            step.Run(own, first, end);
            step.Leave(own, table, piece);
        }
    }
}
