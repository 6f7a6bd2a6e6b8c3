using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// The one loop behind Map, Zip, Compare and Blend, over at least a lane of elements. An element's bits never depend on where it stands:
/// the last lane ends flush with the data, overlapping its predecessor, and goes through the kernel as every other lane does.
/// </summary>
internal ref struct Elementwise<TOperands, TResult>(TOperands operands, ref TResult destination, int count) : ILoop
    where TOperands : struct, IOperands, allows ref struct
    where TResult : unmanaged
{
    private readonly TOperands operands = operands;
    private readonly ref TResult destination = ref destination;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
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

    /// <summary>The whole wide lanes; gives the number of elements that they hold.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nint RunWide<V, E>(TOperands operands, ref TResult destination, nint count)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
            Lane.Store<V, E, TResult>(operands.Eval<V, E>(i), ref destination, i);
        return i;
    }

    // Not inlined: one copy of the kernel's body a method keeps clear of the JIT's limits on inlining.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V EvalOnce<V, E>(TOperands operands, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        operands.Eval<V, E>(i);
}
