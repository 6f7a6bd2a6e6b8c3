using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <content>
/// A few last columns beside whole lanes: lanes go over rows there. The elements of A that this takes, those of a term side by side, are what tiles of the first
/// panel leave, who read them anyway.
/// </content>
internal static unsafe partial class SmallProducts
{
    // A group of rows has up to two lanes of the longest sum, or more of a shorter one.
    private const int KeptBytes = 2 * WideLane.Size * GemmLoop<float>.DepthBlock, MostKeptRows = 256;

    // Half a wide lane less one.
    private const int MostLast = 7;

    // In multiplications of lanes: a sum is not done sooner, what the last columns take besides, and an element of them to be moved to its place.
    private const int Latency = 4, Overhead = 100, Move = 2;

    /// <summary>How many last columns are computed by lanes over rows, with whole and half lanes before them; none if that does not pay.</summary>
    private static int LastColumns<V, E>(int rows, int columns, int depth)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        int rest = columns % V.Count, few = Unsafe.SizeOf<V>() == WideLane.Size && rest > V.Count / 2 ? rest - V.Count / 2 : rest;
        if (few == 0 || few > MostLast || rows < V.Count || columns < V.Count)
            return 0;
        int lanes = (rows + V.Count - 1) / V.Count, saved = rows / 2 - Math.Max(Latency, lanes * few);
        return saved > 0 && (long)saved * depth > Overhead + Move * rows * few ? few : 0;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WithLast<V, E>(ref TileOperands<E> tile, int rows, int columns, int few)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        byte* room = stackalloc byte[KeptBytes + GemmLoop<E>.LineBytes];
        E* kept = (E*)(((nint)room + GemmLoop<E>.LineBytes - 1) & -GemmLoop<E>.LineBytes);
        E* sums = stackalloc E[MostLast * MostKeptRows];
        columns -= few;
        int lanes = PanelLanes(columns / V.Count);
        E* a = tile.A, b = tile.B, c = tile.C;

        // There is a lane of rows, and so there is in each group.
        var groups = Parts.AtMost(rows, Math.Clamp(KeptBytes / ((int)tile.Depth * sizeof(E)), 2 * V.Count, MostKeptRows));
        (tile.Last, tile.Skip, tile.LastSkip) = ((lanes - 1) * V.Count, 0, 0);
        for (int group = 0; group < groups.Count; group++)
        {
            int first = groups.Start(group), count = groups.Start(group + 1) - first;
            var strips = Tile.Strips(count, lanes);
            tile.KeptStep = count;
            for (int strip = 0; strip < strips.Count; strip++)
            {
                int top = strips.Start(strip);
                tile.A = a + (first + top) * tile.ARow;
                tile.C = c + (first + top) * tile.CRow;
                tile.Kept = kept + top;
                Tile.KeepingKernel<V, E>(strips.Start(strip + 1) - top, lanes)(in tile);
            }

            OverRows<V, E>(in tile, b + columns, few, kept, count, sums);
            Place<V, E>(in tile, sums, count, few, c + first * tile.CRow + columns);
        }

        tile.A = a;
        tile.B = b + lanes * V.Count;
        tile.C = c + lanes * V.Count;
        if (columns > lanes * V.Count)
            Columns<V, E>(ref tile, rows, columns - lanes * V.Count);
        tile.B = b;
        tile.C = c;
    }

    // The plain sums of some columns of B, one behind the other: a product of their transpose.
    private static void OverRows<V, E>(in TileOperands<E> tile, E* b, int few, E* kept, int count, E* sums)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        TileOperands<E> turned = new()
        {
            Depth = tile.Depth,
            A = b,
            ARow = 1,
            AStep = tile.BStep,
            B = kept,
            BStep = count,
            C = sums,
            CRow = count,
            Alpha = V.First(V.Constant(1)),
            Zero = tile.Zero,
            IsPlain = true,
            Overwrites = true,
            Count = 1,
        };
        Columns<V, E>(ref turned, few, count, halves: false);
    }

    // As tiles write their sums.
    private static void Place<V, E>(in TileOperands<E> tile, E* sums, int count, int few, E* c)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        bool isCopied = tile.Overwrites && tile.IsPlain;
        for (int column = 0; column < few; column++, sums += count)
        {
            E* to = c + column;
            for (int row = 0; row < count; row++, to += tile.CRow)
            {
                if (isCopied)
                {
                    *to = sums[row];
                    continue;
                }

                V factor = V.Broadcast(tile.Alpha), sum = V.Broadcast(sums[row]);
                *to = V.First(tile.Overwrites ? factor * sum : V.MultiplyAdd(factor, sum, V.Broadcast(tile.Beta) * V.Broadcast(*to)));
            }
        }
    }
}
