using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// The one loop behind Map, Zip, Compare and Blend, over at least a lane of elements. An element's bits never depend on where it stands:
/// the last lane ends flush with the data, overlapping its predecessor, and goes through the kernel as every other lane does.
/// </summary>
internal ref struct Elementwise<TOperands, TResult>(TOperands operands, ref TResult destination, int count) : ILoop
    where TOperands : struct, IOperands, allows ref struct
    where TResult : unmanaged
{
    // So many lanes are worth an aligned destination.
    private const int LeastAligned = 8;

    // In bytes: as much as a last-level cache holds of the results, with as much of each operand.
    private const nint LeastStreamed = 1 << 25;

    private readonly TOperands operands = operands;
    private readonly ref TResult destination = ref destination;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        if (operands.IsLight)
        {
            RunLight<V, E>(operands, ref destination, count);
            return;
        }

        V end = default;
        if (count % V.Count != 0)
        {
            // Before the loops, which in place overwrite what the last lane shares with the one before.
            end = EvalOnce<V, E>(operands, count - V.Count);
        }

        nint start = 0;
        if (Unsafe.SizeOf<V>() == WideLane.Size && count >= 4 * V.Count && typeof(TResult) != typeof(bool) && operands.IsShort)
        {
            start = typeof(E) == typeof(double)
                ? RunWide<F64x32, double>(operands, ref destination, count)
                : RunWide<F32x64, float>(operands, ref destination, count);
        }

        Run<V, E>(operands, ref destination, start, count, end);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run<V, E>(TOperands operands, ref TResult destination, nint start, nint count, V end)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint i = start, last = count - V.Count;
        for (; i <= last; i += V.Count)
            Lane.Store<V, E, TResult>(operands.Eval<V, E>(i), ref destination, i);
        if (i != count)
            Lane.Store<V, E, TResult>(end, ref destination, last);
    }

    /// <summary>The whole wide lanes, from an aligned stack, as four vectors side by side spill; gives the number of elements that they hold.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe nint RunWide<V, E>(TOperands operands, ref TResult destination, nint count)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        byte* room = stackalloc byte[VectorStack.Misplaced()];
        *room = 0; // What nobody writes to is not allocated.
        return WideLoop<V, E>(operands, ref destination, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nint WideLoop<V, E>(TOperands operands, ref TResult destination, nint count)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
            Lane.Store<V, E, TResult>(operands.Eval<V, E>(i), ref destination, i);
        return i;
    }

    /// <summary>
    /// What a light kernel costs is memory: lanes are stored to whole lines of the cache, and the first, like the last, overlaps another. Both are computed
    /// before the loops, which in place overwrite what they share.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunLight<V, E>(TOperands operands, ref TResult destination, nint count)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint last = count - V.Count;
        if (last <= V.Count)
        {
            V low = operands.Eval<V, E>(0), high = operands.Eval<V, E>(last);
            Lane.Store<V, E, TResult>(low, ref destination, 0);
            Lane.Store<V, E, TResult>(high, ref destination, last);
            return;
        }

        nint start = count < LeastAligned * V.Count || typeof(TResult) == typeof(bool) ? 0 : ToAligned<V, E>(ref destination);
        if (IsStreamed<V, E>(in operands, ref destination, start, count))
        {
            // Nothing lives longer than this call: what did would be kept in memory all through the loop.
            Stream<V, E>(operands, ref destination, start, count);
            return;
        }

        V first = operands.Eval<V, E>(0), end = operands.Eval<V, E>(last);
        nint i = start;
        for (; i <= last - 3 * V.Count; i += 4 * V.Count)
        {
            V a = operands.Eval<V, E>(i), b = operands.Eval<V, E>(i + V.Count);
            V c = operands.Eval<V, E>(i + 2 * V.Count), d = operands.Eval<V, E>(i + 3 * V.Count);
            Lane.Store<V, E, TResult>(a, ref destination, i);
            Lane.Store<V, E, TResult>(b, ref destination, i + V.Count);
            Lane.Store<V, E, TResult>(c, ref destination, i + 2 * V.Count);
            Lane.Store<V, E, TResult>(d, ref destination, i + 3 * V.Count);
        }

        for (; i <= last; i += V.Count)
            Lane.Store<V, E, TResult>(operands.Eval<V, E>(i), ref destination, i);
        if (start != 0)
            Lane.Store<V, E, TResult>(first, ref destination, 0);
        if (i != count)
            Lane.Store<V, E, TResult>(end, ref destination, last);
    }

    // Results of which little would still be in a cache when they are read, and whose lines nobody else asks for, go past the caches: the lines need not be
    // fetched to be overwritten.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe bool IsStreamed<V, E>(in TOperands operands, ref TResult destination, nint start, nint count)
        where V : struct
        where E : unmanaged =>
        Unsafe.SizeOf<V>() >= 32 && typeof(TResult) != typeof(bool) && count * sizeof(E) >= LeastStreamed && X86Base.IsSupported
        && ((nint)Unsafe.AsPointer(ref Unsafe.Add(ref destination, start)) & (Unsafe.SizeOf<V>() - 1)) == 0
        && !operands.Reads(in Unsafe.As<TResult, byte>(ref destination));

    /// <summary>The same with whole lanes from an aligned element on past the caches; nothing works in place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Stream<V, E>(TOperands operands, ref TResult destination, nint start, nint count)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint i = start, last = count - V.Count;
        fixed (TResult* to = &destination)
        {
            // What is pinned may have been moved before.
            bool isAligned = ((nint)(to + start) & (Unsafe.SizeOf<V>() - 1)) == 0;
            for (; isAligned && i <= last; i += V.Count)
            {
                V value = operands.Eval<V, E>(i);
                if (Unsafe.SizeOf<V>() == 64)
                    Unsafe.BitCast<V, Vector512<byte>>(value).StoreAlignedNonTemporal((byte*)(to + i));
                else
                    Unsafe.BitCast<V, Vector256<byte>>(value).StoreAlignedNonTemporal((byte*)(to + i));
            }

            // In order before what this thread writes next, which may tell others that this is done.
            Sse.StoreFence();
        }

        for (; i <= last; i += V.Count)
            Lane.Store<V, E, TResult>(operands.Eval<V, E>(i), ref destination, i);
        Lane.Store<V, E, TResult>(operands.Eval<V, E>(0), ref destination, 0);
        Lane.Store<V, E, TResult>(operands.Eval<V, E>(last), ref destination, last);
    }

    // The elements before the first whose lane has lines of the cache to itself. Should the memory be moved meanwhile, only time is lost.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe nint ToAligned<V, E>(ref TResult destination) where V : struct where E : unmanaged
    {
        nint bytes = -(nint)Unsafe.AsPointer(ref destination) & (Unsafe.SizeOf<V>() - 1);
        return (bytes & (sizeof(E) - 1)) == 0 ? bytes / sizeof(E) : 0;
    }

    // Not inlined: one copy of the kernel's body a method keeps clear of the JIT's limits on inlining.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V EvalOnce<V, E>(TOperands operands, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        operands.Eval<V, E>(i);
}
