using System.Numerics;
using CommunityToolkit.HighPerformance;

namespace Grad.Simd;

public static partial class SpanLinalg
{
    /// <summary>
    /// The singular values, descending, and vectors of a matrix, thin: <c>A = U·diag(values)·Vᵀ</c> with k = min(m, n) values.
    /// </summary>
    /// <remarks>
    /// QR, then Jacobi's rotations of the rows of R until all are orthogonal (J. Demmel and K. Veselić, Jacobi's Method is More Accurate than QR, 1992).
    /// The results are exact for a matrix within <c>c·(m + n)·u·‖A‖</c> of A, c a small constant, u half an ulp of one; of a matrix with rows of very
    /// different sizes small values are often relatively accurate too. Values below 2⁻⁴⁸⁵ (double) or 2⁻⁵¹ (float) of the
    /// largest have vectors of no meaning, though orthonormal ones. Signs are not specified, nor the bases of spaces of equal values.
    /// </remarks>
    /// <param name="a">A, m × n.</param>
    /// <param name="u">m × k, to be written: orthonormal columns.</param>
    /// <param name="values">k elements, to be written.</param>
    /// <param name="vt">k × n, to be written: orthonormal rows.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, U or Vᵀ overlap A, or A holds NaN or an infinity.</exception>
    /// <exception cref="MatrixFactorizationException">The iteration did not end, which has not been seen of finite numbers.</exception>
    public static void Svd(ReadOnlySpan2D<double> a, Span2D<double> u, Span<double> values, Span2D<double> vt) => Singular(a, u, values, vt);

    /// <inheritdoc cref="Svd(ReadOnlySpan2D{double}, Span2D{double}, Span{double}, Span2D{double})"/>
    public static void Svd(ReadOnlySpan2D<float> a, Span2D<float> u, Span<float> values, Span2D<float> vt) => Singular(a, u, values, vt);

    private static unsafe void Singular<T>(ReadOnlySpan2D<T> a, Span2D<T> u, Span<T> values, Span2D<T> vt)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = a.Height, n = a.Width, k = Math.Min(m, n);
        LinalgContract.Length("Svd", nameof(values), values.Length, k);
        LinalgContract.Shape("Svd", nameof(u), u.Height, u.Width, m, k);
        LinalgContract.Shape("Svd", nameof(vt), vt.Height, vt.Width, k, n);
        LinalgContract.Disjoint<T>("Svd", a, nameof(a), u, nameof(u));
        LinalgContract.Disjoint<T>("Svd", a, nameof(a), vt, nameof(vt));
        LinalgContract.Finite("Svd", a, nameof(a));
        if (k == 0)
            return;

        // A wide matrix is taken as its transpose: the tall one has R with as many rows as there are values.
        bool isWide = m < n;
        int tall = Math.Max(m, n);
        using Scratch<T> aSpace = new((long)tall * k), rSpace = new((long)k * k), jSpace = new((long)k * k), uSpace = new((long)tall * k);
        Matrix<T> work = aSpace.Matrix(tall, k), r = rSpace.Matrix(k, k), turns = jSpace.Matrix(k, k), left = uSpace.Matrix(tall, k);
        T scale = T.Zero;
        for (int i = 0; i < tall; i++)
        {
            for (int j = 0; j < k; j++)
            {
                work[i, j] = isWide ? a[j, i] : a[i, j];
                scale = T.Max(scale, T.Abs(work[i, j]));
            }
        }

        int exponent = scale == T.Zero ? 0 : T.ILogB(scale);
        for (int i = 0; i < tall; i++)
        {
            foreach (ref T value in work.Row(i))
                value = T.ScaleB(value, -exponent);
        }

        var tau = new T[k];
        Reflections.Factor(work, tau);
        for (int i = 0; i < k; i++)
        {
            r.Row(i)[..i].Clear();
            work.Row(i)[i..].CopyTo(r.Row(i)[i..]);
        }

        // J·R has orthogonal rows: R = Jᵀ·Σ·W, and A = (Q·Jᵀ)·Σ·W.
        turns.SetIdentity();
        JacobiRows.Orthogonalize(r, turns);
        var sizes = JacobiRows.Normalize(r, out var order);
        for (int i = 0; i < tall; i++)
        {
            var row = left.Row(i);
            row.Clear();
            for (int j = 0; j < k && i < k; j++)
                row[j] = turns[order[j], i];
        }

        Reflections.Multiply(work, tau, left, transpose: false);
        for (int j = 0; j < k; j++)
        {
            values[j] = T.ScaleB(sizes[j], exponent);
            var row = r.Row(order[j]);
            for (int i = 0; i < k; i++)
                (isWide ? ref u[i, j] : ref vt[j, i]) = row[i];
            for (int i = 0; i < tall; i++)
                (isWide ? ref vt[j, i] : ref u[i, j]) = left[i, j];
        }
    }
}
