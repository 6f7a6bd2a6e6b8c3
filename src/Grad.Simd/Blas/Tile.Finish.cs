using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <content>How the sums of a tile of up to two lanes are written to C.</content>
internal static unsafe partial class Tile
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<V, E, TRows, TLanes>(
        in TileOperands<E> operands, E* c,
        V s0, V s1, V s2, V s3, V s4, V s5, V s6, V s7, V s8, V s9, V s10, V s11, V s12, V s13,
        V t0, V t1, V t2, V t3, V t4, V t5, V t6, V t7, V t8, V t9, V t10, V t11, V t12, V t13)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TRows : unmanaged
        where TLanes : unmanaged
    {
        nint cRow = operands.CRow, last = operands.Last;
        V alpha = V.Broadcast(operands.Alpha);
        if (operands.Overwrites && operands.IsPlain)
        {
            Store<V, E, TLanes>(c, last, s0, t0);
            if (sizeof(TRows) > 1)
                Store<V, E, TLanes>(c + cRow, last, s1, t1);
            if (sizeof(TRows) > 2)
                Store<V, E, TLanes>(c + 2 * cRow, last, s2, t2);
            if (sizeof(TRows) > 3)
                Store<V, E, TLanes>(c + 3 * cRow, last, s3, t3);
            if (sizeof(TRows) > 4)
                Store<V, E, TLanes>(c + 4 * cRow, last, s4, t4);
            if (sizeof(TRows) > 5)
                Store<V, E, TLanes>(c + 5 * cRow, last, s5, t5);
            if (sizeof(TRows) > 6)
                Store<V, E, TLanes>(c + 6 * cRow, last, s6, t6);
            if (sizeof(TRows) > 7)
                Store<V, E, TLanes>(c + 7 * cRow, last, s7, t7);
            if (sizeof(TRows) > 8)
                Store<V, E, TLanes>(c + 8 * cRow, last, s8, t8);
            if (sizeof(TRows) > 9)
                Store<V, E, TLanes>(c + 9 * cRow, last, s9, t9);
            if (sizeof(TRows) > 10)
                Store<V, E, TLanes>(c + 10 * cRow, last, s10, t10);
            if (sizeof(TRows) > 11)
                Store<V, E, TLanes>(c + 11 * cRow, last, s11, t11);
            if (sizeof(TRows) > 12)
                Store<V, E, TLanes>(c + 12 * cRow, last, s12, t12);
            if (sizeof(TRows) > 13)
                Store<V, E, TLanes>(c + 13 * cRow, last, s13, t13);
            return;
        }

        if (operands.Overwrites)
        {
            Write<V, E, TLanes>(c, last, alpha, s0, t0);
            if (sizeof(TRows) > 1)
                Write<V, E, TLanes>(c + cRow, last, alpha, s1, t1);
            if (sizeof(TRows) > 2)
                Write<V, E, TLanes>(c + 2 * cRow, last, alpha, s2, t2);
            if (sizeof(TRows) > 3)
                Write<V, E, TLanes>(c + 3 * cRow, last, alpha, s3, t3);
            if (sizeof(TRows) > 4)
                Write<V, E, TLanes>(c + 4 * cRow, last, alpha, s4, t4);
            if (sizeof(TRows) > 5)
                Write<V, E, TLanes>(c + 5 * cRow, last, alpha, s5, t5);
            if (sizeof(TRows) > 6)
                Write<V, E, TLanes>(c + 6 * cRow, last, alpha, s6, t6);
            if (sizeof(TRows) > 7)
                Write<V, E, TLanes>(c + 7 * cRow, last, alpha, s7, t7);
            if (sizeof(TRows) > 8)
                Write<V, E, TLanes>(c + 8 * cRow, last, alpha, s8, t8);
            if (sizeof(TRows) > 9)
                Write<V, E, TLanes>(c + 9 * cRow, last, alpha, s9, t9);
            if (sizeof(TRows) > 10)
                Write<V, E, TLanes>(c + 10 * cRow, last, alpha, s10, t10);
            if (sizeof(TRows) > 11)
                Write<V, E, TLanes>(c + 11 * cRow, last, alpha, s11, t11);
            if (sizeof(TRows) > 12)
                Write<V, E, TLanes>(c + 12 * cRow, last, alpha, s12, t12);
            if (sizeof(TRows) > 13)
                Write<V, E, TLanes>(c + 13 * cRow, last, alpha, s13, t13);
            return;
        }

        V beta = V.Broadcast(operands.Beta), first = FlushLane.Mask<V, E>(operands.Skip), end = FlushLane.Mask<V, E>(operands.LastSkip);
        Update<V, E, TLanes>(c, last, alpha, s0, t0, beta, first, end);
        if (sizeof(TRows) > 1)
            Update<V, E, TLanes>(c + cRow, last, alpha, s1, t1, beta, first, end);
        if (sizeof(TRows) > 2)
            Update<V, E, TLanes>(c + 2 * cRow, last, alpha, s2, t2, beta, first, end);
        if (sizeof(TRows) > 3)
            Update<V, E, TLanes>(c + 3 * cRow, last, alpha, s3, t3, beta, first, end);
        if (sizeof(TRows) > 4)
            Update<V, E, TLanes>(c + 4 * cRow, last, alpha, s4, t4, beta, first, end);
        if (sizeof(TRows) > 5)
            Update<V, E, TLanes>(c + 5 * cRow, last, alpha, s5, t5, beta, first, end);
        if (sizeof(TRows) > 6)
            Update<V, E, TLanes>(c + 6 * cRow, last, alpha, s6, t6, beta, first, end);
        if (sizeof(TRows) > 7)
            Update<V, E, TLanes>(c + 7 * cRow, last, alpha, s7, t7, beta, first, end);
        if (sizeof(TRows) > 8)
            Update<V, E, TLanes>(c + 8 * cRow, last, alpha, s8, t8, beta, first, end);
        if (sizeof(TRows) > 9)
            Update<V, E, TLanes>(c + 9 * cRow, last, alpha, s9, t9, beta, first, end);
        if (sizeof(TRows) > 10)
            Update<V, E, TLanes>(c + 10 * cRow, last, alpha, s10, t10, beta, first, end);
        if (sizeof(TRows) > 11)
            Update<V, E, TLanes>(c + 11 * cRow, last, alpha, s11, t11, beta, first, end);
        if (sizeof(TRows) > 12)
            Update<V, E, TLanes>(c + 12 * cRow, last, alpha, s12, t12, beta, first, end);
        if (sizeof(TRows) > 13)
            Update<V, E, TLanes>(c + 13 * cRow, last, alpha, s13, t13, beta, first, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<V, E, TLanes>(E* c, nint last, V s, V t)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TLanes : unmanaged
    {
        V.Store(s, ref *c);
        if (sizeof(TLanes) == 2)
            V.Store(t, ref c[last]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<V, E, TLanes>(E* c, nint last, V alpha, V s, V t)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TLanes : unmanaged
    {
        V.Store(alpha * s, ref *c);
        if (sizeof(TLanes) == 2)
            V.Store(alpha * t, ref c[last]);
    }

    // The last lane may overlap the one before, which is written already.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Update<V, E, TLanes>(E* c, nint last, V alpha, V s, V t, V beta, V first, V end)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TLanes : unmanaged
    {
        V old = V.Load(in *c);
        V.Store(V.Select(first, V.MultiplyAdd(alpha, s, beta * old), old), ref *c);
        if (sizeof(TLanes) == 2)
        {
            V other = V.Load(in c[last]);
            V.Store(V.Select(end, V.MultiplyAdd(alpha, t, beta * other), other), ref c[last]);
        }
    }
}
