using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// How a group is cut into pieces that can be computed apart, on whatever thread. It depends on lengths alone, never on the number of threads:
/// folds are joined piece by piece, in order.
/// </summary>
internal readonly struct TilePieces
{
    // A piece is to take some microseconds and more; of folds each leaves a state behind.
    private const int MostWork = 1 << 17;
    private const int LeastElements = 1 << 10;
    private const int MostElements = 1 << 13;
    private const int MostPieces = 1 << 10;

    // With fewer the group stays whole: it would be done before anyone could help.
    private const int LeastPieces = 4;

    private readonly int _stretch;
    private readonly int _piece;
    private readonly int _inStretch;

    /// <param name="length">The elements of the group.</param>
    /// <param name="ops">The ops that each element takes; none where elements are only moved.</param>
    /// <param name="folds">What is folded of them.</param>
    public TilePieces(int length, int ops, IReadOnlyList<PiecewiseFold> folds)
    {
        var piece = (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)(MostWork / Math.Max(ops, 1))), LeastElements, MostElements);
        piece = Math.Max(piece, (int)BitOperations.RoundUpToPowerOf2((uint)(length / MostPieces)));
        var slab = folds.Select(fold => fold.Slab).DefaultIfEmpty(length).Max();
        var isWhole = slab < 2L * piece && folds.Count > 0;
        (_stretch, _piece) = isWhole ? (length, Math.Max(piece / slab, 1) * slab) : (slab, piece);
        var isAllowed = folds.All(fold => slab % fold.Slab == 0 && (isWhole || Allows(fold, slab, piece)));
        _inStretch = (int)(((long)_stretch + _piece - 1) / _piece);
        Count = length / _stretch * _inStretch;
        if (!isAllowed || Count < LeastPieces)
        {
            (_stretch, _piece, _inStretch, Count) = (length, length, 1, 1);
        }
    }

    /// <summary>The pieces.</summary>
    public int Count { get; }

    /// <summary>The first element of a piece, and the one after its last.</summary>
    public (int First, int End) this[int piece]
    {
        get
        {
            var (stretch, place) = Math.DivRem(piece, _inStretch);
            var first = ((long)stretch * _stretch) + ((long)place * _piece);
            return ((int)first, (int)Math.Min(first + _piece, (stretch + 1L) * _stretch));
        }
    }

    // As PiecewiseFold has it: at whole slabs, or at a power of two of its blocks.
    private static bool Allows(PiecewiseFold fold, int slab, int piece) =>
        fold.Slab == slab ? piece % fold.Block == 0 && BitOperations.IsPow2(piece / fold.Block) : piece % fold.Slab == 0;
}
