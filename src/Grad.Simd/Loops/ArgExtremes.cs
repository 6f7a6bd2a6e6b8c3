using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Whether x goes before y as the greatest: greater, or NaN; not before a NaN.</summary>
internal readonly struct Greater : IBinaryKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.And(V.Not(V.LessThanOrEqual(x, y)), V.Equal(y, y));
}

/// <summary>Whether x goes before y as the least: less, or NaN; not before a NaN.</summary>
internal readonly struct Less : IBinaryKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.And(V.Not(V.LessThanOrEqual(y, x)), V.Equal(y, y));
}

/// <summary>The first place of a number among at least a lane of them, one of which it equals; NaN stands for any NaN.</summary>
internal ref struct FirstEqual<T>(ref T x, int count, T value, ref int place) : ILoop
    where T : unmanaged
{
    private readonly T value = value;
    private readonly ref T x = ref x;
    private readonly ref int place = ref place;

    public readonly void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        place = (int)Of<V, E>(ref Unsafe.As<T, E>(ref x), count, Unsafe.BitCast<T, E>(value));

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nint Of<V, E>(ref E x, nint count, E value) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        var wanted = V.Broadcast(value);
        var isNumber = V.Equal(wanted, wanted);
        for (nint i = 0; ; i = Math.Min(i + V.Count, count - V.Count))
        {
            var lane = V.Load(in Unsafe.Add(ref x, i));
            var other = V.Select(isNumber, V.Not(V.Equal(lane, wanted)), V.Equal(lane, lane));
            if (!V.All(other))
                return i + First<V, E>(other);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe int First<V, E>(V other) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        bool* elements = stackalloc bool[Widest.MaxCount];
        V.StoreMask(other, ref elements[0]);
        int i = 0;
        while (elements[i])
            i++;
        return i;
    }
}

/// <summary>
/// The place of the first of the greatest or least in each column of a row-major matrix, which has at least a lane of columns. Rows are
/// counted in the lanes themselves, exactly as long as their numbers hold every integer; then the count begins anew.
/// </summary>
internal ref struct ColumnPlaces<TOrder, T>(ref T x, int rows, int columns, ref int destination) : ILoop
    where TOrder : struct, IBinaryKernel
{
    private const int MaxRows = 1 << 24;

    private readonly ref T x = ref x;
    private readonly ref int destination = ref destination;

    [SkipLocalsInit]
    public readonly unsafe void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        E* best = stackalloc E[Widest.MaxCount];
        E* places = stackalloc E[Widest.MaxCount];
        for (nint i = 0; i < columns; i += V.Count)
        {
            nint first = Math.Min(i, columns - V.Count);
            ref E column = ref Unsafe.As<T, E>(ref Unsafe.Add(ref x, first));
            V.Store(V.Load(in column), ref best[0]);
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref destination, first), V.Count).Clear();
            for (int start = 0; start < rows; start += MaxRows)
            {
                Search<V, E>(ref Unsafe.Add(ref column, (nint)start * columns), Math.Min(rows - start, MaxRows), columns, best, places);
                for (int k = 0; k < V.Count; k++)
                {
                    int place = typeof(E) == typeof(double) ? (int)((double*)places)[k] : (int)((float*)places)[k];
                    if (place >= 0)
                        Unsafe.Add(ref destination, first + k) = start + place;
                }
            }
        }
    }

    // A place of −1: none of these rows goes before what was best already.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Search<V, E>(ref E x, int rows, nint columns, E* best, E* places)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        var order = default(TOrder);
        var (former, place, row) = (V.Load(in best[0]), V.Constant(-1), V.Constant(0));
        for (; rows > 0; rows--)
        {
            var lane = V.Load(in x);
            var isBetter = order.Eval(lane, former);
            former = V.Select(isBetter, lane, former);
            place = V.Select(isBetter, row, place);
            row += 1;
            x = ref Unsafe.Add(ref x, columns);
        }

        V.Store(former, ref best[0]);
        V.Store(place, ref places[0]);
    }
}
