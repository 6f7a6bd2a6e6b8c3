using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// A row times a matrix whose rows are contiguous and have at least a lane of elements: the sum of the matrix's rows, each times its factor. Some
/// rows at a time pass over a stretch of the sums, which stays in the first cache; so the matrix is read once, in the order in which it lies.
/// </summary>
/// <remarks>Each sum takes its terms as <see cref="GemmLoop{T}"/> has them, to the bit.</remarks>
internal readonly unsafe struct WeightedRows<T>(Product<T> product) : ILoop where T : unmanaged
{
    // Bytes of sums at a time, besides a last lane.
    private const int Stretch = 8192;

    [SkipLocalsInit]
    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        var typed = Unsafe.BitCast<Product<T>, Product<E>>(product);
        E* sums = stackalloc E[Stretch / sizeof(E) + V.Count];
        bool overwrites = V.All(V.Equal(V.Broadcast(typed.Beta), V.Constant(0)));
        var blocks = Parts.AtMost(typed.Depth, GemmLoop<E>.DepthBlock);
        nint left = typed.Columns;
        for (nint column = 0; left > 0;)
        {
            // What is left is a lane at least; a stretch ends before less than a lane is left.
            nint count = left <= Stretch / sizeof(E) ? left : Math.Min(Stretch / sizeof(E), (left - V.Count) / V.Count * V.Count);
            for (int block = 0; block < blocks.Count; block++)
            {
                Add<V, E>(in typed, column, count, blocks.Start(block), blocks.Start(block + 1), sums);
                E old = block == 0 ? typed.Beta : V.First(V.Constant(1));
                Write<V, E>(sums, count, typed.Alpha, old, overwrites && block == 0, typed.C + column);
            }

            column += count;
            left -= count;
        }
    }

    private static void Add<V, E>(in Product<E> product, nint column, nint count, nint first, nint end, E* sums)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint row = first;
        Place<E> place = new() { Count = count, FactorStep = product.AColumn, RowStride = product.BRow, Sums = sums };
        while (row < end)
        {
            place.Factors = product.A + row * product.AColumn;
            place.Rows = product.B + row * product.BRow + column;
            nint rows = end - row;
            if (rows >= 8)
                row += row == first ? Pass<V, E, Size.Eight, Size.One>(in place) : Pass<V, E, Size.Eight, Size.Two>(in place);
            else if (rows >= 4)
                row += row == first ? Pass<V, E, Size.Four, Size.One>(in place) : Pass<V, E, Size.Four, Size.Two>(in place);
            else if (rows >= 2)
                row += row == first ? Pass<V, E, Size.Two, Size.One>(in place) : Pass<V, E, Size.Two, Size.Two>(in place);
            else
                row += row == first ? Pass<V, E, Size.One, Size.One>(in place) : Pass<V, E, Size.One, Size.Two>(in place);
        }
    }

    private struct Place<E> where E : unmanaged
    {
        public nint Count;
        public E* Factors;
        public nint FactorStep;
        public E* Rows;
        public nint RowStride;
        public E* Sums;
    }

    // As many rows as TRows has bytes, which it gives back. The sums begin where TTurn has one byte. The last lane ends flush with the rows, and has a
    // place of its own behind the whole ones.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nint Pass<V, E, TRows, TTurn>(in Place<E> place)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TRows : unmanaged
        where TTurn : unmanaged
    {
        nint count = place.Count, stride = place.RowStride, step = place.FactorStep;
        E* sums = place.Sums, factors = place.Factors;
        E* r0 = place.Rows, r1 = r0 + stride, r2 = r1 + stride, r3 = r2 + stride, r4 = r3 + stride, r5 = r4 + stride, r6 = r5 + stride, r7 = r6 + stride;
        V f0 = V.Broadcast(*factors), f1 = f0, f2 = f0, f3 = f0, f4 = f0, f5 = f0, f6 = f0, f7 = f0;
        if (sizeof(TRows) > 1)
            f1 = V.Broadcast(factors[step]);
        if (sizeof(TRows) > 2)
            (f2, f3) = (V.Broadcast(factors[2 * step]), V.Broadcast(factors[3 * step]));
        if (sizeof(TRows) > 4)
        {
            (f4, f5) = (V.Broadcast(factors[4 * step]), V.Broadcast(factors[5 * step]));
            (f6, f7) = (V.Broadcast(factors[6 * step]), V.Broadcast(factors[7 * step]));
        }

        nint i = 0, last = count - V.Count;
        for (; i <= last; i += V.Count)
        {
            V sum = sizeof(TTurn) == 1 ? V.Constant(-0.0) : V.Load(in sums[i]);
            V.AddProduct(f0, Unsafe.ReadUnaligned<V>(r0 + i), ref sum);
            if (sizeof(TRows) > 1)
                V.AddProduct(f1, Unsafe.ReadUnaligned<V>(r1 + i), ref sum);
            if (sizeof(TRows) > 2)
            {
                V.AddProduct(f2, Unsafe.ReadUnaligned<V>(r2 + i), ref sum);
                V.AddProduct(f3, Unsafe.ReadUnaligned<V>(r3 + i), ref sum);
            }

            if (sizeof(TRows) > 4)
            {
                V.AddProduct(f4, Unsafe.ReadUnaligned<V>(r4 + i), ref sum);
                V.AddProduct(f5, Unsafe.ReadUnaligned<V>(r5 + i), ref sum);
                V.AddProduct(f6, Unsafe.ReadUnaligned<V>(r6 + i), ref sum);
                V.AddProduct(f7, Unsafe.ReadUnaligned<V>(r7 + i), ref sum);
            }

            V.Store(sum, ref sums[i]);
        }

        if (i < count)
        {
            V sum = sizeof(TTurn) == 1 ? V.Constant(-0.0) : V.Load(in sums[i]);
            V.AddProduct(f0, Unsafe.ReadUnaligned<V>(r0 + last), ref sum);
            if (sizeof(TRows) > 1)
                V.AddProduct(f1, Unsafe.ReadUnaligned<V>(r1 + last), ref sum);
            if (sizeof(TRows) > 2)
            {
                V.AddProduct(f2, Unsafe.ReadUnaligned<V>(r2 + last), ref sum);
                V.AddProduct(f3, Unsafe.ReadUnaligned<V>(r3 + last), ref sum);
            }

            if (sizeof(TRows) > 4)
            {
                V.AddProduct(f4, Unsafe.ReadUnaligned<V>(r4 + last), ref sum);
                V.AddProduct(f5, Unsafe.ReadUnaligned<V>(r5 + last), ref sum);
                V.AddProduct(f6, Unsafe.ReadUnaligned<V>(r6 + last), ref sum);
                V.AddProduct(f7, Unsafe.ReadUnaligned<V>(r7 + last), ref sum);
            }

            V.Store(sum, ref sums[i]);
        }

        return sizeof(TRows);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Write<V, E>(E* sums, nint count, E alpha, E beta, bool overwrites, E* c)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        V factor = V.Broadcast(alpha), old = V.Broadcast(beta);
        nint i = 0;
        if (overwrites)
        {
            for (; i < count; i += V.Count)
                V.Store(factor * V.Load(in sums[i]), ref c[Math.Min(i, count - V.Count)]);
            return;
        }

        for (; i <= count - V.Count; i += V.Count)
            V.Store(V.MultiplyAdd(factor, V.Load(in sums[i]), old * V.Load(in c[i])), ref c[i]);
        if (i < count)
        {
            nint at = count - V.Count;
            V before = V.Load(in c[at]), after = V.MultiplyAdd(factor, V.Load(in sums[i]), old * before);
            V.Store(V.Select(FlushLane.Mask<V, E>(i - at), after, before), ref c[at]);
        }
    }
}
