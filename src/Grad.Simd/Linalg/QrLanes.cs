using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Householder's reflections of small matrices side by side.</summary>
internal readonly unsafe struct QrLanes<T>(T* a, MatrixLayout layout, int rows, int columns, int batch, T* tau, T* lanes) : ILoop where T : unmanaged
{
    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        int steps = Math.Min(rows, columns);
        E* factors = (E*)lanes + ((nint)rows * columns * V.Count);
        var tauLayout = new MatrixLayout(steps, 1, 0, steps);
        for (int first = 0; first < batch; first += V.Count)
        {
            int count = Math.Min(V.Count, batch - first);
            E* start = (E*)a + ((nint)first * layout.Batch);
            LaneMatrices.Read<V, E>(start, layout, rows, columns, count, (E*)lanes);
            for (int k = 0; k < steps; k++)
                Reflect<V, E>((E*)lanes, k, rows, columns, factors);
            LaneMatrices.Write<V, E>((E*)lanes, layout, rows, columns, count, start);
            LaneMatrices.Write<V, E>(factors, tauLayout, 1, steps, count, (E*)tau + ((nint)first * steps));
        }
    }

    /// <summary>
    /// Column c of <c>(I − τ·v·vᵀ)·B</c>, in place, where v has its one at row k and its other elements in column k of the reflections.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<V, E>(E* v, nint vStride, nint k, nint rows, V tau, E* b, nint stride, nint c) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        E* vector = v + (k * V.Count), column = b + (c * V.Count);
        V top = V.Load(in column[k * stride]), sum = top;
        for (nint i = k + 1; i < rows; i++)
            sum = V.MultiplyAdd(V.Load(in vector[i * vStride]), V.Load(in column[i * stride]), sum);
        sum *= tau;
        V.Store(top - sum, ref column[k * stride]);
        sum = -sum;
        for (nint i = k + 1; i < rows; i++)
            V.Store(V.MultiplyAdd(sum, V.Load(in vector[i * vStride]), V.Load(in column[i * stride])), ref column[i * stride]);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Reflect<V, E>(E* a, nint k, nint rows, nint columns, E* taus) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        nint stride = columns * V.Count;
        E* column = a + (k * V.Count);
        V zero = V.Constant(0), one = V.Constant(1), top = V.Load(in column[k * stride]), most = V.Abs(top);
        for (nint i = k + 1; i < rows; i++)
            most = V.Max(most, V.Abs(V.Load(in column[i * stride])));

        // Powers of two, so that squares neither overflow nor lose digits.
        bool isDouble = typeof(E) == typeof(double);
        var (few, many, up, down) = isDouble
            ? (Math.ScaleB(1, -400), Math.ScaleB(1, 400), Math.ScaleB(1, 600), Math.ScaleB(1, -600))
            : (Math.ScaleB(1, -40), Math.ScaleB(1, 40), Math.ScaleB(1, 100), Math.ScaleB(1, -80));
        V isSmall = V.LessThan(most, V.Constant(few)), isLarge = V.LessThan(V.Constant(many), most);
        V scale = V.Select(isSmall, V.Constant(up), V.Select(isLarge, V.Constant(down), one));
        V back = V.Select(isSmall, V.Constant(1 / up), V.Select(isLarge, V.Constant(1 / down), one));
        top *= scale;
        V rest = zero;
        for (nint i = k + 1; i < rows; i++)
        {
            V x = V.Load(in column[i * stride]) * scale;
            rest = V.MultiplyAdd(x, x, rest);
        }

        // Nothing below: nothing to reflect.
        V isDone = V.Equal(rest, zero), norm = V.Sqrt(V.MultiplyAdd(top, top, rest));
        V beta = V.Select(V.LessThan(top, zero), norm, -norm), divisor = V.Select(isDone, one, top - beta);
        V tau = V.Select(isDone, zero, (beta - top) / beta);
        for (nint i = k + 1; i < rows; i++)
            V.Store(V.Load(in column[i * stride]) * scale / divisor, ref column[i * stride]);
        V.Store(V.Select(isDone, V.Load(in column[k * stride]), beta * back), ref column[k * stride]);
        V.Store(tau, ref taus[k * V.Count]);
        for (nint c = k + 1; c < columns; c++)
            Apply<V, E>(a, stride, k, rows, tau, a, stride, c);
    }
}

/// <summary>Products with the Q of small matrices side by side.</summary>
internal readonly unsafe struct QrMultiplyLanes<T>(
    T* qr, MatrixLayout qrLayout, int rows, int reflected, T* tau, T* b, MatrixLayout bLayout, int columns, bool transpose, int batch, T* lanes) : ILoop
    where T : unmanaged
{
    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        int steps = Math.Min(rows, reflected);
        E* vectors = (E*)lanes, factors = vectors + ((nint)rows * reflected * V.Count), x = factors + ((nint)steps * V.Count);
        var tauLayout = new MatrixLayout(steps, 1, 0, steps);
        for (int first = 0; first < batch; first += V.Count)
        {
            int count = Math.Min(V.Count, batch - first);
            E* start = (E*)b + ((nint)first * bLayout.Batch);
            LaneMatrices.Read<V, E>((E*)qr + ((nint)first * qrLayout.Batch), qrLayout, rows, reflected, count, vectors);
            LaneMatrices.Read<V, E>((E*)tau + ((nint)first * steps), tauLayout, 1, steps, count, factors);
            LaneMatrices.Read<V, E>(start, bLayout, rows, columns, count, x);
            for (int step = 0; step < steps; step++)
            {
                int k = transpose ? step : steps - 1 - step;
                Multiply<V, E>(vectors, reflected, k, rows, factors, x, columns);
            }

            LaneMatrices.Write<V, E>(x, bLayout, rows, columns, count, start);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<V, E>(E* v, nint reflected, nint k, nint rows, E* taus, E* b, nint columns) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        V tau = V.Load(in taus[k * V.Count]);
        for (nint c = 0; c < columns; c++)
            QrLanes<T>.Apply<V, E>(v, reflected * V.Count, k, rows, tau, b, columns * V.Count, c);
    }
}
