using Grad.Simd;

namespace Grad.Functional;

/// <summary>How many elements of a group go through its tiles at a time.</summary>
internal readonly struct TileSizes
{
    // All tiles together, and those that emitted code has: parts of the first-level cache, which streams from memory pass through too.
    private const int TileBytes = 12 * 1024;
    private const int LeastTileBytes = 8 * 1024;
    private const int BlockBytes = 512;
    private const int SpanBytes = 4 * 1024;
    private const int MinTile = 64;
    private const int MaxTile = 1024;

    // To read rows into tiles and to write them back costs some calls for each array, whatever its length.
    private const int MinSpan = 128;

    /// <param name="length">The elements of the group.</param>
    /// <param name="elementSize">The bytes of a number.</param>
    /// <param name="tiles">The tiles that an op-by-op run needs.</param>
    /// <param name="blocks">The places of eight vectors that such a run needs besides.</param>
    /// <param name="shared">The tiles that stand between emitted code and other code.</param>
    /// <param name="folds">What is folded of them.</param>
    /// <param name="turn">The elements that emitted code adds to accumulators at a time; 1 if it does not.</param>
    public TileSizes(int length, int elementSize, int tiles, int blocks, int shared, List<PiecewiseFold> folds, int turn)
    {
        Tile = Fitting(length, Math.Max(TileBytes - (blocks * BlockBytes), LeastTileBytes) / elementSize / Math.Max(tiles, 1), MaxTile, folds);
        Span = shared == 0 ? length : Fitting(length, Math.Max(SpanBytes / elementSize / shared, MinSpan), SpanBytes, folds);
        Span = (int)Math.Min((long)Math.Max(Span / turn, 1) * turn, length);
    }

    /// <summary>Elements at a time where each op runs on its own.</summary>
    public int Tile { get; }

    /// <summary>Elements at a time where the whole group is emitted code.</summary>
    public int Span { get; }

    // Whole rows if they are short, so that none comes in pieces.
    private static int Fitting(int length, int most, int limit, List<PiecewiseFold> folds)
    {
        var size = Math.Clamp(most / MinTile * MinTile, MinTile, limit);
        var row = folds.Where(fold => fold.Slab <= size).Select(fold => fold.Slab).DefaultIfEmpty(1).Max();
        return Math.Min(size / row * row, length);
    }
}

/// <summary>Hands out the memory that a group works in.</summary>
internal sealed class TileScratch
{
    // Between tiles, so that not all of them fall on the same sets of the cache; and before the first, because a fold may read a lane from before
    // the numbers that it is given.
    private const int Gap = 64;

    /// <summary>The bytes in all.</summary>
    public int Bytes { get; private set; } = Gap;

    /// <summary>The offset of that many bytes.</summary>
    public int Take(int bytes)
    {
        var offset = Bytes;
        Bytes += ((bytes + Gap - 1) / Gap * Gap) + Gap;
        return offset;
    }
}
