using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Products so small that their tiles read A and B where they are: a tile of all products of a stretch of the batch before the next tile.</summary>
internal static unsafe class SmallProducts
{
    // In bytes: so much of A, B and C stays in the first cache from a tile to the next.
    private const int Stretch = 1 << 13;

    public static void Run<V, E>(Product<E> product, int batch, nint aBatch, nint bBatch, nint cBatch)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        TileOperands<E> tile = new()
        {
            Depth = product.Depth,
            ARow = product.ARow,
            AStep = product.AColumn,
            BStep = product.BRow,
            CRow = product.CRow,
            Alpha = product.Alpha,
            Zero = V.First(V.Constant(-0.0)),
            IsPlain = V.All(V.Equal(V.Broadcast(product.Alpha), V.Constant(1))),
            Beta = product.Beta,
            Overwrites = V.All(V.Equal(V.Broadcast(product.Beta), V.Constant(0))),
        };
        var panels = new ColumnPanels(product.Columns, V.Count);
        int tall = Tile.MaxRows<V>();
        var strips = product.Rows <= tall ? new(product.Rows, 1) : Parts.AtMost(product.Rows, tall);
        int stretch = batch == 1 || (panels.Count == 1 && strips.Count == 1)
            ? batch
            : Math.Clamp(Stretch / ((product.Depth * (product.Rows + product.Columns) + product.Rows * product.Columns) * sizeof(E)), 1, batch);
        for (; batch > 0; batch -= stretch)
        {
            stretch = Math.Min(stretch, batch);
            for (int j = 0; j < panels.Count; j++)
            {
                var panel = panels[j];
                tile.Skip = panel.Skip;
                for (int strip = 0; strip < strips.Count; strip++)
                {
                    int top = strips.Start(strip);
                    var kernel = Tile.Kernel<V, E>(strips.Start(strip + 1) - top, panel.Lanes, packed: false);
                    tile.A = product.A + top * product.ARow;
                    tile.B = product.B + panel.Start;
                    tile.C = product.C + top * product.CRow + panel.Start;
                    for (int i = 0; i < stretch; i++)
                    {
                        kernel(in tile);
                        tile.A += aBatch;
                        tile.B += bBatch;
                        tile.C += cBatch;
                    }
                }
            }

            product.A += stretch * aBatch;
            product.B += stretch * bBatch;
            product.C += stretch * cBatch;
        }
    }
}
