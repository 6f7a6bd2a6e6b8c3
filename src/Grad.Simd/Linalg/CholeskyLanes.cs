using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Cholesky's factorization of small matrices side by side, element by element.</summary>
internal unsafe struct CholeskyLanes<T>(T* a, MatrixLayout layout, int n, int batch, T* lanes) : ILoop where T : unmanaged
{
    /// <summary>The first matrix that is not positive definite; −1 if all are.</summary>
    public int Failed { get; private set; } = -1;

    /// <summary>Its first pivot that is not positive.</summary>
    public int Index { get; private set; }

    /// <summary>What stands there.</summary>
    public double Pivot { get; private set; }

    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        E* failures = stackalloc E[2 * Widest.MaxCount];
        for (int first = 0; first < batch; first += V.Count)
        {
            int count = Math.Min(V.Count, batch - first);
            E* start = (E*)a + ((nint)first * layout.Batch);
            LaneMatrices.Read<V, E>(start, layout, n, n, count, (E*)lanes);
            if (!Factor<V, E>((E*)lanes, n, failures))
            {
                int m = 0;
                while (Scalar.ToDouble(failures[m]) == n)
                    m++;
                (Failed, Index, Pivot) = (first + m, (int)Scalar.ToDouble(failures[m]), Scalar.ToDouble(failures[V.Count + m]));
                return;
            }

            LaneMatrices.Write<V, E>((E*)lanes, layout, n, n, count, start);
        }
    }

    // Whether all pivots are positive; else where they first are not, and what they are.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static bool Factor<V, E>(E* a, nint n, E* failures) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        V none = V.Constant(n), zero = V.Constant(0), infinity = V.Constant(double.PositiveInfinity), failed = none, pivots = zero;
        nint stride = n * V.Count;
        for (nint j = 0; j < n; j++)
        {
            E* pivotRow = a + (j * stride);
            V pivot = Reduced<V, E>(pivotRow, pivotRow, j);
            V isFirst = V.And(V.Not(V.And(V.LessThan(zero, pivot), V.LessThan(pivot, infinity))), V.Equal(failed, none));
            failed = V.Select(isFirst, V.Constant(j), failed);
            pivots = V.Select(isFirst, pivot, pivots);
            V root = V.Sqrt(pivot);
            V.Store(root, ref pivotRow[j * V.Count]);
            for (nint i = j + 1; i < n; i++)
            {
                E* row = a + (i * stride);
                V.Store(Reduced<V, E>(row, pivotRow, j) / root, ref row[j * V.Count]);
                V.Store(zero, ref pivotRow[i * V.Count]);
            }
        }

        V.Store(failed, ref failures[0]);
        V.Store(pivots, ref failures[V.Count]);
        return V.All(V.Equal(failed, none));
    }

    // An element of a row, less the products of those before it with those of the pivot's row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduced<V, E>(E* row, E* pivotRow, nint j) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        V sum = V.Load(in row[j * V.Count]);
        for (nint k = 0; k < j; k++)
            sum = V.MultiplyAdd(-V.Load(in row[k * V.Count]), V.Load(in pivotRow[k * V.Count]), sum);
        return sum;
    }
}
