namespace Grad.Simd;

/// <summary>How a product is cut into blocks and tiles, and what of it is packed.</summary>
internal readonly struct GemmPlan
{
    // In bytes. A block of A takes a part of the second cache, the panels of B a part of the last.
    private const int ABytes = 1 << 17, BBytes = 1 << 22;

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

    /// <summary>The elements of a packed block of A; none if A is not packed.</summary>
    public int ASize { get; private init; }

    /// <summary>The elements of packed panels of B; none if B is not packed.</summary>
    public int BSize { get; private init; }

    /// <summary>Whether a product is so small that its tiles read A and B where they are, all terms of a sum at once.</summary>
    public static unsafe bool IsSmall<V, E>(in Product<E> product) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        product.BColumn == 1 && product.Depth <= GemmLoop<E>.DepthBlock && !PacksB<V, E>(in product);

    /// <summary>The plan of a product, which has terms, rows, and at least a lane of columns.</summary>
    public static unsafe GemmPlan Of<V, E>(in Product<E> product) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        int tall = Tile.MaxRows<V>(), line = GemmLoop<E>.LineBytes / sizeof(E);
        Parts depth = Parts.AtMost(product.Depth, GemmLoop<E>.DepthBlock), strips = Parts.AtMost(product.Rows, tall);
        var blocks = Parts.AtMost(strips.Count, Math.Max(ABytes / (depth.Longest * tall * sizeof(E)), 1));
        var panels = new ColumnPanels(product.Columns, V.Count);
        bool packsB = PacksB<V, E>(in product), packsA = packsB && product.Columns > 4 * panels.Width;
        int panelBlock = Math.Clamp(BBytes / (depth.Longest * panels.Width * sizeof(E)), 1, panels.Count);
        return new()
        {
            Depth = depth,
            Strips = strips,
            StripBlocks = blocks,
            Panels = panels,
            PanelBlock = panelBlock,
            ASize = packsA ? (depth.Longest * Math.Min(blocks.Longest * strips.Longest, product.Rows) + line - 1) & -line : 0,
            BSize = packsB ? depth.Longest * panels.Width * panelBlock : 0,
        };
    }

    // A panel that few strips read is not worth a copy, and a small B stays in the first cache as it is.
    private static unsafe bool PacksB<V, E>(in Product<E> product) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        product.BColumn != 1 || (product.Rows > 3 * Tile.MaxRows<V>() && (long)product.Depth * product.Columns * sizeof(E) > 1 << 14);
}
