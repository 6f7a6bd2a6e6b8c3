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
    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        Run<V, E>(in x, ref sines, ref cosines, count);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run<V, E>(ref readonly T x, ref T sines, ref T cosines, nint count)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        // Before the loop, which in place overwrites what the last lane shares with the one before.
        nint i = 0, last = count - V.Count;
        var end = Lane.Load<V, E, T>(in x, last);
        for (; i <= last; i += V.Count)
        {
            var sine = V.SinCos(Lane.Load<V, E, T>(in x, i), out var cosine);
            Lane.Store<V, E, T>(sine, ref sines, i);
            Lane.Store<V, E, T>(cosine, ref cosines, i);
        }

        if (i != count)
            RunEnd<V, E>(end, ref sines, ref cosines, last);
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
