using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// The tree of a sum on one kind of lanes. Eight accumulators hide the latency of addition; a block's accumulators are combined pairwise, and
/// so are the blocks, like the digits of a binary counter. What is left over at the end is one more block.
/// </summary>
internal static unsafe class SumTree<TTerm, V, E>
    where TTerm : struct, ITerm
    where V : struct, IHardwareLane<V, E>
    where E : unmanaged
{
    private const int Rows = 16;

    // Blocks of at least 128 elements: 2^31 elements are fewer than 2^24 of them.
    private const int MaxLevels = 25;

    /// <summary>The lanes that are added side by side.</summary>
    public const int Accumulators = 8;

    // From MaxCount − k on: a lane whose first k elements are false.
    private static ReadOnlySpan<bool> FalseThenTrue =>
    [
        false, false, false, false, false, false, false, false, false, false, false, false, false, false, false, false,
        true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
    ];

    /// <summary>The terms that all accumulators take together.</summary>
    public static int Granule => Accumulators * V.Count;

    /// <summary>The terms of a block.</summary>
    public static int BlockLength => Rows * Granule;

    /// <summary>The levels that the blocks of a sum of that many terms take.</summary>
    public static int Levels(int count) => BitOperations.Log2((uint)(count / BlockLength) | 1) + 1;

    /// <summary>The sum, of at least a lane of terms.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static E Total(ref E x, ref E y, nint count)
    {
        nint block = BlockLength;
        if (count <= block)
            return V.Sum(Block(ref x, ref y, count, null, null));

        E* pending = stackalloc E[MaxLevels * V.Count];
        nint done = 0;
        nint start = 0;
        for (; count - start > block; start += block)
            Push(pending, ref done, 0, Block(ref Unsafe.Add(ref x, start), ref Unsafe.Add(ref y, start), block, null, null));
        return Finish(pending, done, Block(ref Unsafe.Add(ref x, start), ref Unsafe.Add(ref y, start), count - start, null, null));
    }

    /// <summary>Takes up the sum of 2^level blocks, where no level below is taken.</summary>
    /// <param name="pending">At place k the sum of 2ᵏ blocks, whenever bit k of the number of blocks done is set.</param>
    /// <param name="done">The number of blocks done.</param>
    /// <param name="level">The level.</param>
    /// <param name="sum">The sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Push(E* pending, ref nint done, int level, V sum)
    {
        nint one = (nint)1 << level;
        for (; (done >> level & 1) != 0; level++)
            sum = V.Load(in pending[level * V.Count]) + sum;
        V.Store(sum, ref pending[level * V.Count]);
        done += one;
    }

    /// <summary>The sum of the blocks that are pending and the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static E Finish(E* pending, nint done, V last)
    {
        for (int level = 0; done >> level != 0; level++)
        {
            if ((done >> level & 1) != 0)
                last = V.Load(in pending[level * V.Count]) + last;
        }

        return V.Sum(last);
    }

    /// <summary>A block, or a part of it.</summary>
    /// <remarks>
    /// −0 is the neutral element of addition: +0 would turn a sum of −0 into +0. Nothing is called here: a call, even after the loop, keeps
    /// the accumulators in memory all through it.
    /// </remarks>
    /// <param name="x">The first terms, or factors.</param>
    /// <param name="y">The second factors.</param>
    /// <param name="count">
    /// How many terms. If they do not fill their last lane, the elements before them that fill a lane with them are read too.
    /// </param>
    /// <param name="from">The accumulators with the terms before; null if there are none.</param>
    /// <param name="to">Where the accumulators are left, if the block goes on: then there are whole granules. Null if it does not.</param>
    /// <returns>The sum; unspecified if the block goes on.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Block(ref E x, ref E y, nint count, E* from, E* to)
    {
        nint i = 0;
        var rest = V.Constant(-0.0);
        V s0 = rest, s1 = rest, s2 = rest, s3 = rest, s4 = rest, s5 = rest, s6 = rest, s7 = rest;
        if (from != null)
        {
            s0 = V.Load(in from[0]);
            s1 = V.Load(in from[V.Count]);
            s2 = V.Load(in from[2 * V.Count]);
            s3 = V.Load(in from[3 * V.Count]);
            s4 = V.Load(in from[4 * V.Count]);
            s5 = V.Load(in from[5 * V.Count]);
            s6 = V.Load(in from[6 * V.Count]);
            s7 = V.Load(in from[7 * V.Count]);
        }

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

        if (to != null)
        {
            V.Store(s0, ref to[0]);
            V.Store(s1, ref to[V.Count]);
            V.Store(s2, ref to[2 * V.Count]);
            V.Store(s3, ref to[3 * V.Count]);
            V.Store(s4, ref to[4 * V.Count]);
            V.Store(s5, ref to[5 * V.Count]);
            V.Store(s6, ref to[6 * V.Count]);
            V.Store(s7, ref to[7 * V.Count]);
            return rest;
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
