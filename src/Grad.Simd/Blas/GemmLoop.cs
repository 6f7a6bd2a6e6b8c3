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

    private const int LineBytes = 64;

    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        var typed = Unsafe.BitCast<Product<T>, Product<E>>(product);
        var plan = GemmPlan.Of<V, E>(in typed);
        E[]? buffer = null;
        try
        {
            if (plan.ASize + plan.BSize > 0)
                buffer = ArrayPool<E>.Shared.Rent(plan.ASize + plan.BSize + LineBytes / sizeof(E));
            fixed (E* start = buffer)
            {
                E* packed = (E*)(((nint)start + LineBytes - 1) & -LineBytes);
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
            for (int block = 0; block < plan.DepthBlocks; block++)
                Block<V, E>(in product, in plan, first, end, block, aPacked, bPacked);
        }
    }

    /// <summary>Adds one block of the sums to the columns of some panels.</summary>
    private static void Block<V, E>(in Product<E> product, in GemmPlan plan, int firstPanel, int endPanel, int block, E* aPacked, E* bPacked)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint start = GemmPlan.Part(product.Depth, block, plan.DepthBlocks), depth = GemmPlan.Part(product.Depth, block + 1, plan.DepthBlocks) - start;
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
        for (int rowBlock = 0; rowBlock < plan.RowBlocks; rowBlock++)
        {
            int firstStrip = (int)GemmPlan.Part(plan.Strips, rowBlock, plan.RowBlocks);
            int endStrip = (int)GemmPlan.Part(plan.Strips, rowBlock + 1, plan.RowBlocks);
            nint firstRow = GemmPlan.Part(product.Rows, firstStrip, plan.Strips);
            if (aPacked is not null)
            {
                for (int strip = firstStrip; strip < endStrip; strip++)
                {
                    nint top = GemmPlan.Part(product.Rows, strip, plan.Strips), bottom = GemmPlan.Part(product.Rows, strip + 1, plan.Strips);
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
                    nint top = GemmPlan.Part(product.Rows, strip, plan.Strips), height = GemmPlan.Part(product.Rows, strip + 1, plan.Strips) - top;
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
