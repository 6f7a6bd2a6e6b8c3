using System.Numerics;

namespace Grad.Simd;

/// <summary>
/// Small matrices side by side: each element of a lane belongs to another matrix of a batch, so that one computation factors as many matrices as a lane
/// has elements. What the matrices of a lane hold never meets.
/// </summary>
internal static unsafe class LaneMatrices
{
    // So many lanes stay in the second cache. Larger matrices have whole lanes of their own.
    private const int MostElements = 1024;

    /// <summary>Whether matrices of so many elements are taken side by side.</summary>
    public static bool AreFew(int rows, int columns) => (long)rows * columns <= MostElements;

    /// <summary>
    /// Reads some matrices, at most a lane of them: element (i, j) of all is lane i·columns + j. Where there are fewer than a lane has elements the last
    /// is repeated.
    /// </summary>
    public static void Read<V, E>(E* source, MatrixLayout layout, int rows, int columns, int count, E* lanes)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        if (count < V.Count)
        {
            for (int m = 0; m < V.Count; m++)
            {
                E* matrix = source + ((nint)Math.Min(m, count - 1) * layout.Batch);
                for (int i = 0; i < rows; i++)
                {
                    for (int j = 0; j < columns; j++)
                        lanes[(((i * columns) + j) * V.Count) + m] = matrix[((nint)i * layout.Row) + ((nint)j * layout.Column)];
                }
            }
        }
        else if (layout.Row == (long)columns * layout.Column)
        {
            Packing.Interleave(source, layout.Batch, layout.Column, V.Count, (nint)rows * columns, lanes);
        }
        else
        {
            for (int i = 0; i < rows; i++)
                Packing.Interleave(source + ((nint)i * layout.Row), layout.Batch, layout.Column, V.Count, columns, lanes + ((nint)i * columns * V.Count));
        }
    }

    /// <summary>Writes matrices as they were read.</summary>
    public static void Write<V, E>(E* lanes, MatrixLayout layout, int rows, int columns, int count, E* target)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        if (count == V.Count && layout.Batch == 1)
        {
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                    V.Store(V.Load(in lanes[((i * columns) + j) * V.Count]), ref target[((nint)i * layout.Row) + ((nint)j * layout.Column)]);
            }
        }
        else if (count == V.Count && layout.Column == 1 && layout.Row == columns && layout.Batch >= (long)rows * columns)
        {
            int length = rows * columns;
            SpanLayout.Transpose(
                new ReadOnlySpan<E>(lanes, length * V.Count),
                length,
                V.Count,
                V.Count,
                new Span<E>(target, (layout.Batch * (V.Count - 1)) + length),
                layout.Batch);
        }
        else
        {
            for (int m = 0; m < count; m++)
            {
                E* matrix = target + ((nint)m * layout.Batch);
                for (int i = 0; i < rows; i++)
                {
                    for (int j = 0; j < columns; j++)
                        matrix[((nint)i * layout.Row) + ((nint)j * layout.Column)] = lanes[(((i * columns) + j) * V.Count) + m];
                }
            }
        }
    }

    /// <summary>A matrix by itself: in its place where its rows lie so, else copied.</summary>
    public static Matrix<T> Single<T>(T* start, MatrixLayout layout, int matrix, int rows, int columns, T* copy)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* source = start + ((nint)matrix * layout.Batch);
        if (layout.Column == 1 && layout.Row >= columns)
            return new Matrix<T>(source, rows, columns, layout.Row);
        var result = new Matrix<T>(copy, rows, columns, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                result[i, j] = source[((nint)i * layout.Row) + ((nint)j * layout.Column)];
        }

        return result;
    }

    /// <summary>Writes a matrix back that was copied.</summary>
    public static void Return<T>(Matrix<T> x, T* start, MatrixLayout layout, int matrix) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* target = start + ((nint)matrix * layout.Batch);
        if (x.Start == target)
            return;
        for (int i = 0; i < x.Rows; i++)
        {
            for (int j = 0; j < x.Columns; j++)
                target[((nint)i * layout.Row) + ((nint)j * layout.Column)] = x[i, j];
        }
    }
}
