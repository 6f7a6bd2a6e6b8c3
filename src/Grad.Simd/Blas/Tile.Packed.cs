using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <content>Tiles of packed factors.</content>
internal static unsafe partial class Tile
{
    // In bytes: A comes from the second cache, this far ahead of its use.
    private const int PrefetchDistance = 512;

    // The sizes of TRows and TLanes are the numbers of rows and lanes: conditions on them fold when the method is imported. Nothing is called
    // here, before or after the loop: a call anywhere would keep the sums in memory.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunPacked<V, E, TRows, TLanes>(in TileOperands<E> operands)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TRows : unmanaged
        where TLanes : unmanaged
    {
        E* a0 = operands.A, b = operands.B;
        V zero = V.Broadcast(operands.Zero);
        V s0 = zero, s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero;
        V s7 = zero, s8 = zero, s9 = zero, s10 = zero, s11 = zero, s12 = zero, s13 = zero;
        V t0 = zero, t1 = zero, t2 = zero, t3 = zero, t4 = zero, t5 = zero, t6 = zero;
        V t7 = zero, t8 = zero, t9 = zero, t10 = zero, t11 = zero, t12 = zero, t13 = zero;
        nint left = operands.Depth;

        // A step of a tall tile is long enough, and four of them might be more than the JIT inlines.
        if (sizeof(TRows) <= 6)
        {
            for (; left >= 4; left -= 4, a0 += 4 * sizeof(TRows), b += 4 * sizeof(TLanes) * V.Count)
            {
                Prefetch.ToFirst((byte*)a0 + PrefetchDistance);
                Prefetch.ToFirst((byte*)a0 + PrefetchDistance + 64);
                Step<V, E, TRows, TLanes>(
                    a0, b, 0,
                    ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7, ref s8, ref s9, ref s10, ref s11, ref s12, ref s13,
                    ref t0, ref t1, ref t2, ref t3, ref t4, ref t5, ref t6, ref t7, ref t8, ref t9, ref t10, ref t11, ref t12, ref t13);
                Step<V, E, TRows, TLanes>(
                    a0, b, 1,
                    ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7, ref s8, ref s9, ref s10, ref s11, ref s12, ref s13,
                    ref t0, ref t1, ref t2, ref t3, ref t4, ref t5, ref t6, ref t7, ref t8, ref t9, ref t10, ref t11, ref t12, ref t13);
                Step<V, E, TRows, TLanes>(
                    a0, b, 2,
                    ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7, ref s8, ref s9, ref s10, ref s11, ref s12, ref s13,
                    ref t0, ref t1, ref t2, ref t3, ref t4, ref t5, ref t6, ref t7, ref t8, ref t9, ref t10, ref t11, ref t12, ref t13);
                Step<V, E, TRows, TLanes>(
                    a0, b, 3,
                    ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7, ref s8, ref s9, ref s10, ref s11, ref s12, ref s13,
                    ref t0, ref t1, ref t2, ref t3, ref t4, ref t5, ref t6, ref t7, ref t8, ref t9, ref t10, ref t11, ref t12, ref t13);
            }
        }

        for (; left > 0; left--, a0 += sizeof(TRows), b += sizeof(TLanes) * V.Count)
        {
            Prefetch.ToFirst((byte*)a0 + PrefetchDistance);
            Step<V, E, TRows, TLanes>(
                a0, b, 0,
                ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7, ref s8, ref s9, ref s10, ref s11, ref s12, ref s13,
                ref t0, ref t1, ref t2, ref t3, ref t4, ref t5, ref t6, ref t7, ref t8, ref t9, ref t10, ref t11, ref t12, ref t13);
        }

        Finish<V, E, TRows, TLanes>(
            in operands, operands.C,
            s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13,
            t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13);
    }

    // A row of B is multiplied with each element of a packed column of A; the step counts from a and b on, for constant addresses.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V, E, TRows, TLanes>(
        E* a, E* b, int step,
        ref V s0, ref V s1, ref V s2, ref V s3, ref V s4, ref V s5, ref V s6, ref V s7, ref V s8, ref V s9, ref V s10, ref V s11, ref V s12, ref V s13,
        ref V t0, ref V t1, ref V t2, ref V t3, ref V t4, ref V t5, ref V t6, ref V t7, ref V t8, ref V t9, ref V t10, ref V t11, ref V t12, ref V t13)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TRows : unmanaged
        where TLanes : unmanaged
    {
        int at = step * sizeof(TRows), row = step * sizeof(TLanes) * V.Count;
        V x = Unsafe.ReadUnaligned<V>(b + row), y = sizeof(TLanes) == 2 ? Unsafe.ReadUnaligned<V>(b + (row + V.Count)) : x;
        Add<V, E, TLanes>(V.Broadcast(a[at]), x, y, ref s0, ref t0);
        if (sizeof(TRows) > 1)
            Add<V, E, TLanes>(V.Broadcast(a[at + 1]), x, y, ref s1, ref t1);
        if (sizeof(TRows) > 2)
            Add<V, E, TLanes>(V.Broadcast(a[at + 2]), x, y, ref s2, ref t2);
        if (sizeof(TRows) > 3)
            Add<V, E, TLanes>(V.Broadcast(a[at + 3]), x, y, ref s3, ref t3);
        if (sizeof(TRows) > 4)
            Add<V, E, TLanes>(V.Broadcast(a[at + 4]), x, y, ref s4, ref t4);
        if (sizeof(TRows) > 5)
            Add<V, E, TLanes>(V.Broadcast(a[at + 5]), x, y, ref s5, ref t5);
        if (sizeof(TRows) > 6)
            Add<V, E, TLanes>(V.Broadcast(a[at + 6]), x, y, ref s6, ref t6);
        if (sizeof(TRows) > 7)
            Add<V, E, TLanes>(V.Broadcast(a[at + 7]), x, y, ref s7, ref t7);
        if (sizeof(TRows) > 8)
            Add<V, E, TLanes>(V.Broadcast(a[at + 8]), x, y, ref s8, ref t8);
        if (sizeof(TRows) > 9)
            Add<V, E, TLanes>(V.Broadcast(a[at + 9]), x, y, ref s9, ref t9);
        if (sizeof(TRows) > 10)
            Add<V, E, TLanes>(V.Broadcast(a[at + 10]), x, y, ref s10, ref t10);
        if (sizeof(TRows) > 11)
            Add<V, E, TLanes>(V.Broadcast(a[at + 11]), x, y, ref s11, ref t11);
        if (sizeof(TRows) > 12)
            Add<V, E, TLanes>(V.Broadcast(a[at + 12]), x, y, ref s12, ref t12);
        if (sizeof(TRows) > 13)
            Add<V, E, TLanes>(V.Broadcast(a[at + 13]), x, y, ref s13, ref t13);
    }
}
