using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// A sum that carries along what each addition rounds off: exactly, by two lanes for each accumulator (D. Knuth's two-sum; T. Ogita, S. Rump and
/// S. Oishi, Accurate Sum and Dot Product, 2005). There is at least a lane of terms.
/// </summary>
internal ref struct CompensatedSum<T>(ref T x, int count, ref T result) : ILoop
{
    private const int Accumulators = 4;

    private readonly ref T x = ref x;
    private readonly ref T result = ref result;

    public readonly void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        Unsafe.As<T, E>(ref result) = Total<V, E>(ref Unsafe.As<T, E>(ref x), count);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static E Total<V, E>(ref E x, nint count) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        V zero = V.Constant(-0.0);
        V s0 = zero, s1 = zero, s2 = zero, s3 = zero, c0 = zero, c1 = zero, c2 = zero, c3 = zero;
        nint i = 0;
        for (; i <= count - Accumulators * V.Count; i += Accumulators * V.Count)
        {
            Add<V, E>(V.Load(in Unsafe.Add(ref x, i)), ref s0, ref c0);
            Add<V, E>(V.Load(in Unsafe.Add(ref x, i + V.Count)), ref s1, ref c1);
            Add<V, E>(V.Load(in Unsafe.Add(ref x, i + (2 * V.Count))), ref s2, ref c2);
            Add<V, E>(V.Load(in Unsafe.Add(ref x, i + (3 * V.Count))), ref s3, ref c3);
        }

        for (; i <= count - V.Count; i += V.Count)
            Add<V, E>(V.Load(in Unsafe.Add(ref x, i)), ref s0, ref c0);
        if (i < count)
        {
            nint last = count - V.Count;
            Add<V, E>(V.Select(FlushLane.Mask<V, E>(i - last), V.Load(in Unsafe.Add(ref x, last)), zero), ref s1, ref c1);
        }

        Add<V, E>(s1, ref s0, ref c0);
        Add<V, E>(s3, ref s2, ref c2);
        Add<V, E>(s2, ref s0, ref c0);
        return Across<V, E>(s0, (c0 + c1) + (c2 + c3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<V, E>(V x, ref V sum, ref V rest) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        V total = sum + x, part = total - sum;
        rest += (sum - (total - part)) + (x - part);
        sum = total;
    }

    // The lanes one after the other. Where the sum is not finite the rests are NaN, and it is the plain sum that counts.
    [SkipLocalsInit]
    private static unsafe E Across<V, E>(V sum, V rest) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        E* sums = stackalloc E[V.Count], rests = stackalloc E[V.Count];
        V.Store(sum, ref *sums);
        V.Store(rest, ref *rests);
        V total = V.Broadcast(sums[0]), left = V.Broadcast(rests[0]);
        for (int k = 1; k < V.Count; k++)
        {
            Add<V, E>(V.Broadcast(sums[k]), ref total, ref left);
            left += V.Broadcast(rests[k]);
        }

        // Nor may a rest of +0 turn a sum of −0 into +0.
        return V.First(V.Select(V.LessThan(V.Constant(0), V.Abs(left)), total + left, total));
    }
}
