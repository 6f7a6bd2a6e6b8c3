using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Products so small that their tiles read A and B where they are, B turned first if its rows are not contiguous: a tile of all products of a stretch of
/// the batch before the next tile.
/// </summary>
internal static unsafe partial class SmallProducts
{
    /// <summary>The bytes of B, at most, that are turned to be read.</summary>
    public const int TurnedBytes = 1 << 15;

    // In bytes: so much of A, B and C stays in the first cache from a tile to the next.
    private const int Stretch = 1 << 14;

    [SkipLocalsInit]
    public static void Run<V, E>(in Product<E> product, int batch, nint aBatch, nint bBatch, nint cBatch)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        if (product.BColumn != 1)
        {
            Turn<V, E>(in product, batch, aBatch, bBatch, cBatch);
            return;
        }

        Unsafe.SkipInit(out TileOperands<E> tile);
        tile.Depth = product.Depth;
        tile.A = product.A;
        tile.ARow = product.ARow;
        tile.AStep = product.AColumn;
        tile.B = product.B;
        tile.BStep = product.BRow;
        tile.C = product.C;
        tile.CRow = product.CRow;
        tile.Alpha = product.Alpha;
        tile.Zero = V.First(V.Constant(-0.0));
        tile.IsPlain = Scalar.ToDouble(product.Alpha) == 1;
        tile.Beta = product.Beta;
        tile.Overwrites = Scalar.ToDouble(product.Beta) == 0;
        (tile.ABatch, tile.BBatch, tile.CBatch) = (aBatch, bBatch, cBatch);
        int stretch = batch == 1 || (product.Columns <= V.Count && product.Rows <= Tile.MaxRows(1))
            ? batch
            : Math.Clamp(Stretch / ((product.Depth * (product.Rows + product.Columns) + product.Rows * product.Columns) * sizeof(E)), 1, batch);
        while (true)
        {
            tile.Count = Math.Min(stretch, batch);
            Multiply<V, E>(ref tile, product.Rows, product.Columns);
            batch -= stretch;
            if (batch <= 0)
                return;
            tile.A += stretch * aBatch;
            tile.B += stretch * bBatch;
            tile.C += stretch * cBatch;
        }
    }

    // Columns are cut into lanes, the last of which ends flush with them; if half a wide lane is enough for the rest, it takes half the time, and a few last
    // columns less.
    private static void Multiply<V, E>(ref TileOperands<E> tile, int rows, int columns)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        int few = tile.Count == 1 ? LastColumns<V, E>(rows, columns, (int)tile.Depth) : 0;
        if (few > 0)
            WithLast<V, E>(ref tile, rows, columns, few);
        else
            Columns<V, E>(ref tile, rows, columns);
    }

    private static void Columns<V, E>(ref TileOperands<E> tile, int rows, int columns, bool halves = true)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        E* start = tile.B, target = tile.C, b = start, c = target;
        int whole = columns / V.Count, rest = columns - whole * V.Count;
        bool hasHalf = halves && Unsafe.SizeOf<V>() == WideLane.Size && rest > 0 && rest <= V.Count / 2;
        bool isFlush = rest > 0 && !hasHalf;
        int units = isFlush ? whole + 1 : whole;
        while (units > 0)
        {
            int lanes = PanelLanes(units);
            units -= lanes;
            tile.B = b;
            tile.C = c;
            (tile.Last, tile.Skip, tile.LastSkip) = ((lanes - 1) * V.Count, 0, 0);
            if (units == 0 && isFlush)
            {
                int skip = V.Count - rest;
                if (lanes == 1)
                {
                    tile.B -= skip;
                    tile.C -= skip;
                    tile.Skip = skip;
                }
                else
                {
                    tile.Last -= skip;
                    tile.LastSkip = skip;
                }
            }

            Panel<V, E>(ref tile, rows, lanes);
            b += lanes * V.Count;
            c += lanes * V.Count;
        }

        if (hasHalf)
        {
            int skip = V.Count / 2 - rest;
            tile.B = b - skip;
            tile.C = c - skip;
            tile.Skip = skip;
            if (typeof(E) == typeof(double))
                Panel<F64x4, double>(ref Unsafe.As<TileOperands<E>, TileOperands<double>>(ref tile), rows, 1);
            else
                Panel<F32x8, float>(ref Unsafe.As<TileOperands<E>, TileOperands<float>>(ref tile), rows, 1);
        }

        tile.B = start;
        tile.C = target;
    }

    // The lanes of the next panel, of so many that are left; the last is not of one lane.
    private static int PanelLanes(int units) => units <= Tile.MaxLanes ? units : units == Tile.MaxLanes + 1 ? 2 : Tile.MaxLanes;

    private static void Panel<V, E>(ref TileOperands<E> tile, int rows, int lanes)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        int tall = Tile.MaxRows(lanes);
        if (rows <= tall)
        {
            Tile.Kernel<V, E>(rows, lanes, packed: false)(in tile);
            return;
        }

        E* a = tile.A, c = tile.C;
        var strips = Tile.Strips(rows, lanes);
        for (int strip = 0; strip < strips.Count; strip++)
        {
            int top = strips.Start(strip);
            tile.A = a + top * tile.ARow;
            tile.C = c + top * tile.CRow;
            Tile.Kernel<V, E>(strips.Start(strip + 1) - top, lanes, packed: false)(in tile);
        }

        tile.A = a;
        tile.C = c;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Turn<V, E>(in Product<E> product, int batch, nint aBatch, nint bBatch, nint cBatch)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        byte* room = stackalloc byte[TurnedBytes + GemmLoop<E>.LineBytes];
        E* turned = (E*)(((nint)room + GemmLoop<E>.LineBytes - 1) & -GemmLoop<E>.LineBytes);
        int size = product.Depth * product.Columns;
        int stretch = bBatch == 0 ? batch : Math.Clamp(TurnedBytes / (size * sizeof(E)), 1, batch);
        var part = product;
        part.B = turned;
        (part.BRow, part.BColumn) = (product.Columns, 1);
        for (int first = 0; first < batch; first += stretch)
        {
            int count = Math.Min(stretch, batch - first);
            for (int i = 0; i < (bBatch == 0 ? 1 : count); i++)
                Packing.Interleave(product.B + (first + i) * bBatch, product.BColumn, product.BRow, product.Columns, product.Depth, turned + i * size);
            Run<V, E>(in part, count, aBatch, bBatch == 0 ? 0 : size, cBatch);
            part.A += count * aBatch;
            part.C += count * cBatch;
        }
    }
}
