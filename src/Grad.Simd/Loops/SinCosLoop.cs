using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>
/// Sines and cosines in one pass, over at least a lane of elements. As in <see cref="Elementwise{TOperands, TResult}"/> the last lane ends flush
/// with the data.
/// </summary>
internal readonly ref struct SinCosLoop<T>(ref readonly T x, ref T sines, ref T cosines, int count) : ILoop
    where T : unmanaged
{
    private readonly ref readonly T x = ref x;
    private readonly ref T sines = ref sines;
    private readonly ref T cosines = ref cosines;

    /// <summary>Either destination begins with x or is disjoint from it; the two share nothing.</summary>
    public static void Run(ReadOnlySpan<T> x, Span<T> sines, Span<T> cosines, string operation)
    {
        Contract.Holds(sines.Length, x.Length, operation, nameof(sines));
        Contract.Holds(cosines.Length, x.Length, operation, nameof(cosines));
        Contract.SameStartOrDisjoint(x, sines, operation, nameof(x), nameof(sines));
        Contract.SameStartOrDisjoint(x, cosines, operation, nameof(x), nameof(cosines));
        Contract.Apart(sines[..x.Length], cosines[..x.Length], operation, nameof(sines), nameof(cosines));
        if (x.IsEmpty)
            return;
        var loop = new SinCosLoop<T>(
            in MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(sines), ref MemoryMarshal.GetReference(cosines), x.Length);
        Widest.Run<SinCosLoop<T>, T>(ref loop, x.Length);
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
                ? RunWide<F64x32, double>(in x, ref sines, ref cosines, count)
                : RunWide<F32x64, float>(in x, ref sines, ref cosines, count);
        }

        Run<V, E>(in x, ref sines, ref cosines, start, count, end);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run<V, E>(ref readonly T x, ref T sines, ref T cosines, nint start, nint count, V end)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint i = start, last = count - V.Count;
        for (; i <= last; i += V.Count)
        {
            var sine = V.SinCos(Lane.Load<V, E, T>(in x, i), out var cosine);
            Lane.Store<V, E, T>(sine, ref sines, i);
            Lane.Store<V, E, T>(cosine, ref cosines, i);
        }

        if (i != count)
            RunEnd<V, E>(end, ref sines, ref cosines, last);
    }

    /// <summary>The whole wide lanes, from an aligned stack, as four vectors side by side spill; gives the number of elements that they hold.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe nint RunWide<V, E>(ref readonly T x, ref T sines, ref T cosines, nint count)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        byte* room = stackalloc byte[VectorStack.Misplaced()];
        *room = 0; // What nobody writes to is not allocated.
        return WideLoop<V, E>(in x, ref sines, ref cosines, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nint WideLoop<V, E>(ref readonly T x, ref T sines, ref T cosines, nint count)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            var sine = V.SinCos(Lane.Load<V, E, T>(in x, i), out var cosine);
            Lane.Store<V, E, T>(sine, ref sines, i);
            Lane.Store<V, E, T>(cosine, ref cosines, i);
        }

        return i;
    }

    // Not inlined: one copy of the bodies a method keeps clear of the JIT's limits on inlining.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunEnd<V, E>(V x, ref T sines, ref T cosines, nint i)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        var sine = V.SinCos(x, out var cosine);
        Lane.Store<V, E, T>(sine, ref sines, i);
        Lane.Store<V, E, T>(cosine, ref cosines, i);
    }
}
