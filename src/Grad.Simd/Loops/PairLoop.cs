using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>
/// Two functions of one number in one pass, over at least a lane of elements. As in <see cref="Elementwise{TOperands, TResult}"/> the last lane ends flush
/// with the data.
/// </summary>
internal readonly ref struct PairLoop<TPair, T>(ref readonly T x, ref T firsts, ref T seconds, int count) : ILoop
    where TPair : struct, IPairKernel
    where T : unmanaged
{
    private readonly ref readonly T x = ref x;
    private readonly ref T firsts = ref firsts;
    private readonly ref T seconds = ref seconds;

    /// <summary>Either destination begins with x or is disjoint from it; the two share nothing.</summary>
    public static void Run(ReadOnlySpan<T> x, Span<T> firsts, Span<T> seconds, string operation, string firstName = nameof(firsts), string secondName = nameof(seconds))
    {
        Contract.Holds(firsts.Length, x.Length, operation, firstName);
        Contract.Holds(seconds.Length, x.Length, operation, secondName);
        Contract.SameStartOrDisjoint(x, firsts, operation, nameof(x), firstName);
        Contract.SameStartOrDisjoint(x, seconds, operation, nameof(x), secondName);
        Contract.Apart(firsts[..x.Length], seconds[..x.Length], operation, firstName, secondName);
        if (x.IsEmpty)
            return;
        var loop = new PairLoop<TPair, T>(
            in MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(firsts), ref MemoryMarshal.GetReference(seconds), x.Length);
        Widest.Run<PairLoop<TPair, T>, T>(ref loop, x.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        // Before the loops, which in place overwrite what the last lane shares with the one before.
        var end = Lane.Load<V, E, T>(in x, count - V.Count);
        nint start = 0;
        if (Unsafe.SizeOf<V>() == WideLane.Size && count >= 4 * V.Count)
        {
            start = typeof(E) == typeof(double)
                ? RunWide<F64x32, double>(in x, ref firsts, ref seconds, count)
                : RunWide<F32x64, float>(in x, ref firsts, ref seconds, count);
        }

        Run<V, E>(in x, ref firsts, ref seconds, start, count, end);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run<V, E>(ref readonly T x, ref T firsts, ref T seconds, nint start, nint count, V end)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint i = start, last = count - V.Count;
        for (; i <= last; i += V.Count)
        {
            var first = TPair.Eval<V, E>(Lane.Load<V, E, T>(in x, i), out var second);
            Lane.Store<V, E, T>(first, ref firsts, i);
            Lane.Store<V, E, T>(second, ref seconds, i);
        }

        if (i != count)
            RunEnd<V, E>(end, ref firsts, ref seconds, last);
    }

    /// <summary>The whole wide lanes, from an aligned stack, as four vectors side by side spill; gives the number of elements that they hold.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe nint RunWide<V, E>(ref readonly T x, ref T firsts, ref T seconds, nint count)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        byte* room = stackalloc byte[VectorStack.Misplaced()];
        *room = 0; // What nobody writes to is not allocated.
        return WideLoop<V, E>(in x, ref firsts, ref seconds, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nint WideLoop<V, E>(ref readonly T x, ref T firsts, ref T seconds, nint count)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            var first = TPair.Eval<V, E>(Lane.Load<V, E, T>(in x, i), out var second);
            Lane.Store<V, E, T>(first, ref firsts, i);
            Lane.Store<V, E, T>(second, ref seconds, i);
        }

        return i;
    }

    // Not inlined: one copy of the bodies a method keeps clear of the JIT's limits on inlining.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunEnd<V, E>(V x, ref T firsts, ref T seconds, nint i)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        var first = TPair.Eval<V, E>(x, out var second);
        Lane.Store<V, E, T>(first, ref firsts, i);
        Lane.Store<V, E, T>(second, ref seconds, i);
    }
}
