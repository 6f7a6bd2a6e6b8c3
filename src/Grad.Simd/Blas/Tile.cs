using System.Runtime.CompilerServices;
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
    /// <summary>The rows of the tallest tile: with its sums, a row of B and an element of A it fills the registers.</summary>
    public static int MaxRows<V>() where V : struct => Unsafe.SizeOf<V>() == 64 || AdvSimd.IsSupported ? 14 : 6;

    /// <summary>Computes a tile of <paramref name="rows"/> rows and <paramref name="lanes"/> lanes of columns.</summary>
    public static void Run<V, E>(int rows, int lanes, in TileOperands<E> operands)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        if (lanes == 2)
            Run<V, E, Size.Two>(rows, in operands);
        else
            Run<V, E, Size.One>(rows, in operands);
    }

    private static void Run<V, E, TLanes>(int rows, in TileOperands<E> operands)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TLanes : unmanaged
    {
        switch (rows)
        {
            case 1:
                Run<V, E, Size.One, TLanes>(in operands);
                break;
            case 2:
                Run<V, E, Size.Two, TLanes>(in operands);
                break;
            case 3:
                Run<V, E, Size.Three, TLanes>(in operands);
                break;
            case 4:
                Run<V, E, Size.Four, TLanes>(in operands);
                break;
            case 5:
                Run<V, E, Size.Five, TLanes>(in operands);
                break;
            case 6:
                Run<V, E, Size.Six, TLanes>(in operands);
                break;
            case 7:
                Run<V, E, Size.Seven, TLanes>(in operands);
                break;
            case 8:
                Run<V, E, Size.Eight, TLanes>(in operands);
                break;
            case 9:
                Run<V, E, Size.Nine, TLanes>(in operands);
                break;
            case 10:
                Run<V, E, Size.Ten, TLanes>(in operands);
                break;
            case 11:
                Run<V, E, Size.Eleven, TLanes>(in operands);
                break;
            case 12:
                Run<V, E, Size.Twelve, TLanes>(in operands);
                break;
            case 13:
                Run<V, E, Size.Thirteen, TLanes>(in operands);
                break;
            case 14:
                Run<V, E, Size.Fourteen, TLanes>(in operands);
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
        E* b = operands.B;
        E* a0 = operands.A, a1 = a0 + rowStride, a2 = a1 + rowStride, a3 = a2 + rowStride, a4 = a3 + rowStride, a5 = a4 + rowStride;
        E* a6 = a5 + rowStride, a7 = a6 + rowStride, a8 = a7 + rowStride, a9 = a8 + rowStride, a10 = a9 + rowStride;
        E* a11 = a10 + rowStride, a12 = a11 + rowStride, a13 = a12 + rowStride;
        V zero = V.Constant(-0.0);
        V s0 = zero, s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero;
        V s7 = zero, s8 = zero, s9 = zero, s10 = zero, s11 = zero, s12 = zero, s13 = zero;
        V t0 = zero, t1 = zero, t2 = zero, t3 = zero, t4 = zero, t5 = zero, t6 = zero;
        V t7 = zero, t8 = zero, t9 = zero, t10 = zero, t11 = zero, t12 = zero, t13 = zero;
        nint at = 0;
        for (nint left = operands.Depth; left > 0; left--, at += aStep, b += bStep)
        {
            V x = V.Load(in *b), y = sizeof(TLanes) == 2 ? V.Load(in b[V.Count]) : zero;
            Add<V, E, TLanes>(V.Broadcast(a0[at]), x, y, ref s0, ref t0);
            if (sizeof(TRows) > 1)
                Add<V, E, TLanes>(V.Broadcast(a1[at]), x, y, ref s1, ref t1);
            if (sizeof(TRows) > 2)
                Add<V, E, TLanes>(V.Broadcast(a2[at]), x, y, ref s2, ref t2);
            if (sizeof(TRows) > 3)
                Add<V, E, TLanes>(V.Broadcast(a3[at]), x, y, ref s3, ref t3);
            if (sizeof(TRows) > 4)
                Add<V, E, TLanes>(V.Broadcast(a4[at]), x, y, ref s4, ref t4);
            if (sizeof(TRows) > 5)
                Add<V, E, TLanes>(V.Broadcast(a5[at]), x, y, ref s5, ref t5);
            if (sizeof(TRows) > 6)
                Add<V, E, TLanes>(V.Broadcast(a6[at]), x, y, ref s6, ref t6);
            if (sizeof(TRows) > 7)
                Add<V, E, TLanes>(V.Broadcast(a7[at]), x, y, ref s7, ref t7);
            if (sizeof(TRows) > 8)
                Add<V, E, TLanes>(V.Broadcast(a8[at]), x, y, ref s8, ref t8);
            if (sizeof(TRows) > 9)
                Add<V, E, TLanes>(V.Broadcast(a9[at]), x, y, ref s9, ref t9);
            if (sizeof(TRows) > 10)
                Add<V, E, TLanes>(V.Broadcast(a10[at]), x, y, ref s10, ref t10);
            if (sizeof(TRows) > 11)
                Add<V, E, TLanes>(V.Broadcast(a11[at]), x, y, ref s11, ref t11);
            if (sizeof(TRows) > 12)
                Add<V, E, TLanes>(V.Broadcast(a12[at]), x, y, ref s12, ref t12);
            if (sizeof(TRows) > 13)
                Add<V, E, TLanes>(V.Broadcast(a13[at]), x, y, ref s13, ref t13);
        }

        E* c = operands.C;
        nint cRow = operands.CRow;
        V alpha = V.Broadcast(operands.Alpha);
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
    private static void Add<V, E, TLanes>(V a, V x, V y, ref V s, ref V t)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TLanes : unmanaged
    {
        s = V.MultiplyAdd(a, x, s);
        if (sizeof(TLanes) == 2)
            t = V.MultiplyAdd(a, y, t);
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
