using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <content>Tiles of factors that lie somewhere by their strides, of up to two lanes of columns.</content>
internal static unsafe partial class Tile
{
    // The rows of A go by threes: once and twice the stride from a pointer is an address, so that the pointers, which step along the sum, have registers.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunStrided<V, E, TRows, TLanes, TReading>(in TileOperands<E> operands)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TRows : unmanaged
        where TLanes : unmanaged
    {
        nint row = operands.ARow * sizeof(E), aStep = operands.AStep * sizeof(E), bStep = operands.BStep, last = operands.Last;
        E* a = operands.A, start = operands.B, c = operands.C;
        nint count = operands.Count, keptStep = operands.KeptStep;
        do
        {
            byte* a0 = (byte*)a, a3 = a0 + 3 * row, a6 = a3 + 3 * row, a9 = a6 + 3 * row, a12 = a9 + 3 * row;
            E* b = start, kept = operands.Kept;
            V zero = V.Broadcast(operands.Zero);
            V s0 = zero, s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero;
            V s7 = zero, s8 = zero, s9 = zero, s10 = zero, s11 = zero, s12 = zero, s13 = zero;
            V t0 = zero, t1 = zero, t2 = zero, t3 = zero, t4 = zero, t5 = zero, t6 = zero;
            V t7 = zero, t8 = zero, t9 = zero, t10 = zero, t11 = zero, t12 = zero, t13 = zero;
            for (nint left = operands.Depth; left > 0; left--)
            {
                V x = Unsafe.ReadUnaligned<V>(b), y = sizeof(TLanes) == 2 ? Unsafe.ReadUnaligned<V>(b + last) : x;
                Add<V, E, TLanes>(Factor<V, E, TReading>(a0, kept), x, y, ref s0, ref t0);
                if (sizeof(TRows) > 1)
                    Add<V, E, TLanes>(Factor<V, E, TReading>(a0 + row, kept + 1), x, y, ref s1, ref t1);
                if (sizeof(TRows) > 2)
                    Add<V, E, TLanes>(Factor<V, E, TReading>(a0 + 2 * row, kept + 2), x, y, ref s2, ref t2);
                if (sizeof(TRows) > 3)
                    Add<V, E, TLanes>(Factor<V, E, TReading>(a3, kept + 3), x, y, ref s3, ref t3);
                if (sizeof(TRows) > 4)
                    Add<V, E, TLanes>(Factor<V, E, TReading>(a3 + row, kept + 4), x, y, ref s4, ref t4);
                if (sizeof(TRows) > 5)
                    Add<V, E, TLanes>(Factor<V, E, TReading>(a3 + 2 * row, kept + 5), x, y, ref s5, ref t5);
                if (sizeof(TRows) > 6)
                    Add<V, E, TLanes>(Factor<V, E, TReading>(a6, kept + 6), x, y, ref s6, ref t6);
                if (sizeof(TRows) > 7)
                    Add<V, E, TLanes>(Factor<V, E, TReading>(a6 + row, kept + 7), x, y, ref s7, ref t7);
                if (sizeof(TRows) > 8)
                    Add<V, E, TLanes>(Factor<V, E, TReading>(a6 + 2 * row, kept + 8), x, y, ref s8, ref t8);
                if (sizeof(TRows) > 9)
                    Add<V, E, TLanes>(Factor<V, E, TReading>(a9, kept + 9), x, y, ref s9, ref t9);
                if (sizeof(TRows) > 10)
                    Add<V, E, TLanes>(Factor<V, E, TReading>(a9 + row, kept + 10), x, y, ref s10, ref t10);
                if (sizeof(TRows) > 11)
                    Add<V, E, TLanes>(Factor<V, E, TReading>(a9 + 2 * row, kept + 11), x, y, ref s11, ref t11);
                if (sizeof(TRows) > 12)
                    Add<V, E, TLanes>(Factor<V, E, TReading>(a12, kept + 12), x, y, ref s12, ref t12);
                if (sizeof(TRows) > 13)
                    Add<V, E, TLanes>(Factor<V, E, TReading>(a12 + row, kept + 13), x, y, ref s13, ref t13);
                b += bStep;
                if (typeof(TReading) == typeof(Keeps))
                    kept += keptStep;
                a0 += aStep;
                if (sizeof(TRows) > 3)
                    a3 += aStep;
                if (sizeof(TRows) > 6)
                    a6 += aStep;
                if (sizeof(TRows) > 9)
                    a9 += aStep;
                if (sizeof(TRows) > 12)
                    a12 += aStep;
            }

            Finish<V, E, TRows, TLanes>(
                in operands, c,
                s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13,
                t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13);
            a += operands.ABatch;
            start += operands.BBatch;
            c += operands.CBatch;
        }
        while (--count > 0);
    }
}
