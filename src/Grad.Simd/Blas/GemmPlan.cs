namespace Grad.Simd;

/// <summary>How a product is cut into blocks and tiles, and what of it is packed.</summary>
/// <remarks>Rows and terms are cut into parts of equal length, so that there is no short rest.</remarks>
internal readonly struct GemmPlan
{
    // In bytes. A block of A takes a part of the second cache, the panels of B a part of the last.
    private const int ABytes = 1 << 17, BBytes = 1 << 22;

    /// <summary>The blocks of the sums.</summary>
    public int DepthBlocks { get; private init; }

    /// <summary>The panels of the columns.</summary>
    public ColumnPanels Panels { get; private init; }

    /// <summary>The panels for which a block of the sum is computed before the next block.</summary>
    public int PanelBlock { get; private init; }

    /// <summary>The rows are cut into so many strips, of the rows of a tile.</summary>
    public int Strips { get; private init; }

    /// <summary>The strips are cut into so many blocks.</summary>
    public int RowBlocks { get; private init; }

    /// <summary>The elements of a packed block of A; none if A is not packed.</summary>
    public int ASize { get; private init; }

    /// <summary>The elements of packed panels of B; none if B is not packed.</summary>
    public int BSize { get; private init; }

    /// <summary>Where a part begins, when a length is cut into parts.</summary>
    public static nint Part(int length, int part, int parts) => (nint)((long)length * part / parts);

    /// <summary>The plan of a product, which has terms, rows, and at least a lane of columns.</summary>
    public static unsafe GemmPlan Of<V, E>(in Product<E> product) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        int depthBlocks = Parts(product.Depth, GemmLoop<E>.DepthBlock), depth = Parts(product.Depth, depthBlocks);
        int tall = Tile.MaxRows<V>(), strips = Parts(product.Rows, tall);
        var panels = new ColumnPanels(product.Columns, V.Count);
        bool packsB = product.BColumn != 1 || (product.Rows > 3 * tall && (long)product.Depth * product.Columns * sizeof(E) > 1 << 14);
        bool packsA = packsB && product.Columns > 4 * panels.Width;
        int panelBlock = Math.Clamp(BBytes / (depth * panels.Width * sizeof(E)), 1, panels.Count);
        int rowBlocks = Parts(strips, Math.Max(ABytes / (depth * tall * sizeof(E)), 1)), stripBlock = Parts(strips, rowBlocks);
        int line = 64 / sizeof(E);
        return new()
        {
            DepthBlocks = depthBlocks,
            Panels = panels,
            PanelBlock = panelBlock,
            Strips = strips,
            RowBlocks = rowBlocks,
            ASize = packsA ? (depth * Math.Min(stripBlock * tall, product.Rows) + line - 1) & -line : 0,
            BSize = packsB ? depth * panels.Width * panelBlock : 0,
        };
    }

    private static int Parts(int length, int most) => (length + most - 1) / most;
}
