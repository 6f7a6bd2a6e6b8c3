namespace Grad.Simd;

/// <summary>Whether any truth value of a row holds, piece by piece.</summary>
internal sealed unsafe class RowAnyPieces(int axis) : PiecewiseFold(axis, sizeof(bool), sizeof(bool))
{
    public override int Block => 1;

    public override int StateBytes => HeaderBytes;

    protected override void Clear(byte* state) => *Any(state) = false;

    protected override void Whole(byte* x, int slabs, byte* results)
    {
        for (int o = 0; o < slabs; o++)
            results[o] = AnyOf(x + (nint)o * Slab, Slab) ? (byte)1 : (byte)0;
    }

    protected override void Piece(byte* state, int at, byte* x, int count, bool ends) => *Any(state) |= AnyOf(x, count);

    protected override void Join(byte* state, byte* part) => *Any(state) |= *Any(part);

    protected override void Finish(byte* state, byte* results) => *(bool*)results = *Any(state);

    private static bool* Any(byte* state) => (bool*)Notes(state);

    private static bool AnyOf(byte* x, int count) => new ReadOnlySpan<byte>(x, count).ContainsAnyExcept((byte)0);
}
