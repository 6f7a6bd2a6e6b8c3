using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// The greatest or least of at least a lane of numbers. Either is the same in whatever order it is taken, and an element taken twice
/// does no harm: so the last lane ends flush with the data.
/// </summary>
internal ref struct RowExtreme<TKernel, T>(ref T x, int count, ref T result) : ILoop
    where TKernel : struct, IBinaryKernel
{
    private readonly ref T x = ref x;
    private readonly ref T result = ref result;

    public readonly void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        Unsafe.As<T, E>(ref result) = Of<V, E>(ref Unsafe.As<T, E>(ref x), count);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe E Of<V, E>(ref E x, nint count) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        var kernel = default(TKernel);
        nint i = 0;
        var a = V.Load(in Unsafe.Add(ref x, count - V.Count));
        V b = a, c = a, d = a;
        for (; i <= count - 4 * V.Count; i += 4 * V.Count)
        {
            a = kernel.Eval(a, V.Load(in Unsafe.Add(ref x, i)));
            b = kernel.Eval(b, V.Load(in Unsafe.Add(ref x, i + V.Count)));
            c = kernel.Eval(c, V.Load(in Unsafe.Add(ref x, i + 2 * V.Count)));
            d = kernel.Eval(d, V.Load(in Unsafe.Add(ref x, i + 3 * V.Count)));
        }

        for (; i <= count - V.Count; i += V.Count)
            a = kernel.Eval(a, V.Load(in Unsafe.Add(ref x, i)));
        a = kernel.Eval(kernel.Eval(a, b), kernel.Eval(c, d));

        // Half of the lane against the other half, until one element is left.
        E* halves = stackalloc E[2 * Widest.MaxCount];
        for (int half = V.Count / 2; half > 0; half /= 2)
        {
            V.Store(a, ref halves[0]);
            V.Store(a, ref halves[V.Count]);
            a = kernel.Eval(a, V.Load(in halves[half]));
        }

        return V.First(a);
    }
}

/// <summary>The greatest or least in each column of a row-major matrix, which has at least a lane of columns and one row.</summary>
internal ref struct ColumnExtremes<TKernel, T>(ref T x, int rows, int columns, ref T destination) : ILoop
    where TKernel : struct, IBinaryKernel
{
    private readonly ref T x = ref x;
    private readonly ref T destination = ref destination;

    public readonly void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        Run<V, E>(ref Unsafe.As<T, E>(ref x), rows, columns, ref Unsafe.As<T, E>(ref destination));

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run<V, E>(ref E x, int rows, nint columns, ref E destination)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        var kernel = default(TKernel);
        nint i = 0;
        for (; i <= columns - 4 * V.Count; i += 4 * V.Count)
        {
            ref E row = ref Unsafe.Add(ref x, i);
            var a = V.Load(in row);
            var b = V.Load(in Unsafe.Add(ref row, V.Count));
            var c = V.Load(in Unsafe.Add(ref row, 2 * V.Count));
            var d = V.Load(in Unsafe.Add(ref row, 3 * V.Count));
            for (int left = rows - 1; left > 0; left--)
            {
                row = ref Unsafe.Add(ref row, columns);
                a = kernel.Eval(a, V.Load(in row));
                b = kernel.Eval(b, V.Load(in Unsafe.Add(ref row, V.Count)));
                c = kernel.Eval(c, V.Load(in Unsafe.Add(ref row, 2 * V.Count)));
                d = kernel.Eval(d, V.Load(in Unsafe.Add(ref row, 3 * V.Count)));
            }

            V.Store(a, ref Unsafe.Add(ref destination, i));
            V.Store(b, ref Unsafe.Add(ref destination, i + V.Count));
            V.Store(c, ref Unsafe.Add(ref destination, i + 2 * V.Count));
            V.Store(d, ref Unsafe.Add(ref destination, i + 3 * V.Count));
        }

        for (; i < columns; i += V.Count)
        {
            nint first = Math.Min(i, columns - V.Count);
            ref E row = ref Unsafe.Add(ref x, first);
            var a = V.Load(in row);
            for (int left = rows - 1; left > 0; left--)
            {
                row = ref Unsafe.Add(ref row, columns);
                a = kernel.Eval(a, V.Load(in row));
            }

            V.Store(a, ref Unsafe.Add(ref destination, first));
        }
    }
}
