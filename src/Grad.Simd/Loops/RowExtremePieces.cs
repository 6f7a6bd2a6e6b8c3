namespace Grad.Simd;

/// <summary>The greatest or least of rows, piece by piece: the same in whatever order it is taken.</summary>
internal sealed unsafe class RowExtremePieces<TKernel, T>(int axis, bool isMax) : PiecewiseFold(axis, sizeof(T), sizeof(T))
    where TKernel : struct, IBinaryKernel
    where T : unmanaged
{
    public override int Block => 1;

    public override int StateBytes => HeaderBytes + 2 * sizeof(T);

    protected override void Clear(byte* state) => *Count(state) = 0;

    protected override void Whole(byte* x, int slabs, byte* results) => Fold.ExtremeAxis<TKernel, T>(
        new ReadOnlySpan<T>(x, slabs * Slab), slabs, Slab, 1, isMax, new Span<T>(results, slabs), nameof(Whole));

    protected override void Piece(byte* state, int at, byte* x, int count, bool ends) =>
        Take(state, Fold.Extreme<TKernel, T>(new ReadOnlySpan<T>(x, count), isMax, nameof(Piece)));

    protected override void Join(byte* state, byte* part)
    {
        if (*Count(part) > 0)
            Take(state, *Values(part));
    }

    protected override void Finish(byte* state, byte* results) => *(T*)results = *Values(state);

    private static int* Count(byte* state) => (int*)Notes(state);

    private static T* Values(byte* state) => (T*)(state + HeaderBytes);

    private void Take(byte* state, T value)
    {
        Values(state)[*Count(state)] = value;
        if (++*Count(state) == 2)
        {
            *Values(state) = Fold.Extreme<TKernel, T>(new ReadOnlySpan<T>(Values(state), 2), isMax, nameof(Take));
            *Count(state) = 1;
        }
    }
}
