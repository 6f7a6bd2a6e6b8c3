using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// The one loop behind Map, Zip, Compare and Blend. An element's bits never depend on where it stands: the last lane ends flush with
/// the data, overlapping its predecessor, and inputs shorter than a lane are padded; both go through the kernel as every other lane does.
/// </summary>
internal ref struct Elementwise<TOperands, TResult>(TOperands operands, ref TResult destination, int count) : ILoop
    where TOperands : struct, IOperands, allows ref struct
    where TResult : unmanaged
{
    private readonly TOperands operands = operands;
    private readonly ref TResult destination = ref destination;

    public readonly void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        nint last = count - V.Count;
        if (last < 0)
            RunShort<V, E>();
        else
            RunLong<V, E>(operands, ref destination, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunLong<V, E>(TOperands operands, ref TResult destination, nint last)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        // Before the loop, which in place overwrites what the last lane shares with the one before.
        var end = EvalOnce<V, E>(operands, last);
        for (nint i = 0; i < last; i += V.Count)
            Lane.Store<V, E, TResult>(operands.Eval<V, E>(i), ref destination, i);
        Lane.Store<V, E, TResult>(end, ref destination, last);
    }

    [SkipLocalsInit]
    private readonly unsafe void RunShort<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        E* lanes = stackalloc E[3 * V.Count];
        var padded = operands;
        padded.Pad<V, E>(lanes, count);
        Lane.Store<V, E, TResult>(EvalOnce<V, E>(padded, 0), ref *(TResult*)lanes, 0);
        Lane.Copy(ref *(TResult*)lanes, ref destination, count);
    }

    // Not inlined: one copy of the kernel's body a method keeps clear of the JIT's limits on inlining.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V EvalOnce<V, E>(TOperands operands, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        operands.Eval<V, E>(i);
}
