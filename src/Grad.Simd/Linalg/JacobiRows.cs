using System.Numerics;

namespace Grad.Simd;

/// <summary>Jacobi's rotations from one side: pairs of rows are turned until all are orthogonal to each other.</summary>
internal static unsafe class JacobiRows
{
    private const int MostSweeps = 60;

    /// <summary>Turns the rows of X, and those of the other matrix with them.</summary>
    public static void Orthogonalize<T>(Matrix<T> x, Matrix<T> turns) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T epsilon = T.BitIncrement(T.One) - T.One, tolerance = epsilon * T.Sqrt(T.CreateChecked(x.Rows));

        T least = Least<T>();
        var sizes = new T[x.Rows];
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            bool isDone = true;
            for (int i = 0; i < sizes.Length; i++)
                sizes[i] = Fold.Norm<T>(x.Row(i));
            for (int p = 0; p + 1 < x.Rows; p++)
            {
                for (int q = p + 1; q < x.Rows; q++)
                {
                    if (sizes[p] < least || sizes[q] < least)
                        continue;

                    // The cosine of the angle between them.
                    T cosine = Fold.Dot<T>(x.Row(p), x.Row(q)) / sizes[p] / sizes[q];
                    if (!(T.Abs(cosine) > tolerance))
                        continue;
                    isDone = false;
                    T ratio = sizes[q] / sizes[p], zeta = (ratio - (T.One / ratio)) / (cosine + cosine);
                    T t = T.CopySign(T.One, zeta) / (T.Abs(zeta) + T.Hypot(T.One, zeta));
                    T c = T.One / T.Hypot(T.One, t), s = -(c * t);
                    Rotations.Apply(x, p, q, c, s);
                    Rotations.Apply(turns, p, q, c, s);
                    sizes[p] = Fold.Norm<T>(x.Row(p));
                    sizes[q] = Fold.Norm<T>(x.Row(q));
                }
            }

            if (isDone)
                return;
        }

        throw new MatrixFactorizationException(
            LinalgContract.Text($"Svd took {MostSweeps} sweeps and the rows are still not orthogonal. Scale the rows or columns of the matrix."), 0);
    }

    /// <summary>
    /// Divides each row by its length, and gives the lengths in descending order, which <paramref name="order"/> says the rows of. A row of nothing
    /// becomes a unit vector orthogonal to all others.
    /// </summary>
    public static T[] Normalize<T>(Matrix<T> x, out int[] order) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = x.Rows;
        var sizes = new T[n];
        for (int i = 0; i < n; i++)
            sizes[i] = Fold.Norm<T>(x.Row(i));
        var places = Enumerable.Range(0, n).OrderByDescending(i => sizes[i]).ToArray();
        for (int rank = 0; rank < n; rank++)
        {
            var row = x.Row(places[rank]);
            T size = sizes[places[rank]];
            if (size >= Least<T>())
                SpanMath.Divide(row, size, row);
            else
                Complete(x, places, rank);
        }

        order = places;
        return Array.ConvertAll(places, place => sizes[place]);
    }

    // The product of shorter rows is subnormal, and says nothing of their angle: they count as zeros. The longest is about one.
    private static T Least<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T epsilon = T.BitIncrement(T.One) - T.One;
        return T.Sqrt(T.Epsilon) / epsilon;
    }

    // A unit vector, less what it shares with the rows before, twice: of all unit vectors one has enough left.
    private static void Complete<T>(Matrix<T> x, int[] places, int rank) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var row = x.Row(places[rank]);
        T enough = T.One / T.CreateChecked(2 * x.Columns);
        for (int axis = 0; axis < x.Columns; axis++)
        {
            row.Clear();
            row[axis] = T.One;
            for (int pass = 0; pass < 2; pass++)
            {
                for (int other = 0; other < rank; other++)
                {
                    var y = x.Row(places[other]);
                    SpanBlas.Axpy(-Fold.Dot<T>(row, y), y, row);
                }
            }

            T size = Fold.Norm<T>(row);
            if (size * size > enough)
            {
                SpanMath.Divide(row, size, row);
                return;
            }
        }
    }
}
