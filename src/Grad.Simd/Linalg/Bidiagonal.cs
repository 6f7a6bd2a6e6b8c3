using System.Numerics;

namespace Grad.Simd;

/// <summary>Matrices of two diagonals: how one comes to them by reflections from both sides.</summary>
internal static unsafe class Bidiagonal
{
    // So many columns and rows are reduced before what they do to the rest is done there, as one product.
    private const int Block = 32;

    /// <summary>
    /// <c>A = U·B·Vᵀ</c> of a matrix with at least as many rows as columns, where B has the diagonal and, above it, the off-diagonal. A is overwritten.
    /// </summary>
    /// <remarks>
    /// What the reflections of a block do is <c>A − Σ (v·yᵀ + x·uᵀ)</c>, v from the left and u from the right (J. Dongarra, D. Sorensen, S. Hammarling, Block
    /// Reduction of Matrices to Condensed Forms for Eigenvalue Computations, 1989): a column and a row are brought up to date before they are reflected, the
    /// rest after the block.
    /// </remarks>
    /// <param name="a">A, m × n, m at least n.</param>
    /// <param name="diagonal">n elements.</param>
    /// <param name="offDiagonal">n elements, of which the last is 0.</param>
    /// <param name="u">To be written: the first n columns of U, m × n.</param>
    /// <param name="v">To be written: V, n × n.</param>
    public static void Reduce<T>(Matrix<T> a, Span<T> diagonal, Span<T> offDiagonal, Matrix<T> u, Matrix<T> v) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = a.Rows, n = a.Columns, stride = Scratch<T>.Stride(m);
        T[] tauLeft = new T[n], tauRight = new T[n];
        using Scratch<T> left = new((long)n * stride), tall = new(2L * Block * m), wide = new(2L * Block * n), terms = new(2 * Block), copy = new(m);
        var lefts = left.Matrix(n, m, stride);
        for (int start = 0; start < n; start += Block)
        {
            int count = Math.Min(Block, n - start), rows = m - start, columns = n - start;

            // Rows v, x, v, x, … and y, u, y, u, …, which count from the block's start.
            Matrix<T> vx = tall.Matrix(2 * count, rows), yu = wide.Matrix(2 * count, columns), part = a.Part(start, start, rows, columns);
            var block = new Panel<T>(part, vx, yu, terms.Start);
            for (int k = 0; k < count; k++)
            {
                tauLeft[start + k] = block.Column(k, copy.Start, out diagonal[start + k]);
                vx.Row(2 * k)[k..].CopyTo(lefts.Row(start + k)[(start + k)..]);
                tauRight[start + k] = k + 1 < columns ? block.Row(k, out offDiagonal[start + k]) : T.Zero;
            }

            if (count < columns)
            {
                part.Part(count, count, rows - count, columns - count).Add(
                    -T.One, vx.Part(0, count, 2 * count, rows - count), true, yu.Part(0, count, 2 * count, columns - count), false, T.One);
            }
        }

        offDiagonal[n - 1] = T.Zero;
        Reflections.Form(lefts, tauLeft, u);
        v.SetIdentity();
        if (n > 1)
            Reflections.Form(a.Part(0, 1, n - 1, n - 1), tauRight.AsSpan(0, n - 1), v.Part(1, 1, n - 1, n - 1));
    }

    /// <summary>The reflections of a block, and what they do.</summary>
    private readonly ref struct Panel<T>(Matrix<T> a, Matrix<T> vx, Matrix<T> yu, T* terms) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>Reflects a column, from its diagonal on, and what that does to the columns right of it.</summary>
        public T Column(int k, T* column, out T diagonal)
        {
            int rows = a.Rows - k, columns = a.Columns - k - 1, done = 2 * k;
            for (int i = 0; i < rows; i++)
                column[i] = a[k + i, k];
            if (done > 0)
                vx.Part(0, k, done, rows).TimesFromLeft(-T.One, yu.Start + k, yu.Stride, T.One, column);
            T tau = Reflections.Reflect(new Span<T>(column, rows));
            diagonal = *column;
            T* v = vx.Start + (done * vx.Stride) + k, y = yu.Start + (done * yu.Stride) + k + 1;
            new Span<T>(column, rows).CopyTo(new Span<T>(v, rows));
            *v = T.One;
            if (columns == 0)
                return tau;
            if (tau == T.Zero)
            {
                new Span<T>(y, columns).Clear();
                return tau;
            }

            a.Part(k, k + 1, rows, columns).TimesFromLeft(tau, v, 1, T.Zero, y);
            if (done > 0)
            {
                vx.Part(0, k, done, rows).Times(-tau, v, T.Zero, terms);
                yu.Part(0, k + 1, done, columns).TimesFromLeft(T.One, terms, 1, T.One, y);
            }

            return tau;
        }

        /// <summary>Reflects a row, from right of its diagonal on, which keeps the vector, and what that does to the rows below it.</summary>
        public T Row(int k, out T offDiagonal)
        {
            int rows = a.Rows - k - 1, columns = a.Columns - k - 1, done = (2 * k) + 1;
            T* row = a.Start + (k * a.Stride) + k + 1;
            yu.Part(0, k + 1, done, columns).TimesFromLeft(-T.One, vx.Start + k, vx.Stride, T.One, row);
            T tau = Reflections.Reflect(new Span<T>(row, columns));
            offDiagonal = *row;
            T* u = yu.Start + (done * yu.Stride) + k + 1, x = vx.Start + (done * vx.Stride) + k + 1;
            new Span<T>(row, columns).CopyTo(new Span<T>(u, columns));
            *u = T.One;
            if (tau == T.Zero)
            {
                new Span<T>(x, rows).Clear();
                return tau;
            }

            a.Part(k + 1, k + 1, rows, columns).Times(tau, u, T.Zero, x);
            yu.Part(0, k + 1, done, columns).Times(-tau, u, T.Zero, terms);
            vx.Part(0, k + 1, done, rows).TimesFromLeft(T.One, terms, 1, T.One, x);
            return tau;
        }
    }
}
