using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;

namespace Grad.Simd;

/// <summary>Where a tile of a product lies, and how it is written.</summary>
/// <remarks>Strides count elements. A column of A steps by <see cref="ARow"/>, along the sum both factors step by their own strides.</remarks>
internal unsafe struct TileOperands<E> where E : unmanaged
{
    /// <summary>The number of terms, all of one block of the sum.</summary>
    public nint Depth;
    public E* A;
    public nint ARow;
    public nint AStep;
    public E* B;
    public nint BStep;
    public E* C;
    public nint CRow;
    public E Alpha;
    public E Beta;

    /// <summary>Whether C is written without being read.</summary>
    public bool Overwrites;

    /// <summary>Leading columns of the tile that another tile writes; they are left as they are unless C is only overwritten.</summary>
    public nint Skip;
}

/// <summary>
/// The micro-kernel of matrix products: a tile of C, of up to <see cref="MaxRows"/> rows and one or two lanes of columns, with all its sums in
/// registers. Each sum begins at −0 and takes its terms in order, whatever the tile's size: an element has the same bits in all of them.
/// </summary>
internal static unsafe class Tile
{
    // From MaxCount − k on: a lane whose first k elements are false.
    private static ReadOnlySpan<bool> FalseThenTrue =>
    [
        false, false, false, false, false, false, false, false, false, false, false, false, false, false, false, false,
        true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
    ];

    /// <summary>The rows of the tallest tile: with its sums, a row of B and an element of A it fills the registers.</summary>
    public static int MaxRows<V>() where V : struct => Unsafe.SizeOf<V>() == 64 || AdvSimd.IsSupported ? 14 : 6;

