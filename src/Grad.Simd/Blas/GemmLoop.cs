using System.Buffers;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Products of matrices by tiles, after K. Goto and R. van de Geijn, Anatomy of High-Performance Matrix Multiplication (2008): a block of the
/// sum at a time, in which a panel of B stays in the first cache and a block of A in the second, both packed where that pays.
/// </summary>
/// <remarks>
/// A sum is cut into equal blocks of at most <see cref="DepthBlock"/> terms. Within a block terms are added one by one, and the blocks are
/// added to C in order: the bits of an element depend on the number of terms alone, not on its place, the other lengths, or the packing.
/// </remarks>
internal readonly unsafe struct GemmLoop<T>(Product<T> product, int batch, nint aBatch, nint bBatch, nint cBatch) : ILoop
    where T : unmanaged
{
    /// <summary>The terms of a sum that are added before C is written.</summary>
    public const int DepthBlock = 256;

    /// <summary>The bytes of a packed block of A.</summary>
    private const int ABytes = 1 << 17;

    /// <summary>The bytes of the packed panels of B.</summary>
    private const int BBytes = 1 << 22;

    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        var typed = Unsafe.BitCast<Product<T>, Product<E>>(product);
        for (int i = 0; i < batch; i++)
        {
            Multiply<V, E>(in typed);
            typed.A += aBatch;
            typed.B += bBatch;
            typed.C += cBatch;
        }
    }

    private static void Multiply<V, E>(in Product<E> product) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        int depthBlocks = (product.Depth + DepthBlock - 1) / DepthBlock;
        int depth = (product.Depth + depthBlocks - 1) / depthBlocks;
        var panels = new ColumnPanels(product.Columns, V.Count);
        bool packsB = product.BColumn != 1 || product.Rows > 3 * Tile.MaxRows<V>() && (long)product.Depth * product.Columns * sizeof(E) > 1 << 14;
        bool packsA = product.Columns > 4 * panels.Width && (product.AColumn != 1 || product.ARow * sizeof(E) % 4096 == 0 || product.Columns >= 512);
        int panelBlock = Math.Clamp(BBytes / (depth * panels.Width * sizeof(E)), 1, panels.Count);
        int rowBlock = Math.Min(ABytes / (depth * sizeof(E)), product.Rows);
        E[]? aBuffer = null, bBuffer = null;
        try
        {
            if (packsA)
                aBuffer = ArrayPool<E>.Shared.Rent(depth * rowBlock);
            if (packsB)
                bBuffer = ArrayPool<E>.Shared.Rent(depth * panels.Width * panelBlock + 64 / sizeof(E));
            fixed (E* aPacked = aBuffer, bPacked = bBuffer)
            {
                E* b = (E*)(((nint)bPacked + 63) & ~63);
                for (int first = 0; first < panels.Count; first += panelBlock)
                {
                    for (int block = 0; block < depthBlocks; block++)
                    {
                        int end = Math.Min(first + panelBlock, panels.Count);
                        Block<V, E>(in product, panels, first, end, block, depthBlocks, rowBlock, aPacked, packsB ? b : null);
                    }
                }
            }
        }
        finally
        {
            if (aBuffer is not null)
                ArrayPool<E>.Shared.Return(aBuffer);
            if (bBuffer is not null)
                ArrayPool<E>.Shared.Return(bBuffer);
        }
    }

    /// <summary>Adds one block of the sums to the columns of some panels.</summary>
    private static void Block<V, E>(
        in Product<E> product, ColumnPanels panels, int firstPanel, int endPanel, int block, int blocks, int rowBlock, E* aPacked, E* bPacked)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint start = (nint)((long)product.Depth * block / blocks), end = (nint)((long)product.Depth * (block + 1) / blocks), depth = end - start;
        E* a = product.A + start * product.AColumn, b = product.B + start * product.BRow;
        if (bPacked is not null)
        {
            for (int j = firstPanel; j < endPanel; j++)
            {
                var panel = panels[j];
                E* packed = bPacked + (j - firstPanel) * panels.Width * depth;
                PackPanel<V, E>(b + panel.Start * product.BColumn, product.BRow, product.BColumn, panel.Lanes, depth, packed);
            }
        }

        TileOperands<E> tile = new()
        {
            Depth = depth,
            CRow = product.CRow,
            Alpha = product.Alpha,
            Beta = block == 0 ? product.Beta : V.First(V.Constant(1)),
        };
        tile.Overwrites = block == 0 && V.All(V.Equal(V.Broadcast(product.Beta), V.Constant(0)));
        for (int row = 0; row < product.Rows; row += rowBlock)
        {
            int rows = Math.Min(rowBlock, product.Rows - row);
            int strips = (rows + Tile.MaxRows<V>() - 1) / Tile.MaxRows<V>();
            if (aPacked is not null)
            {
                for (int strip = 0; strip < strips; strip++)
                {
                    nint top = (nint)((long)rows * strip / strips), bottom = (nint)((long)rows * (strip + 1) / strips);
                    Packing.Interleave(a + (row + top) * product.ARow, product.ARow, product.AColumn, bottom - top, depth, aPacked + top * depth);
                }
            }

            for (int j = firstPanel; j < endPanel; j++)
            {
                var panel = panels[j];
                tile.Skip = panel.Skip;
                tile.B = bPacked is null ? b + panel.Start : bPacked + (j - firstPanel) * panels.Width * depth;
                tile.BStep = bPacked is null ? product.BRow : panel.Lanes * V.Count;
                for (int strip = 0; strip < strips; strip++)
                {
                    nint top = (nint)((long)rows * strip / strips), bottom = (nint)((long)rows * (strip + 1) / strips);
                    tile.C = product.C + (row + top) * product.CRow + panel.Start;
                    tile.A = aPacked is null ? a + (row + top) * product.ARow : aPacked + top * depth;
                    tile.ARow = aPacked is null ? product.ARow : 1;
                    tile.AStep = aPacked is null ? product.AColumn : bottom - top;
                    Tile.Run<V, E>((int)(bottom - top), panel.Lanes, in tile);
                }
            }
        }
    }

    private static void PackPanel<V, E>(E* source, nint rowStride, nint columnStride, int lanes, nint depth, E* destination)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        if (columnStride == 1)
            Packing.Rows<V, E>(source, rowStride, lanes, depth, destination);
        else
            Packing.Interleave(source, columnStride, rowStride, lanes * V.Count, depth, destination);
    }
}
