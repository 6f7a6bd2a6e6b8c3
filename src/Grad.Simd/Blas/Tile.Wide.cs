using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <content>Tiles of three lanes of columns and up to nine rows, of factors that lie somewhere by their strides: A is read less often than by taller ones.</content>
internal static unsafe partial class Tile
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunWide<V, E, TRows, TReading>(in TileOperands<E> operands)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TRows : unmanaged
    {
        nint row = operands.ARow * sizeof(E), aStep = operands.AStep * sizeof(E), bStep = operands.BStep, last = operands.Last;
        E* a = operands.A, start = operands.B, c = operands.C;
        nint count = operands.Count, keptStep = operands.KeptStep;
        do
        {
            byte* a0 = (byte*)a, a3 = a0 + 3 * row, a6 = a3 + 3 * row;
            E* b = start, kept = operands.Kept;
            V zero = V.Broadcast(operands.Zero);
            V s0 = zero, s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero, s7 = zero, s8 = zero;
            V t0 = zero, t1 = zero, t2 = zero, t3 = zero, t4 = zero, t5 = zero, t6 = zero, t7 = zero, t8 = zero;
            V u0 = zero, u1 = zero, u2 = zero, u3 = zero, u4 = zero, u5 = zero, u6 = zero, u7 = zero, u8 = zero;
            for (nint left = operands.Depth; left > 0; left--)
            {
                V x = Unsafe.ReadUnaligned<V>(b), y = Unsafe.ReadUnaligned<V>(b + V.Count), z = Unsafe.ReadUnaligned<V>(b + last);
                Add<V, E>(Factor<V, E, TReading>(a0, kept), x, y, z, ref s0, ref t0, ref u0);
                if (sizeof(TRows) > 1)
                    Add<V, E>(Factor<V, E, TReading>(a0 + row, kept + 1), x, y, z, ref s1, ref t1, ref u1);
                if (sizeof(TRows) > 2)
                    Add<V, E>(Factor<V, E, TReading>(a0 + 2 * row, kept + 2), x, y, z, ref s2, ref t2, ref u2);
                if (sizeof(TRows) > 3)
                    Add<V, E>(Factor<V, E, TReading>(a3, kept + 3), x, y, z, ref s3, ref t3, ref u3);
                if (sizeof(TRows) > 4)
                    Add<V, E>(Factor<V, E, TReading>(a3 + row, kept + 4), x, y, z, ref s4, ref t4, ref u4);
                if (sizeof(TRows) > 5)
                    Add<V, E>(Factor<V, E, TReading>(a3 + 2 * row, kept + 5), x, y, z, ref s5, ref t5, ref u5);
                if (sizeof(TRows) > 6)
                    Add<V, E>(Factor<V, E, TReading>(a6, kept + 6), x, y, z, ref s6, ref t6, ref u6);
                if (sizeof(TRows) > 7)
                    Add<V, E>(Factor<V, E, TReading>(a6 + row, kept + 7), x, y, z, ref s7, ref t7, ref u7);
                if (sizeof(TRows) > 8)
                    Add<V, E>(Factor<V, E, TReading>(a6 + 2 * row, kept + 8), x, y, z, ref s8, ref t8, ref u8);
                b += bStep;
                if (typeof(TReading) == typeof(Keeps))
                    kept += keptStep;
                a0 += aStep;
                if (sizeof(TRows) > 3)
                    a3 += aStep;
                if (sizeof(TRows) > 6)
                    a6 += aStep;
            }

            if (!operands.Overwrites)
                Finish<V, E, TRows, Updated>(
                    in operands, c, s0, s1, s2, s3, s4, s5, s6, s7, s8, t0, t1, t2, t3, t4, t5, t6, t7, t8, u0, u1, u2, u3, u4, u5, u6, u7, u8);
            else if (operands.IsPlain)
                Finish<V, E, TRows, Stored>(
                    in operands, c, s0, s1, s2, s3, s4, s5, s6, s7, s8, t0, t1, t2, t3, t4, t5, t6, t7, t8, u0, u1, u2, u3, u4, u5, u6, u7, u8);
            else
                Finish<V, E, TRows, Scaled>(
                    in operands, c, s0, s1, s2, s3, s4, s5, s6, s7, s8, t0, t1, t2, t3, t4, t5, t6, t7, t8, u0, u1, u2, u3, u4, u5, u6, u7, u8);
            a += operands.ABatch;
            start += operands.BBatch;
            c += operands.CBatch;
        }
        while (--count > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<V, E>(V a, V x, V y, V z, ref V s, ref V t, ref V u)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        V.AddProduct(a, x, ref s);
        V.AddProduct(a, y, ref t);
        V.AddProduct(a, z, ref u);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<V, E, TRows, TWay>(
        in TileOperands<E> operands, E* c,
        V s0, V s1, V s2, V s3, V s4, V s5, V s6, V s7, V s8,
        V t0, V t1, V t2, V t3, V t4, V t5, V t6, V t7, V t8,
        V u0, V u1, V u2, V u3, V u4, V u5, V u6, V u7, V u8)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TRows : unmanaged
    {
        nint row = operands.CRow, last = operands.Last;
        V alpha = V.Broadcast(operands.Alpha), beta = alpha, end = alpha;
        if (typeof(TWay) == typeof(Updated))
            (beta, end) = (V.Broadcast(operands.Beta), FlushLane.Mask<V, E>(operands.LastSkip));
        Put<V, E, TWay>(c, last, alpha, s0, t0, u0, beta, end);
        if (sizeof(TRows) > 1)
            Put<V, E, TWay>(c + row, last, alpha, s1, t1, u1, beta, end);
        if (sizeof(TRows) > 2)
            Put<V, E, TWay>(c + 2 * row, last, alpha, s2, t2, u2, beta, end);
        if (sizeof(TRows) > 3)
            Put<V, E, TWay>(c + 3 * row, last, alpha, s3, t3, u3, beta, end);
        if (sizeof(TRows) > 4)
            Put<V, E, TWay>(c + 4 * row, last, alpha, s4, t4, u4, beta, end);
        if (sizeof(TRows) > 5)
            Put<V, E, TWay>(c + 5 * row, last, alpha, s5, t5, u5, beta, end);
        if (sizeof(TRows) > 6)
            Put<V, E, TWay>(c + 6 * row, last, alpha, s6, t6, u6, beta, end);
        if (sizeof(TRows) > 7)
            Put<V, E, TWay>(c + 7 * row, last, alpha, s7, t7, u7, beta, end);
        if (sizeof(TRows) > 8)
            Put<V, E, TWay>(c + 8 * row, last, alpha, s8, t8, u8, beta, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<V, E, TWay>(E* c, nint last, V alpha, V s, V t, V u, V beta, V end)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        if (typeof(TWay) == typeof(Stored))
        {
            V.Store(s, ref *c);
            V.Store(t, ref c[V.Count]);
            V.Store(u, ref c[last]);
        }
        else if (typeof(TWay) == typeof(Scaled))
        {
            V.Store(alpha * s, ref *c);
            V.Store(alpha * t, ref c[V.Count]);
            V.Store(alpha * u, ref c[last]);
        }
        else
        {
            V.Store(V.MultiplyAdd(alpha, s, beta * V.Load(in *c)), ref *c);
            V.Store(V.MultiplyAdd(alpha, t, beta * V.Load(in c[V.Count])), ref c[V.Count]);
            V old = V.Load(in c[last]);
            V.Store(V.Select(end, V.MultiplyAdd(alpha, u, beta * old), old), ref c[last]);
        }
    }

    /// <summary>C is written, and alpha is one.</summary>
    private readonly struct Stored;

    /// <summary>C is written.</summary>
    private readonly struct Scaled;

    /// <summary>C is read and written.</summary>
    private readonly struct Updated;
}
