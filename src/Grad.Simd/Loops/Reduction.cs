using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>How a term enters a sum.</summary>
internal interface ITerm
{
    /// <summary>The sum with the term made of x and y added.</summary>
    static abstract V Add<V>(V sum, V x, V y) where V : struct, ILane<V>;
}

/// <summary>The terms are the elements of x.</summary>
internal readonly struct Addends : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add<V>(V sum, V x, V y) where V : struct, ILane<V> => sum + x;
}

/// <summary>The terms are products.</summary>
internal readonly struct Products : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add<V>(V sum, V x, V y) where V : struct, ILane<V> => V.MultiplyAdd(x, y, sum);
}

/// <summary>
/// A sum over one span or two. Eight accumulators hide the latency of addition; a block's accumulators are combined pairwise, and so are
/// the blocks, like the digits of a binary counter. What is left over at the end is one more block.
/// </summary>
internal ref struct Reduction<TTerm, T>(ref T x, ref T y, int count, ref T result) : ILoop
    where TTerm : struct, ITerm
{
    private const int Accumulators = 8;
    private const int Rows = 16;
    // Blocks of at least 128 elements: 2^31 elements are fewer than 2^24 of them.
    private const int Levels = 25;

    private readonly ref T x = ref x;
    private readonly ref T y = ref y;
    private readonly ref T result = ref result;

    public readonly void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        Unsafe.As<T, E>(ref result) = Total<V, E>(ref Unsafe.As<T, E>(ref x), ref Unsafe.As<T, E>(ref y), count);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe E Total<V, E>(ref E x, ref E y, nint count) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        nint block = Accumulators * Rows * V.Count;
        if (count <= block)
            return V.Sum(Block<V, E>(ref x, ref y, count));

        // pending[k] is the sum of 2^k blocks whenever bit k of the number of blocks done is set.
        E* pending = stackalloc E[Levels * V.Count];
        nint done = 0;
        nint start = 0;
        for (; count - start > block; start += block, done++)
        {
            var sum = Block<V, E>(ref Unsafe.Add(ref x, start), ref Unsafe.Add(ref y, start), block);
            int level = 0;
            for (; (done >> level & 1) != 0; level++)
                sum = V.Load(in pending[level * V.Count]) + sum;
            V.Store(sum, ref pending[level * V.Count]);
        }

        var total = Block<V, E>(ref Unsafe.Add(ref x, start), ref Unsafe.Add(ref y, start), count - start);
        for (int level = 0; done >> level != 0; level++)
        {
            if ((done >> level & 1) != 0)
                total = V.Load(in pending[level * V.Count]) + total;
        }

        return V.Sum(total);
    }

    // −0 is the neutral element of addition: +0 would turn a sum of −0 into +0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static V Block<V, E>(ref E x, ref E y, nint count) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        nint i = 0;
        var rest = V.Constant(-0.0);
        V s0 = rest, s1 = rest, s2 = rest, s3 = rest, s4 = rest, s5 = rest, s6 = rest, s7 = rest;
        for (; i <= count - Accumulators * V.Count; i += Accumulators * V.Count)
        {
            s0 = Add<V, E>(s0, ref x, ref y, i);
            s1 = Add<V, E>(s1, ref x, ref y, i + V.Count);
            s2 = Add<V, E>(s2, ref x, ref y, i + 2 * V.Count);
            s3 = Add<V, E>(s3, ref x, ref y, i + 3 * V.Count);
            s4 = Add<V, E>(s4, ref x, ref y, i + 4 * V.Count);
            s5 = Add<V, E>(s5, ref x, ref y, i + 5 * V.Count);
            s6 = Add<V, E>(s6, ref x, ref y, i + 6 * V.Count);
            s7 = Add<V, E>(s7, ref x, ref y, i + 7 * V.Count);
        }

        for (; i <= count - V.Count; i += V.Count)
            rest = Add<V, E>(rest, ref x, ref y, i);
        if (i < count)
            rest = AddPart<V, E>(rest, ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref y, i), (int)(count - i));
        return (((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))) + rest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Add<V, E>(V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        TTerm.Add(sum, V.Load(in Unsafe.Add(ref x, i)), V.Load(in Unsafe.Add(ref y, i)));

    // The terms that are missing to a full lane are −0 = −0·1.
    [SkipLocalsInit]
    private static unsafe V AddPart<V, E>(V sum, ref E x, ref E y, int count) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        E* lanes = stackalloc E[2 * V.Count];
        V.Store(V.Constant(-0.0), ref lanes[0]);
        V.Store(V.Constant(1), ref lanes[V.Count]);
        Lane.Copy(ref x, ref lanes[0], count);
        Lane.Copy(ref y, ref lanes[V.Count], count);
        return Add<V, E>(sum, ref lanes[0], ref lanes[V.Count], 0);
    }
}
