using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>How the terms of a sum are made and added.</summary>
internal interface ITerm
{
    /// <summary>The sum with the terms that begin at element <paramref name="i"/> added.</summary>
    static abstract V Add<V, E>(V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged;

    /// <summary>The same where the mask holds; elsewhere −0, the neutral element of addition, is added.</summary>
    static abstract V AddWhere<V, E>(V mask, V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged;
}

/// <summary>The terms are the elements of x.</summary>
internal readonly struct Addends : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add<V, E>(V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        sum + V.Load(in Unsafe.Add(ref x, i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddWhere<V, E>(V mask, V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        sum + V.Select(mask, V.Load(in Unsafe.Add(ref x, i)), V.Constant(-0.0));
}

/// <summary>The terms are products.</summary>
internal readonly struct Products : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add<V, E>(V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        V.MultiplyAdd(V.Load(in Unsafe.Add(ref x, i)), V.Load(in Unsafe.Add(ref y, i)), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddWhere<V, E>(V mask, V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        V.MultiplyAdd(
            V.Select(mask, V.Load(in Unsafe.Add(ref x, i)), V.Constant(-0.0)),
            V.Select(mask, V.Load(in Unsafe.Add(ref y, i)), V.Constant(1)),
            sum);
}

/// <summary>
/// A sum over one span or two. Eight accumulators hide the latency of addition; a block's accumulators are combined pairwise, and so are
/// the blocks, like the digits of a binary counter. What is left over at the end is one more block. There is at least a lane of terms.
/// </summary>
internal ref struct Reduction<TTerm, T>(ref T x, ref T y, int count, ref T result) : ILoop
    where TTerm : struct, ITerm
{
    private const int Accumulators = 8;
    private const int Rows = 16;
    // Blocks of at least 128 elements: 2^31 elements are fewer than 2^24 of them.
    private const int Levels = 25;

    // From MaxCount − k on: a lane whose first k elements are false.
    private static ReadOnlySpan<bool> FalseThenTrue =>
    [
        false, false, false, false, false, false, false, false, false, false, false, false, false, false, false, false,
        true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
    ];

    private readonly ref T x = ref x;
    private readonly ref T y = ref y;
    private readonly ref T result = ref result;

    public readonly void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        Unsafe.As<T, E>(ref result) = Total<V, E>(ref Unsafe.As<T, E>(ref x), ref Unsafe.As<T, E>(ref y), count);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
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

    // −0 is the neutral element of addition: +0 would turn a sum of −0 into +0. Nothing is called here: a call, even after the loop,
    // keeps the accumulators in memory all through it.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V Block<V, E>(ref E x, ref E y, nint count) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        nint i = 0;
        var rest = V.Constant(-0.0);
        V s0 = rest, s1 = rest, s2 = rest, s3 = rest, s4 = rest, s5 = rest, s6 = rest, s7 = rest;
        for (; i <= count - Accumulators * V.Count; i += Accumulators * V.Count)
        {
            s0 = TTerm.Add(s0, ref x, ref y, i);
            s1 = TTerm.Add(s1, ref x, ref y, i + V.Count);
            s2 = TTerm.Add(s2, ref x, ref y, i + 2 * V.Count);
            s3 = TTerm.Add(s3, ref x, ref y, i + 3 * V.Count);
            s4 = TTerm.Add(s4, ref x, ref y, i + 4 * V.Count);
            s5 = TTerm.Add(s5, ref x, ref y, i + 5 * V.Count);
            s6 = TTerm.Add(s6, ref x, ref y, i + 6 * V.Count);
            s7 = TTerm.Add(s7, ref x, ref y, i + 7 * V.Count);
        }

        for (; i <= count - V.Count; i += V.Count)
            rest = TTerm.Add(rest, ref x, ref y, i);
        if (i < count)
        {
            // The last lane of all, without the elements that are summed already; it may begin before the block.
            nint last = count - V.Count;
            var mask = V.LoadMask(in FalseThenTrue[(int)(Widest.MaxCount - (i - last))]);
            rest = TTerm.AddWhere(mask, rest, ref x, ref y, last);
        }

        return (((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))) + rest;
    }
}
