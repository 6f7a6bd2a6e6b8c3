using System.Numerics;

namespace Grad.Simd;

/// <summary>
/// The two ways to singular values of a matrix with at least as many rows as columns, whose elements are about one or less: <c>A = U·diag(values)·W</c> with
/// the values in descending order. A is overwritten.
/// </summary>
internal static unsafe class SingularValues
{
    /// <summary>QR, then rotations of the rows of R until they are orthogonal.</summary>
    public static void ByJacobi<T>(Matrix<T> a, Matrix<T> u, Span<T> values, Matrix<T> w) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = a.Columns;
        using Scratch<T> rSpace = new((long)k * k), jSpace = new((long)k * k);
        Matrix<T> r = rSpace.Matrix(k, k), turns = jSpace.Matrix(k, k);
        var tau = new T[k];
        Reflections.Factor(a, tau);
        CopyUpper(a, r);

        // J·R has orthogonal rows: R = Jᵀ·Σ·W, and A = (Q·Jᵀ)·Σ·W.
        turns.SetIdentity();
        JacobiRows.Orthogonalize(r, turns);
        JacobiRows.Normalize(r, out int[] order).CopyTo(values);
        for (int i = 0; i < a.Rows; i++)
        {
            var row = u.Row(i);
            row.Clear();
            for (int j = 0; j < k && i < k; j++)
                row[j] = turns[order[j], i];
        }

        Reflections.Multiply(a, tau, u, transpose: false);
        for (int j = 0; j < k; j++)
            r.Row(order[j]).CopyTo(w.Row(j));
    }

    /// <summary>Two diagonals, then one. Where there are far more rows than columns QR comes first.</summary>
    public static void ByBidiagonal<T>(Matrix<T> a, Matrix<T> u, Span<T> values, Matrix<T> w) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = a.Rows, k = a.Columns;
        if (2L * m >= 3L * k)
        {
            var tau = new T[k];
            Reflections.Factor(a, tau);
            using Scratch<T> space = new((long)k * Scratch<T>.Stride(k));
            var r = space.Matrix(k, k, Scratch<T>.Stride(k), a.Team);
            CopyUpper(a, r);
            SquareOrNearly(r, u.Strip(0, k), values, w);
            for (int i = k; i < m; i++)
                u.Row(i).Clear();
            Reflections.Multiply(a, tau, u, transpose: false);
        }
        else
        {
            SquareOrNearly(a, u, values, w);
        }
    }

    private static void SquareOrNearly<T>(Matrix<T> a, Matrix<T> u, Span<T> values, Matrix<T> w) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = a.Rows, k = a.Columns, stride = Scratch<T>.Stride(m);
        using Scratch<T> leftSpace = new((long)k * stride), rightSpace = new((long)k * Scratch<T>.Stride(k));
        Matrix<T> ut = leftSpace.Matrix(k, m, stride, a.Team), vt = rightSpace.Matrix(k, k, Scratch<T>.Stride(k), a.Team);
        T[] diagonal = new T[k], offDiagonal = new T[k];
        Bidiagonal.Reduce(a, diagonal, offDiagonal, u, w);

        // What is turned lies in rows.
        u.TransposeTo(ut);
        w.TransposeTo(vt);
        BidiagonalIteration.Diagonalize<T>(diagonal, offDiagonal, ut, vt);
        int[] order = [.. Enumerable.Range(0, k)];
        Array.Sort(diagonal, order);
        Array.Reverse(order);

        // A is no longer needed: its memory, m rows of k elements at least, takes the rows of Uᵀ in their order.
        var sorted = new Matrix<T>(a.Start, k, m, m);
        for (int j = 0; j < k; j++)
        {
            values[j] = diagonal[k - 1 - j];
            vt.Row(order[j]).CopyTo(w.Row(j));
            ut.Row(order[j]).CopyTo(sorted.Row(j));
        }

        sorted.TransposeTo(u);
    }

    private static void CopyUpper<T>(Matrix<T> a, Matrix<T> r) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < r.Rows; i++)
        {
            r.Row(i)[..i].Clear();
            a.Row(i)[i..].CopyTo(r.Row(i)[i..]);
        }
    }
}
