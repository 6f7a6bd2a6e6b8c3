using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <content>Tiles of packed factors, two lanes of columns wide, where there are sixteen registers: the distances are constants.</content>
internal static unsafe partial class Tile
{
    // As many sums as sixteen registers hold beside the factors.
    private const int PackedRows = 6;

    // In bytes: A comes from the second cache, this far ahead of its use.
    private const int PrefetchDistance = 512;

    // The size of TRows is the number of rows: conditions on it fold when the method is imported. Nothing is called here, before or after the loop: a
    // call anywhere would keep the sums in memory.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunPacked<V, E, TRows>(in TileOperands<E> operands)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TRows : unmanaged
    {
        E* a = operands.A, b = operands.B;
        V zero = V.Broadcast(operands.Zero);
        V s0 = zero, s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero;
        V t0 = zero, t1 = zero, t2 = zero, t3 = zero, t4 = zero, t5 = zero;
        nint left = operands.Depth;
        for (; left >= 4; left -= 4, a += 4 * sizeof(TRows), b += 8 * V.Count)
        {
            Prefetch.ToFirst((byte*)a + PrefetchDistance);
            Prefetch.ToFirst((byte*)a + PrefetchDistance + 64);
            Step<V, E, TRows>(a, b, 0, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
            Step<V, E, TRows>(a, b, 1, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
            Step<V, E, TRows>(a, b, 2, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
            Step<V, E, TRows>(a, b, 3, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        }

        for (; left > 0; left--, a += sizeof(TRows), b += 2 * V.Count)
            Step<V, E, TRows>(a, b, 0, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);

        Finish<V, E, TRows, Size.Two>(
            in operands, operands.C,
            s0, s1, s2, s3, s4, s5, zero, zero, zero, zero, zero, zero, zero, zero,
            t0, t1, t2, t3, t4, t5, zero, zero, zero, zero, zero, zero, zero, zero);
    }

    // A row of B is multiplied with each element of a packed column of A; the step counts from a and b on, for constant addresses.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V, E, TRows>(
        E* a, E* b, int step,
        ref V s0, ref V s1, ref V s2, ref V s3, ref V s4, ref V s5,
        ref V t0, ref V t1, ref V t2, ref V t3, ref V t4, ref V t5)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TRows : unmanaged
    {
        int at = step * sizeof(TRows), row = step * 2 * V.Count;
        V x = Unsafe.ReadUnaligned<V>(b + row), y = Unsafe.ReadUnaligned<V>(b + (row + V.Count));
        Add<V, E, Size.Two>(V.Broadcast(a[at]), x, y, ref s0, ref t0);
        if (sizeof(TRows) > 1)
            Add<V, E, Size.Two>(V.Broadcast(a[at + 1]), x, y, ref s1, ref t1);
        if (sizeof(TRows) > 2)
            Add<V, E, Size.Two>(V.Broadcast(a[at + 2]), x, y, ref s2, ref t2);
        if (sizeof(TRows) > 3)
            Add<V, E, Size.Two>(V.Broadcast(a[at + 3]), x, y, ref s3, ref t3);
        if (sizeof(TRows) > 4)
            Add<V, E, Size.Two>(V.Broadcast(a[at + 4]), x, y, ref s4, ref t4);
        if (sizeof(TRows) > 5)
            Add<V, E, Size.Two>(V.Broadcast(a[at + 5]), x, y, ref s5, ref t5);
    }
}
