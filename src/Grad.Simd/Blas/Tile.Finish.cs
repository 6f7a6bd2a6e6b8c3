using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <content>How the sums of a tile are written to C.</content>
internal static unsafe partial class Tile
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<V, E, TRows, TLanes>(
        in TileOperands<E> operands,
        V s0, V s1, V s2, V s3, V s4, V s5, V s6, V s7, V s8, V s9, V s10, V s11, V s12, V s13,
        V t0, V t1, V t2, V t3, V t4, V t5, V t6, V t7, V t8, V t9, V t10, V t11, V t12, V t13)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TRows : unmanaged
        where TLanes : unmanaged
    {
        E* c = operands.C;
        nint cRow = operands.CRow;
        V alpha = V.Broadcast(operands.Alpha);
        if (operands.Overwrites && operands.IsPlain)
        {
            Store<V, E, TLanes>(c, s0, t0);
            if (sizeof(TRows) > 1)
                Store<V, E, TLanes>(c + cRow, s1, t1);
            if (sizeof(TRows) > 2)
                Store<V, E, TLanes>(c + 2 * cRow, s2, t2);
            if (sizeof(TRows) > 3)
                Store<V, E, TLanes>(c + 3 * cRow, s3, t3);
            if (sizeof(TRows) > 4)
                Store<V, E, TLanes>(c + 4 * cRow, s4, t4);
            if (sizeof(TRows) > 5)
                Store<V, E, TLanes>(c + 5 * cRow, s5, t5);
            if (sizeof(TRows) > 6)
                Store<V, E, TLanes>(c + 6 * cRow, s6, t6);
            if (sizeof(TRows) > 7)
                Store<V, E, TLanes>(c + 7 * cRow, s7, t7);
            if (sizeof(TRows) > 8)
                Store<V, E, TLanes>(c + 8 * cRow, s8, t8);
            if (sizeof(TRows) > 9)
                Store<V, E, TLanes>(c + 9 * cRow, s9, t9);
            if (sizeof(TRows) > 10)
                Store<V, E, TLanes>(c + 10 * cRow, s10, t10);
            if (sizeof(TRows) > 11)
                Store<V, E, TLanes>(c + 11 * cRow, s11, t11);
            if (sizeof(TRows) > 12)
                Store<V, E, TLanes>(c + 12 * cRow, s12, t12);
            if (sizeof(TRows) > 13)
                Store<V, E, TLanes>(c + 13 * cRow, s13, t13);
            return;
        }

        if (operands.Overwrites)
        {
            Write<V, E, TLanes>(c, alpha, s0, t0);
            if (sizeof(TRows) > 1)
                Write<V, E, TLanes>(c + cRow, alpha, s1, t1);
            if (sizeof(TRows) > 2)
                Write<V, E, TLanes>(c + 2 * cRow, alpha, s2, t2);
            if (sizeof(TRows) > 3)
                Write<V, E, TLanes>(c + 3 * cRow, alpha, s3, t3);
            if (sizeof(TRows) > 4)
                Write<V, E, TLanes>(c + 4 * cRow, alpha, s4, t4);
            if (sizeof(TRows) > 5)
                Write<V, E, TLanes>(c + 5 * cRow, alpha, s5, t5);
            if (sizeof(TRows) > 6)
                Write<V, E, TLanes>(c + 6 * cRow, alpha, s6, t6);
            if (sizeof(TRows) > 7)
                Write<V, E, TLanes>(c + 7 * cRow, alpha, s7, t7);
            if (sizeof(TRows) > 8)
                Write<V, E, TLanes>(c + 8 * cRow, alpha, s8, t8);
            if (sizeof(TRows) > 9)
                Write<V, E, TLanes>(c + 9 * cRow, alpha, s9, t9);
            if (sizeof(TRows) > 10)
                Write<V, E, TLanes>(c + 10 * cRow, alpha, s10, t10);
            if (sizeof(TRows) > 11)
                Write<V, E, TLanes>(c + 11 * cRow, alpha, s11, t11);
            if (sizeof(TRows) > 12)
                Write<V, E, TLanes>(c + 12 * cRow, alpha, s12, t12);
            if (sizeof(TRows) > 13)
                Write<V, E, TLanes>(c + 13 * cRow, alpha, s13, t13);
            return;
        }

        V beta = V.Broadcast(operands.Beta);
        V first = FlushLane.Mask<V, E>(Math.Min(operands.Skip, V.Count)), second = FlushLane.Mask<V, E>(Math.Max(operands.Skip - V.Count, 0));
        Update<V, E, TLanes>(c, alpha, s0, t0, beta, first, second);
        if (sizeof(TRows) > 1)
            Update<V, E, TLanes>(c + cRow, alpha, s1, t1, beta, first, second);
        if (sizeof(TRows) > 2)
            Update<V, E, TLanes>(c + 2 * cRow, alpha, s2, t2, beta, first, second);
        if (sizeof(TRows) > 3)
            Update<V, E, TLanes>(c + 3 * cRow, alpha, s3, t3, beta, first, second);
        if (sizeof(TRows) > 4)
            Update<V, E, TLanes>(c + 4 * cRow, alpha, s4, t4, beta, first, second);
        if (sizeof(TRows) > 5)
            Update<V, E, TLanes>(c + 5 * cRow, alpha, s5, t5, beta, first, second);
        if (sizeof(TRows) > 6)
            Update<V, E, TLanes>(c + 6 * cRow, alpha, s6, t6, beta, first, second);
        if (sizeof(TRows) > 7)
            Update<V, E, TLanes>(c + 7 * cRow, alpha, s7, t7, beta, first, second);
        if (sizeof(TRows) > 8)
            Update<V, E, TLanes>(c + 8 * cRow, alpha, s8, t8, beta, first, second);
        if (sizeof(TRows) > 9)
            Update<V, E, TLanes>(c + 9 * cRow, alpha, s9, t9, beta, first, second);
        if (sizeof(TRows) > 10)
            Update<V, E, TLanes>(c + 10 * cRow, alpha, s10, t10, beta, first, second);
        if (sizeof(TRows) > 11)
            Update<V, E, TLanes>(c + 11 * cRow, alpha, s11, t11, beta, first, second);
        if (sizeof(TRows) > 12)
            Update<V, E, TLanes>(c + 12 * cRow, alpha, s12, t12, beta, first, second);
        if (sizeof(TRows) > 13)
            Update<V, E, TLanes>(c + 13 * cRow, alpha, s13, t13, beta, first, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<V, E, TLanes>(E* c, V s, V t)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TLanes : unmanaged
    {
        V.Store(s, ref *c);
        if (sizeof(TLanes) == 2)
            V.Store(t, ref c[V.Count]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<V, E, TLanes>(E* c, V alpha, V s, V t)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TLanes : unmanaged
    {
        V.Store(alpha * s, ref *c);
        if (sizeof(TLanes) == 2)
            V.Store(alpha * t, ref c[V.Count]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Update<V, E, TLanes>(E* c, V alpha, V s, V t, V beta, V first, V second)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TLanes : unmanaged
    {
        V old = V.Load(in *c);
        V.Store(V.Select(first, V.MultiplyAdd(alpha, s, beta * old), old), ref *c);
        if (sizeof(TLanes) == 2)
        {
            V other = V.Load(in c[V.Count]);
            V.Store(V.Select(second, V.MultiplyAdd(alpha, t, beta * other), other), ref c[V.Count]);
        }
    }
}
