namespace Grad.Simd;

/// <summary>How a product is cut into blocks and tiles, and what of it is packed.</summary>
internal readonly struct GemmPlan
{
    // In bytes. A block of A takes a part of the second cache, the panels of B a part of the last.
    private const int ABytes = 1 << 17, BBytes = 1 << 22;

    // In bytes, as far as a B in place extends. Of wide tiles each row of it meets more of A, so that it may come from the second cache, and if few rows
    // of A read it, from the last. Rows of B that lie whole pages apart share few sets of the caches, and have to come again for each strip of A.
    private const int InPlaceBytes = 1 << 17, WideInPlaceBytes = 1 << 20, FewRowsInPlaceBytes = 1 << 22;
    private const int FewRows = 512, FewRowsOfPages = 128, PageBytes = 1 << 12;

    // In bytes, as far as C extends: about half of a second cache.
    private const int CBytes = 1 << 19;

    // Of each kind of piece there are so many for a thread, so that none waits long for another at the end.
    private const int PiecesPerThread = 8;

    // Panels that read a packed block of A, at least, lest it be packed too often.
    private const int LeastPanels = 4;

    // Multiplications that take a millisecond on the fastest of processors.
    private const long Long = 1 << 26;

    /// <summary>The blocks of the sums.</summary>
    public Parts Depth { get; private init; }

    /// <summary>The rows in strips, each as tall as a tile.</summary>
    public Parts Strips { get; private init; }

    /// <summary>The strips in blocks.</summary>
    public Parts StripBlocks { get; private init; }

    /// <summary>The panels of the columns.</summary>
    public ColumnPanels Panels { get; private init; }

    /// <summary>The panels for which a block of the sum is computed before the next block.</summary>
    public int PanelBlock { get; private init; }

    /// <summary>Into how many groups the panels are cut where there are fewer blocks of strips than threads want.</summary>
    public int PanelGroups { get; private init; }

    /// <summary>Into how many groups the panels are cut to be packed.</summary>
    public int PackGroups { get; private init; }

    /// <summary>Whether C, as far as it extends, does not stay in the second cache, so that lines of it are to be fetched ahead.</summary>
    public bool FetchesC { get; private init; }

    /// <summary>Whether the product takes far longer than to call other threads.</summary>
    public bool IsLong { get; private init; }

    /// <summary>The elements of a packed block of A; none if A is not packed.</summary>
    public int ASize { get; private init; }

    /// <summary>The elements of packed panels of B; none if B is not packed.</summary>
    public int BSize { get; private init; }

    /// <summary>Whether a product is so small that its tiles read A and B where they are, or a turned B, all terms of a sum at once.</summary>
    public static unsafe bool IsSmall<E>(in Product<E> product) where E : unmanaged => product.Depth <= GemmLoop<E>.DepthBlock
        && (product.BColumn == 1 ? !PacksB(in product) : (long)product.Depth * product.Columns * sizeof(E) <= SmallProducts.TurnedBytes);

    /// <summary>The plan of a product, which has terms, rows, and at least a lane of columns.</summary>
    public static unsafe GemmPlan Of<V, E>(in Product<E> product, int degree = 1) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        int tall = Tile.MaxRows(Tile.MaxLanes), line = GemmLoop<E>.LineBytes / sizeof(E);
        Parts depth = Parts.AtMost(product.Depth, GemmLoop<E>.DepthBlock), strips = Parts.AtMost(product.Rows, tall);
        var blocks = Parts.AtMost(strips.Count, Math.Max(ABytes / (depth.Longest * tall * sizeof(E)), 1));
        var panels = new ColumnPanels(product.Columns, V.Count, Tile.MaxLanes);
        int pieces = degree == 1 ? 1 : degree * PiecesPerThread;
        if (blocks.Count < pieces)
            blocks = new Parts(strips.Count, Math.Min(strips.Count, pieces));
        else if (degree > 1)
            blocks = new Parts(strips.Count, Math.Min(strips.Count, (blocks.Count + degree - 1) / degree * degree));
        bool packsB = PacksB(in product), packsA = packsB && product.Columns > 4 * panels.Width && PaysToPackA(in product);
        int panelBlock = Math.Clamp(BBytes / (depth.Longest * panels.Width * sizeof(E)), 1, panels.Count);
        return new()
        {
            Depth = depth,
            Strips = strips,
            StripBlocks = blocks,
            Panels = panels,
            PanelBlock = panelBlock,
            PanelGroups = Math.Clamp(pieces / blocks.Count, 1, Math.Max(packsA ? panelBlock / LeastPanels : panelBlock, 1)),
            PackGroups = Math.Min(pieces, panelBlock),
            FetchesC = product.Rows * product.CRow * sizeof(E) > CBytes,
            IsLong = (long)product.Rows * product.Columns * product.Depth > Long,
            ASize = packsA ? (depth.Longest * Math.Min(blocks.Longest * strips.Longest, product.Rows) + line - 1) & -line : 0,
            BSize = packsB ? depth.Longest * panels.MostColumns(panelBlock) : 0,
        };
    }

    // A panel that few strips read is not worth a copy. It is the extent that counts: rows that lie far apart share few sets of the caches.
    private static unsafe bool PacksB<E>(in Product<E> product) where E : unmanaged
    {
        if (product.BColumn != 1)
            return true;
        nint row = product.BRow * sizeof(E);
        int few = row % PageBytes == 0 ? FewRowsOfPages : FewRows;
        int most = Tile.MaxLanes == 2 ? InPlaceBytes : product.Rows <= few ? FewRowsInPlaceBytes : WideInPlaceBytes;
        return product.Rows > 3 * Tile.MaxRows(2) && product.Depth * row > most;
    }

    // A wide tile reads A seldom enough to find it by its strides, unless each term is in the same few sets of the caches.
    private static unsafe bool PaysToPackA<E>(in Product<E> product) where E : unmanaged =>
        Tile.MaxLanes == 2 || (product.AColumn != 1 && product.AColumn * sizeof(E) % PageBytes == 0);
}