    /// <summary>Computes a tile of <paramref name="rows"/> rows and <paramref name="lanes"/> lanes of columns.</summary>
    public static void Run<V, E>(int rows, int lanes, in TileOperands<E> operands)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        if (lanes == 2)
            Run<V, E, Two>(rows, in operands);
        else
            Run<V, E, One>(rows, in operands);
    }

    private static void Run<V, E, TLanes>(int rows, in TileOperands<E> operands)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TLanes : unmanaged
    {
        switch (rows)
        {
            case 1:
                Run<V, E, One, TLanes>(in operands);
                break;
            case 2:
                Run<V, E, Two, TLanes>(in operands);
                break;
            case 3:
                Run<V, E, Three, TLanes>(in operands);
                break;
            case 4:
                Run<V, E, Four, TLanes>(in operands);
                break;
            case 5:
                Run<V, E, Five, TLanes>(in operands);
                break;
            case 6:
                Run<V, E, Six, TLanes>(in operands);
                break;
            case 7:
                Run<V, E, Seven, TLanes>(in operands);
                break;
            case 8:
                Run<V, E, Eight, TLanes>(in operands);
                break;
            case 9:
                Run<V, E, Nine, TLanes>(in operands);
                break;
            case 10:
                Run<V, E, Ten, TLanes>(in operands);
                break;
            case 11:
                Run<V, E, Eleven, TLanes>(in operands);
                break;
            case 12:
                Run<V, E, Twelve, TLanes>(in operands);
                break;
            case 13:
                Run<V, E, Thirteen, TLanes>(in operands);
                break;
            case 14:
                Run<V, E, Fourteen, TLanes>(in operands);
                break;
        }
    }

    // The sizes of TRows and TLanes are the numbers of rows and lanes: conditions on them fold when the method is imported. Nothing is called
    // here, before or after the loop: a call anywhere would keep the sums in memory.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run<V, E, TRows, TLanes>(in TileOperands<E> operands)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TRows : unmanaged
        where TLanes : unmanaged
    {
        nint rowStride = operands.ARow, aStep = operands.AStep, bStep = operands.BStep;
        E* a0 = operands.A, b = operands.B;
        E* a1 = a0 + rowStride;
        E* a2 = a1 + rowStride;
        E* a3 = a2 + rowStride;
        E* a4 = a3 + rowStride;
        E* a5 = a4 + rowStride;
        E* a6 = a5 + rowStride;
        E* a7 = a6 + rowStride;
        E* a8 = a7 + rowStride;
        E* a9 = a8 + rowStride;
        E* a10 = a9 + rowStride;
        E* a11 = a10 + rowStride;
        E* a12 = a11 + rowStride;
        E* a13 = a12 + rowStride;
        V zero = V.Constant(-0.0);
        V s0 = zero, t0 = zero;
        V s1 = zero, t1 = zero;
        V s2 = zero, t2 = zero;
        V s3 = zero, t3 = zero;
        V s4 = zero, t4 = zero;
        V s5 = zero, t5 = zero;
        V s6 = zero, t6 = zero;
        V s7 = zero, t7 = zero;
        V s8 = zero, t8 = zero;
        V s9 = zero, t9 = zero;
        V s10 = zero, t10 = zero;
        V s11 = zero, t11 = zero;
        V s12 = zero, t12 = zero;
        V s13 = zero, t13 = zero;
        nint at = 0;
        for (nint left = operands.Depth; left > 0; left--)
        {
            V x = V.Load(in *b), y = sizeof(TLanes) == 2 ? V.Load(in b[V.Count]) : zero;
            V first = V.Broadcast(a0[at]);
            s0 = V.MultiplyAdd(first, x, s0);
            if (sizeof(TLanes) == 2)
                t0 = V.MultiplyAdd(first, y, t0);
            if (sizeof(TRows) > 1)
            {
                V a = V.Broadcast(a1[at]);
                s1 = V.MultiplyAdd(a, x, s1);
                if (sizeof(TLanes) == 2)
                    t1 = V.MultiplyAdd(a, y, t1);
            }
            if (sizeof(TRows) > 2)
            {
                V a = V.Broadcast(a2[at]);
                s2 = V.MultiplyAdd(a, x, s2);
                if (sizeof(TLanes) == 2)
                    t2 = V.MultiplyAdd(a, y, t2);
            }
            if (sizeof(TRows) > 3)
            {
                V a = V.Broadcast(a3[at]);
                s3 = V.MultiplyAdd(a, x, s3);
                if (sizeof(TLanes) == 2)
                    t3 = V.MultiplyAdd(a, y, t3);
            }
            if (sizeof(TRows) > 4)
            {
                V a = V.Broadcast(a4[at]);
                s4 = V.MultiplyAdd(a, x, s4);
                if (sizeof(TLanes) == 2)
                    t4 = V.MultiplyAdd(a, y, t4);
            }
            if (sizeof(TRows) > 5)
            {
                V a = V.Broadcast(a5[at]);
                s5 = V.MultiplyAdd(a, x, s5);
                if (sizeof(TLanes) == 2)
                    t5 = V.MultiplyAdd(a, y, t5);
            }
            if (sizeof(TRows) > 6)
            {
                V a = V.Broadcast(a6[at]);
                s6 = V.MultiplyAdd(a, x, s6);
                if (sizeof(TLanes) == 2)
                    t6 = V.MultiplyAdd(a, y, t6);
            }
            if (sizeof(TRows) > 7)
            {
                V a = V.Broadcast(a7[at]);
                s7 = V.MultiplyAdd(a, x, s7);
                if (sizeof(TLanes) == 2)
                    t7 = V.MultiplyAdd(a, y, t7);
            }
            if (sizeof(TRows) > 8)
            {
                V a = V.Broadcast(a8[at]);
                s8 = V.MultiplyAdd(a, x, s8);
                if (sizeof(TLanes) == 2)
                    t8 = V.MultiplyAdd(a, y, t8);
            }
            if (sizeof(TRows) > 9)
            {
                V a = V.Broadcast(a9[at]);
                s9 = V.MultiplyAdd(a, x, s9);
                if (sizeof(TLanes) == 2)
                    t9 = V.MultiplyAdd(a, y, t9);
            }
            if (sizeof(TRows) > 10)
            {
                V a = V.Broadcast(a10[at]);
                s10 = V.MultiplyAdd(a, x, s10);
                if (sizeof(TLanes) == 2)
                    t10 = V.MultiplyAdd(a, y, t10);
            }
            if (sizeof(TRows) > 11)
            {
                V a = V.Broadcast(a11[at]);
                s11 = V.MultiplyAdd(a, x, s11);
                if (sizeof(TLanes) == 2)
                    t11 = V.MultiplyAdd(a, y, t11);
            }
            if (sizeof(TRows) > 12)
            {
                V a = V.Broadcast(a12[at]);
                s12 = V.MultiplyAdd(a, x, s12);
                if (sizeof(TLanes) == 2)
                    t12 = V.MultiplyAdd(a, y, t12);
            }
            if (sizeof(TRows) > 13)
            {
                V a = V.Broadcast(a13[at]);
                s13 = V.MultiplyAdd(a, x, s13);
                if (sizeof(TLanes) == 2)
                    t13 = V.MultiplyAdd(a, y, t13);
            }
            at += aStep;
            b += bStep;
        }

        E* c = operands.C;
        nint cRow = operands.CRow;
        V alpha = V.Broadcast(operands.Alpha);
        if (operands.Overwrites)
        {
            V.Store(alpha * s0, ref *c);
            if (sizeof(TLanes) == 2)
                V.Store(alpha * t0, ref c[V.Count]);
            if (sizeof(TRows) > 1)
            {
                c += cRow;
                V.Store(alpha * s1, ref *c);
                if (sizeof(TLanes) == 2)
                    V.Store(alpha * t1, ref c[V.Count]);
            }
            if (sizeof(TRows) > 2)
            {
                c += cRow;
                V.Store(alpha * s2, ref *c);
                if (sizeof(TLanes) == 2)
                    V.Store(alpha * t2, ref c[V.Count]);
            }
            if (sizeof(TRows) > 3)
            {
                c += cRow;
                V.Store(alpha * s3, ref *c);
                if (sizeof(TLanes) == 2)
                    V.Store(alpha * t3, ref c[V.Count]);
            }
            if (sizeof(TRows) > 4)
            {
                c += cRow;
                V.Store(alpha * s4, ref *c);
                if (sizeof(TLanes) == 2)
                    V.Store(alpha * t4, ref c[V.Count]);
            }
            if (sizeof(TRows) > 5)
            {
                c += cRow;
                V.Store(alpha * s5, ref *c);
                if (sizeof(TLanes) == 2)
                    V.Store(alpha * t5, ref c[V.Count]);
            }
            if (sizeof(TRows) > 6)
            {
                c += cRow;
                V.Store(alpha * s6, ref *c);
                if (sizeof(TLanes) == 2)
                    V.Store(alpha * t6, ref c[V.Count]);
            }
            if (sizeof(TRows) > 7)
            {
                c += cRow;
                V.Store(alpha * s7, ref *c);
                if (sizeof(TLanes) == 2)
                    V.Store(alpha * t7, ref c[V.Count]);
            }
            if (sizeof(TRows) > 8)
            {
                c += cRow;
                V.Store(alpha * s8, ref *c);
                if (sizeof(TLanes) == 2)
                    V.Store(alpha * t8, ref c[V.Count]);
            }
            if (sizeof(TRows) > 9)
            {
                c += cRow;
                V.Store(alpha * s9, ref *c);
                if (sizeof(TLanes) == 2)
                    V.Store(alpha * t9, ref c[V.Count]);
            }
            if (sizeof(TRows) > 10)
            {
                c += cRow;
                V.Store(alpha * s10, ref *c);
                if (sizeof(TLanes) == 2)
                    V.Store(alpha * t10, ref c[V.Count]);
            }
            if (sizeof(TRows) > 11)
            {
                c += cRow;
                V.Store(alpha * s11, ref *c);
                if (sizeof(TLanes) == 2)
                    V.Store(alpha * t11, ref c[V.Count]);
            }
            if (sizeof(TRows) > 12)
            {
                c += cRow;
                V.Store(alpha * s12, ref *c);
                if (sizeof(TLanes) == 2)
                    V.Store(alpha * t12, ref c[V.Count]);
            }
            if (sizeof(TRows) > 13)
            {
                c += cRow;
                V.Store(alpha * s13, ref *c);
                if (sizeof(TLanes) == 2)
                    V.Store(alpha * t13, ref c[V.Count]);
            }
            return;
        }

        V beta = V.Broadcast(operands.Beta);
        V mask = V.LoadMask(in FalseThenTrue[Widest.MaxCount - (int)Math.Min(operands.Skip, V.Count)]);
        V second = V.LoadMask(in FalseThenTrue[Widest.MaxCount - (int)Math.Max(operands.Skip - V.Count, 0)]);
        Update(c, alpha, s0, beta, mask);
        if (sizeof(TLanes) == 2)
            Update(c + V.Count, alpha, t0, beta, second);
        if (sizeof(TRows) > 1)
        {
            c += cRow;
            Update(c, alpha, s1, beta, mask);
            if (sizeof(TLanes) == 2)
                Update(c + V.Count, alpha, t1, beta, second);
        }
        if (sizeof(TRows) > 2)
        {
            c += cRow;
            Update(c, alpha, s2, beta, mask);
            if (sizeof(TLanes) == 2)
                Update(c + V.Count, alpha, t2, beta, second);
        }
        if (sizeof(TRows) > 3)
        {
            c += cRow;
            Update(c, alpha, s3, beta, mask);
            if (sizeof(TLanes) == 2)
                Update(c + V.Count, alpha, t3, beta, second);
        }
        if (sizeof(TRows) > 4)
        {
            c += cRow;
            Update(c, alpha, s4, beta, mask);
            if (sizeof(TLanes) == 2)
                Update(c + V.Count, alpha, t4, beta, second);
        }
        if (sizeof(TRows) > 5)
        {
            c += cRow;
            Update(c, alpha, s5, beta, mask);
            if (sizeof(TLanes) == 2)
                Update(c + V.Count, alpha, t5, beta, second);
        }
        if (sizeof(TRows) > 6)
        {
            c += cRow;
            Update(c, alpha, s6, beta, mask);
            if (sizeof(TLanes) == 2)
                Update(c + V.Count, alpha, t6, beta, second);
        }
        if (sizeof(TRows) > 7)
        {
            c += cRow;
            Update(c, alpha, s7, beta, mask);
            if (sizeof(TLanes) == 2)
                Update(c + V.Count, alpha, t7, beta, second);
        }
        if (sizeof(TRows) > 8)
        {
            c += cRow;
            Update(c, alpha, s8, beta, mask);
            if (sizeof(TLanes) == 2)
                Update(c + V.Count, alpha, t8, beta, second);
        }
        if (sizeof(TRows) > 9)
        {
            c += cRow;
            Update(c, alpha, s9, beta, mask);
            if (sizeof(TLanes) == 2)
                Update(c + V.Count, alpha, t9, beta, second);
        }
        if (sizeof(TRows) > 10)
        {
            c += cRow;
            Update(c, alpha, s10, beta, mask);
            if (sizeof(TLanes) == 2)
                Update(c + V.Count, alpha, t10, beta, second);
        }
        if (sizeof(TRows) > 11)
        {
            c += cRow;
            Update(c, alpha, s11, beta, mask);
            if (sizeof(TLanes) == 2)
                Update(c + V.Count, alpha, t11, beta, second);
        }
        if (sizeof(TRows) > 12)
        {
            c += cRow;
            Update(c, alpha, s12, beta, mask);
            if (sizeof(TLanes) == 2)
                Update(c + V.Count, alpha, t12, beta, second);
        }
        if (sizeof(TRows) > 13)
        {
            c += cRow;
            Update(c, alpha, s13, beta, mask);
            if (sizeof(TLanes) == 2)
                Update(c + V.Count, alpha, t13, beta, second);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Update(E* c, V alpha, V sum, V beta, V mask)
        {
            V old = V.Load(in *c);
            V.Store(V.Select(mask, V.MultiplyAdd(alpha, sum, beta * old), old), ref *c);
        }
    }

    [StructLayout(LayoutKind.Sequential, Size = 1)]
    private struct One;

    [StructLayout(LayoutKind.Sequential, Size = 2)]
    private struct Two;

    [StructLayout(LayoutKind.Sequential, Size = 3)]
    private struct Three;

    [StructLayout(LayoutKind.Sequential, Size = 4)]
    private struct Four;

    [StructLayout(LayoutKind.Sequential, Size = 5)]
    private struct Five;

    [StructLayout(LayoutKind.Sequential, Size = 6)]
    private struct Six;

    [StructLayout(LayoutKind.Sequential, Size = 7)]
    private struct Seven;

    [StructLayout(LayoutKind.Sequential, Size = 8)]
    private struct Eight;

    [StructLayout(LayoutKind.Sequential, Size = 9)]
    private struct Nine;

    [StructLayout(LayoutKind.Sequential, Size = 10)]
    private struct Ten;

    [StructLayout(LayoutKind.Sequential, Size = 11)]
    private struct Eleven;

    [StructLayout(LayoutKind.Sequential, Size = 12)]
    private struct Twelve;

    [StructLayout(LayoutKind.Sequential, Size = 13)]
    private struct Thirteen;

    [StructLayout(LayoutKind.Sequential, Size = 14)]
    private struct Fourteen;
}
