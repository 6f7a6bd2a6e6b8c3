using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Elimination with partial pivoting of small matrices side by side: each exchanges its own rows, by selection.</summary>
internal readonly unsafe struct LuLanes<T>(T* a, MatrixLayout layout, int rows, int columns, int batch, int* pivots, T* lanes) : ILoop where T : unmanaged
{
    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        int steps = Math.Min(rows, columns);
        E* places = stackalloc E[steps * V.Count];
        for (int first = 0; first < batch; first += V.Count)
        {
            int count = Math.Min(V.Count, batch - first);
            E* start = (E*)a + ((nint)first * layout.Batch);
            LaneMatrices.Read<V, E>(start, layout, rows, columns, count, (E*)lanes);
            Factor<V, E>((E*)lanes, rows, columns, places);
            LaneMatrices.Write<V, E>((E*)lanes, layout, rows, columns, count, start);
            for (int m = 0; m < count; m++)
            {
                int* own = pivots + ((nint)(first + m) * steps);
                for (int k = 0; k < steps; k++)
                    own[k] = (int)Scalar.ToDouble(places[(k * V.Count) + m]);
            }
        }
    }

    /// <summary>Exchanges a row with one behind or before it, for each matrix another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Exchange<V, E>(E* a, nint columns, nint k, nint first, nint end, V place) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        E* x = a + (k * columns * V.Count);
        for (nint i = first; i < end; i++)
        {
            V mask = V.Equal(place, V.Constant(i));
            if (i == k || V.All(V.Not(mask)))
                continue;
            E* y = a + (i * columns * V.Count);
            for (nint j = 0; j < columns * V.Count; j += V.Count)
            {
                V upper = V.Load(in x[j]), lower = V.Load(in y[j]);
                V.Store(V.Select(mask, lower, upper), ref x[j]);
                V.Store(V.Select(mask, upper, lower), ref y[j]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Factor<V, E>(E* a, nint rows, nint columns, E* places) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        nint stride = columns * V.Count;
        V zero = V.Constant(0);
        for (nint k = 0; k < Math.Min(rows, columns); k++)
        {
            E* top = a + (k * stride);
            V most = V.Abs(V.Load(in top[k * V.Count])), place = V.Constant(k);
            for (nint i = k + 1; i < rows; i++)
            {
                // NaN counts as the largest: it stays in the factors, rather than behind them.
                V size = V.Abs(V.Load(in a[(i * stride) + (k * V.Count)]));
                V isMore = V.And(V.Not(V.LessThanOrEqual(size, most)), V.Equal(most, most));
                most = V.Select(isMore, size, most);
                place = V.Select(isMore, V.Constant(i), place);
            }

            V.Store(place, ref places[k * V.Count]);
            Exchange<V, E>(a, columns, k, k + 1, rows, place);
            V pivot = V.Load(in top[k * V.Count]), divisor = V.Select(V.Equal(pivot, zero), V.Constant(1), pivot);
            for (nint i = k + 1; i < rows; i++)
            {
                E* row = a + (i * stride);
                V factor = V.Load(in row[k * V.Count]) / divisor;
                V.Store(factor, ref row[k * V.Count]);
                factor = -factor;
                for (nint j = (k + 1) * V.Count; j < stride; j += V.Count)
                    V.Store(V.MultiplyAdd(factor, V.Load(in top[j]), V.Load(in row[j])), ref row[j]);
            }
        }
    }
}

/// <summary>Solutions from the factors of small matrices side by side.</summary>
internal unsafe struct LuSolveLanes<T>(
    T* lu, MatrixLayout luLayout, int n, int* pivots, T* b, MatrixLayout bLayout, int columns, int batch, T* lanes) : ILoop where T : unmanaged
{
    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        E* factors = (E*)lanes, x = factors + ((nint)n * n * V.Count), places = stackalloc E[n * V.Count];
        for (int first = 0; first < batch; first += V.Count)
        {
            int count = Math.Min(V.Count, batch - first);
            E* start = (E*)b + ((nint)first * bLayout.Batch);
            LaneMatrices.Read<V, E>((E*)lu + ((nint)first * luLayout.Batch), luLayout, n, n, count, factors);
            LaneMatrices.Read<V, E>(start, bLayout, n, columns, count, x);
            for (int m = 0; m < V.Count; m++)
            {
                int* own = pivots + ((nint)(first + Math.Min(m, count - 1)) * n);
                for (int k = 0; k < n; k++)
                    places[(k * V.Count) + m] = Scalar.FromDouble<E>(own[k]);
            }

            Solve<V, E>(factors, n, places, x, columns);
            LaneMatrices.Write<V, E>(x, bLayout, n, columns, count, start);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Solve<V, E>(E* lu, nint n, E* places, E* x, nint columns) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        nint stride = columns * V.Count;
        for (nint k = 0; k < n; k++)
            LuLanes<T>.Exchange<V, E>(x, columns, k, 0, n, V.Load(in places[k * V.Count]));
        for (nint i = 0; i < n; i++)
        {
            for (nint k = 0; k < i; k++)
                Subtract<V, E>(V.Load(in lu[((i * n) + k) * V.Count]), x + (k * stride), x + (i * stride), stride);
        }

        for (nint i = n - 1; i >= 0; i--)
        {
            for (nint k = i + 1; k < n; k++)
                Subtract<V, E>(V.Load(in lu[((i * n) + k) * V.Count]), x + (k * stride), x + (i * stride), stride);
            V pivot = V.Load(in lu[((i * n) + i) * V.Count]);
            for (nint j = 0; j < stride; j += V.Count)
                V.Store(V.Load(in x[(i * stride) + j]) / pivot, ref x[(i * stride) + j]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract<V, E>(V factor, E* x, E* y, nint length) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        factor = -factor;
        for (nint j = 0; j < length; j += V.Count)
            V.Store(V.MultiplyAdd(factor, V.Load(in x[j]), V.Load(in y[j])), ref y[j]);
    }
}
