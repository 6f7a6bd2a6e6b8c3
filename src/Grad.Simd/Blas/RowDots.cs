using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// The dot products of the rows of a matrix with a vector, which has at least a lane of elements: four rows at a time, each by two sums of
/// lanes, whose last one ends flush with the row. The order of a sum depends on its length alone.
/// </summary>
internal readonly unsafe struct RowDots<T>(T* a, nint stride, int rows, int columns, T* x, T* y, T alpha, T beta) : ILoop where T : unmanaged
{
    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        E* sums = stackalloc E[4];
        E factor = Unsafe.BitCast<T, E>(alpha), old = Unsafe.BitCast<T, E>(beta);
        bool overwrites = Scalar.ToDouble(beta) == 0;
        for (int row = 0; row < rows; row += 4)
        {
            E* start = (E*)a + row * stride;
            int count = Math.Min(4, rows - row);
            if (count == 4)
            {
                Sum<V, E, Size.Four>(start, stride, columns, (E*)x, sums);
            }
            else
            {
                for (int i = 0; i < count; i++)
                    Sum<V, E, Size.One>(start + i * stride, stride, columns, (E*)x, sums + i);
            }

            for (int i = 0; i < count; i++)
            {
                V product = V.Broadcast(factor) * V.Broadcast(sums[i]);
                E* place = (E*)y + row + i;
                *place = V.First(
                    overwrites ? product : V.MultiplyAdd(V.Broadcast(factor), V.Broadcast(sums[i]), V.Broadcast(old) * V.Broadcast(*place)));
            }
        }
    }

    // The size of TRows is the number of rows: conditions on it fold when the method is imported.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Sum<V, E, TRows>(E* a, nint stride, nint count, E* x, E* sums)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TRows : unmanaged
    {
        E* a1 = a + stride, a2 = a1 + stride, a3 = a2 + stride;
        V zero = V.Constant(-0.0);
        V s0 = zero, s1 = zero, s2 = zero, s3 = zero, t0 = zero, t1 = zero, t2 = zero, t3 = zero;
        nint i = 0;
        for (; i <= count - 2 * V.Count; i += 2 * V.Count)
        {
            V left = Unsafe.ReadUnaligned<V>(x + i), right = Unsafe.ReadUnaligned<V>(x + i + V.Count);
            V.AddProduct(Unsafe.ReadUnaligned<V>(a + i), left, ref s0);
            V.AddProduct(Unsafe.ReadUnaligned<V>(a + i + V.Count), right, ref t0);
            if (sizeof(TRows) == 4)
            {
                V.AddProduct(Unsafe.ReadUnaligned<V>(a1 + i), left, ref s1);
                V.AddProduct(Unsafe.ReadUnaligned<V>(a1 + i + V.Count), right, ref t1);
                V.AddProduct(Unsafe.ReadUnaligned<V>(a2 + i), left, ref s2);
                V.AddProduct(Unsafe.ReadUnaligned<V>(a2 + i + V.Count), right, ref t2);
                V.AddProduct(Unsafe.ReadUnaligned<V>(a3 + i), left, ref s3);
                V.AddProduct(Unsafe.ReadUnaligned<V>(a3 + i + V.Count), right, ref t3);
            }
        }

        for (; i < count; i += V.Count)
        {
            // The last lane leaves out what is summed already: −0·1 adds nothing.
            nint at = Math.Min(i, count - V.Count);
            V mask = FlushLane.Mask<V, E>(i - at);
            V factor = V.Select(mask, V.Load(in x[at]), V.Constant(1));
            V.AddProduct(V.Select(mask, V.Load(in a[at]), zero), factor, ref s0);
            if (sizeof(TRows) == 4)
            {
                V.AddProduct(V.Select(mask, V.Load(in a1[at]), zero), factor, ref s1);
                V.AddProduct(V.Select(mask, V.Load(in a2[at]), zero), factor, ref s2);
                V.AddProduct(V.Select(mask, V.Load(in a3[at]), zero), factor, ref s3);
            }
        }

        sums[0] = V.Sum(s0 + t0);
        if (sizeof(TRows) == 4)
        {
            sums[1] = V.Sum(s1 + t1);
            sums[2] = V.Sum(s2 + t2);
            sums[3] = V.Sum(s3 + t3);
        }
    }
}
