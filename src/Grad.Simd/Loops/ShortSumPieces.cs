using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Sums of rows of a few elements, piece by piece: the elements of a row that is cut wait for the others.</summary>
internal sealed unsafe class ShortSumPieces<T>(int axis) : PiecewiseFold(axis, Unsafe.SizeOf<T>(), Unsafe.SizeOf<T>()) where T : unmanaged
{
    public override int Block => Fold.ShortSum;

    public override int StateBytes => HeaderBytes + Fold.ShortSum * ElementBytes;

    protected override void Clear(byte* state) => Waiting(state) = 0;

    protected override void Whole(byte* x, int slabs, byte* results) =>
        Fold.SumAxis(new ReadOnlySpan<T>(x, slabs * Slab), slabs, Slab, 1, new Span<T>(results, slabs));

    protected override void Piece(byte* state, int at, byte* x, int count, bool ends) => Wait(state, x, count);

    protected override void Join(byte* state, byte* part) => Wait(state, part + HeaderBytes, Waiting(part));

    protected override void Finish(byte* state, byte* results) => *(T*)results = Fold.Sum(new ReadOnlySpan<T>(state + HeaderBytes, Slab));

    private static ref int Waiting(byte* state) => ref *(int*)Notes(state);

    private void Wait(byte* state, byte* x, int count)
    {
        Unsafe.CopyBlock(state + HeaderBytes + Waiting(state) * ElementBytes, x, (uint)(count * ElementBytes));
        Waiting(state) += count;
    }
}
