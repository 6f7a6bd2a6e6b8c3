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

    /// <summary>The bytes of a line of a cache.</summary>
    public const int LineBytes = 64;

    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        var typed = Unsafe.BitCast<Product<T>, Product<E>>(product);
        if (GemmPlan.IsSmall<V, E>(in typed))
            SmallProducts.Run<V, E>(typed, batch, aBatch, bBatch, cBatch);
        else
            Blocked<V, E>(typed);
    }

    // In bytes; so much is packed on the stack.
    private const int SmallBuffer = 2048;

    [SkipLocalsInit]
    private void Blocked<V, E>(Product<E> typed) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        var plan = GemmPlan.Of<V, E>(in typed);
        E[]? buffer = null;
        try
        {
            int size = plan.ASize + plan.BSize + LineBytes / sizeof(E);
            if (size * sizeof(E) > SmallBuffer)
                buffer = ArrayPool<E>.Shared.Rent(size);
            byte* small = stackalloc byte[SmallBuffer];
            fixed (E* large = buffer)
            {
                E* packed = (E*)(((buffer is null ? (nint)small : (nint)large) + LineBytes - 1) & -LineBytes);
                E* aPacked = plan.ASize == 0 ? null : packed, bPacked = plan.BSize == 0 ? null : packed + plan.ASize;
                for (int i = 0; i < batch; i++)
                {
                    Multiply<V, E>(in typed, in plan, aPacked, bPacked);
                    typed.A += aBatch;
                    typed.B += bBatch;
                    typed.C += cBatch;
                }
            }
        }
        finally
        {
            if (buffer is not null)
                ArrayPool<E>.Shared.Return(buffer);
        }
    }

    private static void Multiply<V, E>(in Product<E> product, in GemmPlan plan, E* aPacked, E* bPacked)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        for (int first = 0; first < plan.Panels.Count; first += plan.PanelBlock)
        {
            int end = Math.Min(first + plan.PanelBlock, plan.Panels.Count);
            for (int block = 0; block < plan.Depth.Count; block++)
                Block<V, E>(in product, in plan, first, end, block, aPacked, bPacked);
        }
    }

    /// <summary>Adds one block of the sums to the columns of some panels.</summary>
    private static void Block<V, E>(in Product<E> product, in GemmPlan plan, int firstPanel, int endPanel, int block, E* aPacked, E* bPacked)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint start = plan.Depth.Start(block), depth = plan.Depth.Start(block + 1) - start;
        E* a = product.A + start * product.AColumn, b = product.B + start * product.BRow;
        nint panelSize = plan.Panels.Width * depth;
        if (bPacked is not null)
        {
            for (int j = firstPanel; j < endPanel; j++)
            {
                var panel = plan.Panels[j];
                E* source = b + panel.Start * product.BColumn;
                Packing.Interleave(source, product.BColumn, product.BRow, panel.Lanes * V.Count, depth, bPacked + (j - firstPanel) * panelSize);
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
        for (int stripBlock = 0; stripBlock < plan.StripBlocks.Count; stripBlock++)
        {
            int firstStrip = plan.StripBlocks.Start(stripBlock), endStrip = plan.StripBlocks.Start(stripBlock + 1);
            nint firstRow = plan.Strips.Start(firstStrip);
            if (aPacked is not null)
            {
                for (int strip = firstStrip; strip < endStrip; strip++)
                {
                    nint top = plan.Strips.Start(strip), bottom = plan.Strips.Start(strip + 1);
                    E* source = a + top * product.ARow;
                    Packing.Interleave(source, product.ARow, product.AColumn, bottom - top, depth, aPacked + (top - firstRow) * depth);
                }
            }

            for (int j = firstPanel; j < endPanel; j++)
            {
                var panel = plan.Panels[j];
                tile.Skip = panel.Skip;
                tile.B = bPacked is null ? b + panel.Start : bPacked + (j - firstPanel) * panelSize;
                tile.BStep = bPacked is null ? product.BRow : panel.Lanes * V.Count;
                for (int strip = firstStrip; strip < endStrip; strip++)
                {
                    nint top = plan.Strips.Start(strip), height = plan.Strips.Start(strip + 1) - top;
                    tile.C = product.C + top * product.CRow + panel.Start;
                    if (aPacked is null)
                    {
                        tile.A = a + top * product.ARow;
                        tile.ARow = product.ARow;
                        tile.AStep = product.AColumn;
                    }
                    else
                    {
                        tile.A = aPacked + (top - firstRow) * depth;
                        for (nint row = 0; row < height; row++)
                            Prefetch.ToFirst(tile.C + row * product.CRow);
                    }

                    Tile.Kernel<V, E>((int)height, panel.Lanes, aPacked is not null)(in tile);
                }
            }
        }
    }
}
