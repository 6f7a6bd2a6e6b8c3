using System.Numerics;

namespace Grad.Simd;

/// <summary>Symmetric matrices of three diagonals: how one comes to them, and from them to a single diagonal.</summary>
internal static unsafe class Tridiagonal
{
    // An element off the diagonal takes two or three steps to vanish.
    private const int MostSteps = 40;

    /// <summary>
    /// <c>A = Qᵀ·T·Q</c>, where T has the diagonal and, from its first element on, the off-diagonal. A is overwritten; all of it is read.
    /// </summary>
    public static void Reduce<T>(Matrix<T> a, Span<T> diagonal, Span<T> offDiagonal, Matrix<T> q) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = a.Rows;
        using var scratch = new Scratch<T>(3L * n);
        var tau = new T[n];
        for (int k = 0; k + 1 < n; k++)
        {
            // Symmetric: the column to be cleared is a row too, which keeps the vector behind its first element.
            int size = n - k - 1;
            Span<T> x = a.Row(k)[(k + 1)..], v = new(scratch.Start, size), w = new(scratch.Start + n, size), again = new(scratch.Start + (2 * n), size);
            tau[k] = Reflections.Reflect(x);
            (diagonal[k], offDiagonal[k]) = (a[k, k], x[0]);
            if (tau[k] == T.Zero)
                continue;
            x.CopyTo(v);
            v[0] = T.One;
            v.CopyTo(again);
            var rest = a.Part(k + 1, k + 1, size, size);
            var product = new RowDots<T>(rest.Start, rest.Stride, size, size, scratch.Start, scratch.Start + n, tau[k], T.Zero);
            Widest.Run<RowDots<T>, T>(ref product, size);
            SpanBlas.Axpy(-(tau[k] / (T.One + T.One)) * Fold.Dot<T>(w, v), v, w);

            // v·wᵀ + w·vᵀ is one product of two terms: [v w]·[w v]ᵀ.
            Matrix<T> left = new(scratch.Start, 2, size, n), right = new(scratch.Start + n, 2, size, n);
            rest.Add(-T.One, left, true, right, false, T.One);
        }

        diagonal[n - 1] = a[n - 1, n - 1];
        offDiagonal[n - 1] = T.Zero;
        q.SetIdentity();
        for (int k = n - 2; k >= 0; k--)
        {
            if (tau[k] == T.Zero)
                continue;
            int size = n - k - 1;
            Span<T> v = new(scratch.Start, size);
            a.Row(k)[(k + 1)..].CopyTo(v);
            v[0] = T.One;

            // Rows of Q are columns of what the reflections make: each is reflected by itself.
            var rest = q.Part(k + 1, k + 1, size, size);
            var dots = new RowDots<T>(rest.Start, rest.Stride, size, size, scratch.Start, scratch.Start + n, tau[k], T.Zero);
            Widest.Run<RowDots<T>, T>(ref dots, size);
            Matrix<T> column = new(scratch.Start + n, 1, size, n), row = new(scratch.Start, 1, size, n);
            rest.Add(-T.One, column, true, row, false, T.One);
        }
    }

    /// <summary>Makes T diagonal, and the rows of Q, given as such, its eigenvectors.</summary>
    public static void Diagonalize<T>(Span<T> d, Span<T> e, Matrix<T> q) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sweep = new (T C, T S)[d.Length];
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
            Rotations.Sweep<T>(q, start, sweep.AsSpan(0, end - start));
        }
    }

    // One implicit QR step on the block from start to end.
    private static void Step<T>(Span<T> d, Span<T> e, int start, int end, Span<(T C, T S)> sweep) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T half = (d[end - 1] - d[end]) / (T.One + T.One), last = e[end - 1];
        T shift = d[end] - (last / (half + T.CopySign(T.Hypot(half, last), half)) * last);
        T x = d[start] - shift, z = e[start];
        for (int k = start; k < end; k++)
        {
            T r = T.Hypot(x, z);
            T c = r == T.Zero ? T.One : x / r, s = r == T.Zero ? T.Zero : z / r;
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
