using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Sums of rows, piece by piece. What of a piece does not fill all accumulators waits for the next piece; a block that is not the row's last
/// is combined with those before as soon as it is full.
/// </summary>
/// <typeparam name="V">The lanes that rows of this length are summed on.</typeparam>
/// <typeparam name="E">The element type.</typeparam>
internal sealed unsafe class RowSumPieces<V, E>(int axis) : PiecewiseFold(axis, sizeof(E), sizeof(E)), IAccumulators
    where V : struct, IHardwareLane<V, E>
    where E : unmanaged
{
    private static int Granule => SumTree<Addends, V, E>.Granule;

    private static int GranuleBytes => Granule * sizeof(E);

    public override int Block => SumTree<Addends, V, E>.BlockLength;

    public override int StateBytes => HeaderBytes + 2 * GranuleBytes + SumTree<Addends, V, E>.Levels(Slab) * V.Count * sizeof(E);

    int IAccumulators.VectorBytes => V.Count * sizeof(E);

    int IAccumulators.Turns => SumTree<Addends, V, E>.Accumulators;

    // The last elements of all close the sum: they are left to it.
    int IAccumulators.Room(byte* state, long start)
    {
        var progress = (Progress*)Notes(state);
        return progress->Waiting > 0 ? 0 : Math.Min(Block - progress->Filled, (int)(Slab - 1 - start % Slab) / Granule * Granule);
    }

    void IAccumulators.Open(byte* state, byte* accumulators)
    {
        if (((Progress*)Notes(state))->Filled > 0)
        {
            Unsafe.CopyBlock(accumulators, Sums(state), (uint)GranuleBytes);
            return;
        }

        for (int i = 0; i < Granule; i += V.Count)
            V.Store(V.Constant(-0.0), ref ((E*)accumulators)[i]);
    }

    void IAccumulators.Close(byte* state, byte* accumulators, int count)
    {
        var progress = (Progress*)Notes(state);
        progress->Filled += count;
        if (progress->Filled < Block)
        {
            Unsafe.CopyBlock(Sums(state), accumulators, (uint)GranuleBytes);
            return;
        }

        progress->Filled = 0;
        var none = (E*)accumulators;
        SumTree<Addends, V, E>.Push(Pending(state), ref progress->Done, 0, SumTree<Addends, V, E>.Block(ref *none, ref *none, 0, none, null));
    }

    protected override void Clear(byte* state)
    {
        var progress = (Progress*)Notes(state);
        (progress->Done, progress->Filled, progress->Waiting) = (0, 0, 0);
    }

    protected override void Whole(byte* x, int slabs, byte* results) =>
        Fold.SumAxis(new ReadOnlySpan<E>(x, slabs * Slab), slabs, Slab, 1, new Span<E>(results, slabs));

    protected override void Piece(byte* state, int at, byte* x, int count, bool ends)
    {
        var progress = (Progress*)Notes(state);
        var source = (E*)x;
        if (progress->Waiting > 0)
        {
            int taken = Math.Min(Granule - progress->Waiting, count);
            Wait(state, source, taken);
            source += taken;
            count -= taken;
            if (ends && count == 0)
            {
                Close(state, Waiting(state), progress->Waiting);
                return;
            }

            if (progress->Waiting < Granule)
                return;
            progress->Waiting = 0;
            Fill(state, Waiting(state), Granule);
        }

        while (count > 0)
        {
            int room = Block - progress->Filled;
            if (ends && count <= room)
            {
                Close(state, source, count);
                return;
            }

            int taken = Math.Min(room, count) / Granule * Granule;
            if (taken == 0)
            {
                Wait(state, source, count);
                return;
            }

            Fill(state, source, taken);
            source += taken;
            count -= taken;
        }
    }

    protected override void Join(byte* state, byte* part)
    {
        Progress* ours = (Progress*)Notes(state), theirs = (Progress*)Notes(part);
        for (int level = BitOperations.Log2((nuint)theirs->Done | 1); level >= 0; level--)
        {
            if ((theirs->Done >> level & 1) != 0)
                SumTree<Addends, V, E>.Push(Pending(state), ref ours->Done, level, V.Load(in Pending(part)[level * V.Count]));
        }

        (ours->Filled, ours->Waiting) = (theirs->Filled, theirs->Waiting);
        Unsafe.CopyBlock(Sums(state), Sums(part), (uint)(2 * GranuleBytes));
    }

    protected override void Finish(byte* state, byte* results) =>
        *(E*)results = SumTree<Addends, V, E>.Finish(Pending(state), ((Progress*)Notes(state))->Done, V.Load(in *Sums(state)));

    // The accumulators; once the row has ended, the first of them is the last block's sum.
    private static E* Sums(byte* state) => (E*)(state + HeaderBytes);

    // They come behind the accumulators: the lane that ends with them may begin there.
    private static E* Waiting(byte* state) => (E*)(state + HeaderBytes + GranuleBytes);

    private static E* Pending(byte* state) => (E*)(state + HeaderBytes + 2 * GranuleBytes);

    private static void Wait(byte* state, E* source, int count)
    {
        var progress = (Progress*)Notes(state);
        new ReadOnlySpan<E>(source, count).CopyTo(new Span<E>(Waiting(state) + progress->Waiting, count));
        progress->Waiting += count;
    }

    // Whole granules, of one block, which are not the row's last elements.
    private void Fill(byte* state, E* source, int count)
    {
        var progress = (Progress*)Notes(state);
        E* from = progress->Filled > 0 ? Sums(state) : null;
        progress->Filled += count;
        if (progress->Filled < Block)
        {
            SumTree<Addends, V, E>.Block(ref *source, ref *source, count, from, Sums(state));
            return;
        }

        progress->Filled = 0;
        SumTree<Addends, V, E>.Push(Pending(state), ref progress->Done, 0, SumTree<Addends, V, E>.Block(ref *source, ref *source, count, from, null));
    }

    private static void Close(byte* state, E* source, int count)
    {
        E* from = ((Progress*)Notes(state))->Filled > 0 ? Sums(state) : null;
        V.Store(SumTree<Addends, V, E>.Block(ref *source, ref *source, count, from, null), ref *Sums(state));
    }

    private struct Progress
    {
        // Blocks that are combined, elements in the accumulators, elements that wait.
        public nint Done;
        public int Filled;
        public int Waiting;
    }
}
