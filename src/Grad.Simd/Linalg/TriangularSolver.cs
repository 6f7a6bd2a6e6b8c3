using System.Numerics;

namespace Grad.Simd;

/// <summary>
/// Substitution by halves: the halves of the triangle are solved one after the other, and between them a product takes the first half's part
/// out of the second. So nearly all of the work is products.
/// </summary>
/// <remarks>Source: N. Higham, Accuracy and Stability of Numerical Algorithms (2002), chapter 8 for the errors of substitution in any order.</remarks>
internal static unsafe class TriangularSolver
{
    // Below, a row at a time; and as many columns are solved from the right after a transpose.
    private const int Few = 16;
    private const int Strip = 64;

    /// <summary>X of A·X = B, in place of B.</summary>
    public static void Left<T>(in Triangle<T> a, Matrix<T> b) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = a.Size;
        if (n == 0 || b.Columns == 0)
            return;
        if (b.Columns == 1)
        {
            Vector(in a, b);
            return;
        }

        if (n <= Few)
        {
            for (int k = 0; k < n; k++)
            {
                int i = a.IsLower ? k : n - 1 - k;
                var (first, count) = a.IsLower ? (0, i) : (i + 1, n - 1 - i);
                Subtract(b.Strip(i, 1), a.At(i, first), a.RowStep, a.ColumnStep, b.Strip(first, count));
                if (!a.IsUnit)
                    SpanMath.Divide(b.Row(i), a[i, i], b.Row(i));
            }

            return;
        }

        int half = Half(n);
        Triangle<T> upper = a.Part(0, half), lower = a.Part(half, n - half);
        Matrix<T> top = b.Strip(0, half), bottom = b.Strip(half, n - half);
        if (a.IsLower)
        {
            Left(in upper, top);
            Subtract(bottom, a.At(half, 0), a.RowStep, a.ColumnStep, top);
            Left(in lower, bottom);
        }
        else
        {
            Left(in lower, bottom);
            Subtract(top, a.At(0, half), a.RowStep, a.ColumnStep, bottom);
            Left(in upper, top);
        }
    }

    /// <summary>X of X·A = B, in place of B.</summary>
    public static void Right<T>(in Triangle<T> a, Matrix<T> b) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = a.Size;
        if (n == 0 || b.Rows == 0)
            return;
        if (n <= Strip)
        {
            // Columns become rows, which lie in memory one behind the other.
            using var scratch = new Scratch<T>((long)n * b.Rows);
            var transposed = scratch.Matrix(n, b.Rows, b.Rows, b.Team);
            b.TransposeTo(transposed);
            Left(a.Transposed, transposed);
            transposed.TransposeTo(b);
            return;
        }

        int half = Half(n);
        Triangle<T> upper = a.Part(0, half), lower = a.Part(half, n - half);
        Matrix<T> left = b.Part(0, 0, b.Rows, half), right = b.Part(0, half, b.Rows, n - half);
        if (a.IsLower)
        {
            Right(in lower, right);
            Subtract(left, right, a.At(half, 0), a.RowStep, a.ColumnStep);
            Right(in upper, left);
        }
        else
        {
            Right(in upper, left);
            Subtract(right, left, a.At(0, half), a.RowStep, a.ColumnStep);
            Right(in lower, right);
        }
    }

    /// <summary>The halves begin on whole vectors where there are any.</summary>
    public static int Half(int n) => n > 4 * Few ? (n / 2 + Few - 1) / Few * Few : n / 2;

    // One column: sums along the rows of A, or its columns taken out one after the other, whichever lie side by side.
    private static void Vector<T>(in Triangle<T> a, Matrix<T> b) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scratch = new Scratch<T>(a.Size);
        var x = new Span<T>(scratch.Start, a.Size);
        for (int i = 0; i < x.Length; i++)
            x[i] = b[i, 0];
        Substitute(in a, scratch.Start, b.Team);
        for (int i = 0; i < x.Length; i++)
            b[i, 0] = x[i];
    }

    private static void Substitute<T>(in Triangle<T> a, T* x, TeamSize team) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = a.Size;
        if (n <= Few)
        {
            for (int k = 0; k < n; k++)
            {
                int i = a.IsLower ? k : n - 1 - k;
                var (first, end) = a.IsLower ? (0, i) : (i + 1, n);
                T value = x[i];
                for (int j = first; j < end; j++)
                    value -= a[i, j] * x[j];
                x[i] = a.IsUnit ? value : value / a[i, i];
            }

            return;
        }

        int half = Half(n);
        Triangle<T> upper = a.Part(0, half), lower = a.Part(half, n - half);
        if (a.IsLower)
        {
            Substitute(in upper, x, team);
            SubtractProduct(a.At(half, 0), a.RowStep, a.ColumnStep, n - half, half, x, x + half, team);
            Substitute(in lower, x + half, team);
        }
        else
        {
            Substitute(in lower, x + half, team);
            SubtractProduct(a.At(0, half), a.RowStep, a.ColumnStep, half, n - half, x + half, x, team);
            Substitute(in upper, x, team);
        }
    }

    // y −= A·x.
    private static void SubtractProduct<T>(T* a, nint rowStep, nint columnStep, int rows, int columns, T* x, T* y, TeamSize team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (columnStep == 1)
        {
            RowDotPieces<T>.Run(a, rowStep, rows, columns, x, y, -T.One, T.One, team);
        }
        else
        {
            Gemm.Run(Product(1, rows, columns, x, columns, 1, a, columnStep, rowStep, y, rows), degree: team.Degree, token: team.Token);
        }
    }

    // C −= A·B, where A steps as it will.
    private static void Subtract<T>(Matrix<T> c, T* a, nint rowStep, nint columnStep, Matrix<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(Product(c.Rows, c.Columns, b.Rows, a, rowStep, columnStep, b.Start, b.Stride, 1, c.Start, c.Stride), c.Team);

    // C −= A·B, where B steps as it will.
    private static void Subtract<T>(Matrix<T> c, Matrix<T> a, T* b, nint rowStep, nint columnStep)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(Product(c.Rows, c.Columns, a.Columns, a.Start, a.Stride, 1, b, rowStep, columnStep, c.Start, c.Stride), c.Team);

    private static void Run<T>(in Product<T> product, TeamSize team) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Gemm.Run(in product, degree: team.Degree, token: team.Token);

    private static Product<T> Product<T>(
        int rows, int columns, int depth, T* a, nint aRow, nint aColumn, T* b, nint bRow, nint bColumn, T* c, nint cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
        {
            Rows = rows,
            Columns = columns,
            Depth = depth,
            A = a,
            ARow = aRow,
            AColumn = aColumn,
            B = b,
            BRow = bRow,
            BColumn = bColumn,
            C = c,
            CRow = cRow,
            Alpha = -T.One,
            Beta = T.One,
        };
}
