using System.Numerics;

namespace Grad.Simd;

/// <summary>Symmetric matrices of three diagonals: how one comes to them, and from them to a single diagonal.</summary>
internal static unsafe class Tridiagonal
{
    // An element off the diagonal takes two or three steps to vanish.
    private const int MostSteps = 40;

    // So many columns are reduced before what they do to the rest is done there, as one product.
    private const int Block = 32;

    /// <summary>
    /// <c>A = Q·T·Qᵀ</c>, where T has the diagonal and, from its first element on, the off-diagonal. A is overwritten; all of it is read.
    /// </summary>
    /// <remarks>
    /// What the reflections <c>H = I − τ·v·vᵀ</c> of a block do is <c>A − Σ (v·wᵀ + w·vᵀ)</c> (J. Dongarra, D. Sorensen, S. Hammarling, Block Reduction of
    /// Matrices to Condensed Forms for Eigenvalue Computations, 1989): a column is brought up to date before it is reflected, the rest after the block.
    /// </remarks>
    public static void Reduce<T>(Matrix<T> a, Span<T> diagonal, Span<T> offDiagonal, Matrix<T> q) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = a.Rows;
        var tau = new T[Math.Max(n - 1, 0)];
        using Scratch<T> first = new(2L * Block * n), second = new(2L * Block * n), terms = new(2 * Block);
        for (int start = 0; start + 1 < n; start += Block)
        {
            int count = Math.Min(Block, n - 1 - start), size = n - start;

            // Rows v, w, v, w, … and w, v, w, v, …, of which columns count from the block's start.
            Matrix<T> vw = first.Matrix(2 * count, size), wv = second.Matrix(2 * count, size);
            Matrix<T> part = a.Part(start, start, size, size);
            for (int k = 0; k < count; k++)
                Column(part, k, vw, wv, terms.Start, out diagonal[start + k], out offDiagonal[start + k], out tau[start + k]);
            int rest = size - count;
            part.Part(count, count, rest, rest).Add(-T.One, vw.Part(0, count, 2 * count, rest), true, wv.Part(0, count, 2 * count, rest), false, T.One);
        }

        diagonal[n - 1] = a[n - 1, n - 1];
        offDiagonal[n - 1] = T.Zero;
        q.SetIdentity();
        if (n > 1)
            Reflections.Form(a.Part(0, 1, n - 1, n - 1), tau, q.Part(1, 1, n - 1, n - 1));
    }

    /// <summary>Makes T diagonal, and the rows of Qᵀ, given as such, its eigenvectors.</summary>
    public static void Diagonalize<T>(Span<T> d, Span<T> e, Matrix<T> rows) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sweep = new (T C, T S)[d.Length];
        var waves = new RotationWaves<T>(rows);
        T epsilon = T.BitIncrement(T.One) - T.One;
        int steps = 0, end = d.Length - 1;
        while (end > 0)
        {
            int start = end;
            while (start > 0 && T.Abs(e[start - 1]) > epsilon * (T.Abs(d[start - 1]) + T.Abs(d[start])))
                start--;
            if (start > 0)
                e[start - 1] = T.Zero;
            if (start == end)
            {
                (end, steps) = (end - 1, 0);
                continue;
            }

            if (++steps > MostSteps)
            {
                throw new MatrixFactorizationException(
                    LinalgContract.Text($"SymmetricEigen took {MostSteps} steps for the element at {end} and it is still not small. Scale the matrix."), end);
            }

            Step(d, e, start, end, sweep);
            waves.Add(start, sweep.AsSpan(0, end - start));
        }

        waves.Flush();
    }

    // Reflects column k of a block: symmetric, so it is row k, which keeps the vector behind its first element.
    private static void Column<T>(Matrix<T> a, int k, Matrix<T> vw, Matrix<T> wv, T* terms, out T diagonal, out T offDiagonal, out T tau)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = a.Rows - k - 1, done = 2 * k;
        T* row = a.Start + (k * a.Stride) + k, x = row + 1;
        if (done > 0)
            wv.Part(0, k, done, size + 1).TimesFromLeft(-T.One, vw.Start + k, vw.Stride, T.One, row);
        tau = Reflections.Reflect(new Span<T>(x, size));
        (diagonal, offDiagonal) = (*row, *x);
        Matrix<T> pair = vw.Part(done, k + 1, 2, size), crossed = wv.Part(done, k + 1, 2, size);

        // What stands before is not there for later columns; what they read begins at their own.
        Span<T> v = pair.Row(0), w = pair.Row(1);
        new Span<T>(x, size).CopyTo(v);
        v[0] = T.One;
        if (tau == T.Zero)
        {
            w.Clear();
        }
        else
        {
            T* source = pair.Start, target = source + pair.Stride;
            a.Part(k + 1, k + 1, size, size).Times(tau, source, T.Zero, target);
            if (done > 0)
            {
                vw.Part(0, k + 1, done, size).Times(-tau, source, T.Zero, terms);
                wv.Part(0, k + 1, done, size).TimesFromLeft(T.One, terms, 1, T.One, target);
            }

            SpanBlas.Axpy(-(tau / (T.One + T.One)) * Fold.Dot<T>(w, v), v, w);
        }

        w.CopyTo(crossed.Row(0));
        v.CopyTo(crossed.Row(1));
    }

    // One implicit QR step on the block from start to end.
    private static void Step<T>(Span<T> d, Span<T> e, int start, int end, Span<(T C, T S)> sweep) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T half = (d[end - 1] - d[end]) / (T.One + T.One), last = e[end - 1];
        T shift = d[end] - (last / (half + T.CopySign(T.Hypot(half, last), half)) * last);
        T x = d[start] - shift, z = e[start];
        for (int k = start; k < end; k++)
        {
            T r = Rotations.Make(x, z, out T c, out T s);
            if (k > start)
                e[k - 1] = r;
            T a = d[k], b = d[k + 1], off = e[k];
            T turned = (c * off) + (s * b), crossed = (c * b) - (s * off), top = (c * a) + (s * off), low = (c * off) - (s * a);
            d[k] = (c * top) + (s * turned);
            d[k + 1] = (c * crossed) - (s * low);
            x = e[k] = (c * turned) - (s * top);
            if (k + 1 < end)
            {
                z = s * e[k + 1];
                e[k + 1] *= c;
            }

            sweep[k - start] = (c, s);
        }
    }
}
