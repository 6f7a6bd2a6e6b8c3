using System.Numerics;

namespace Grad.Simd;

/// <summary>
/// Householder's reflections <c>I − τ·v·vᵀ</c>, some at a time: k of them are <c>I − Vᵀ·T·V</c> with the vectors as the rows of V and an upper triangular T.
/// The vectors lie in rows while they are worked with, so that everything runs along memory.
/// </summary>
internal static unsafe class Reflections
{
    private const int Block = 32;

    /// <summary>A = Q·R in place; the vectors stand below the diagonal.</summary>
    public static void Factor<T>(Matrix<T> a, Span<T> tau) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var panel = new Scratch<T>((long)Block * a.Rows);
        using var work = new Scratch<T>(WorkSize(a.Columns));
        for (int j = 0; j < tau.Length; j += Block)
        {
            int count = Math.Min(Block, tau.Length - j), height = a.Rows - j;
            Matrix<T> source = a.Part(j, j, height, count), rows = panel.Matrix(count, height);
            source.TransposeTo(rows);
            Reflect(rows, tau.Slice(j, count));
            rows.TransposeTo(source);
            if (j + count < a.Columns)
            {
                Clean(rows);
                Apply(rows, tau.Slice(j, count), a.Part(j, j + count, height, a.Columns - j - count), transpose: true, work.Start);
            }
        }
    }

    /// <summary>Q·B or Qᵀ·B in place of B.</summary>
    public static void Multiply<T>(Matrix<T> qr, ReadOnlySpan<T> tau, Matrix<T> b, bool transpose) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (b.Columns == 0)
            return;
        using var panel = new Scratch<T>((long)Block * qr.Rows);
        using var work = new Scratch<T>(WorkSize(b.Columns));
        int blocks = (tau.Length + Block - 1) / Block;
        for (int k = 0; k < blocks; k++)
        {
            int j = (transpose ? k : blocks - 1 - k) * Block, count = Math.Min(Block, tau.Length - j), height = qr.Rows - j;
            var rows = panel.Matrix(count, height);
            qr.Part(j, j, height, count).TransposeTo(rows);
            Clean(rows);
            Apply(rows, tau.Slice(j, count), b.Part(j, 0, height, b.Columns), transpose, work.Start);
        }
    }

    /// <summary>
    /// The product of all reflections times the identity, in its place, where row k of the vectors holds the k-th from column k on: its first element,
    /// which is one, need not stand there.
    /// </summary>
    public static void Form<T>(Matrix<T> vectors, ReadOnlySpan<T> tau, Matrix<T> q) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        q.SetIdentity();
        if (tau.Length == 0)
            return;
        using var panel = new Scratch<T>((long)Block * q.Rows);
        using var work = new Scratch<T>(WorkSize(q.Columns));
        for (int j = (tau.Length - 1) / Block * Block; j >= 0; j -= Block)
        {
            int count = Math.Min(Block, tau.Length - j), height = q.Rows - j;
            var rows = panel.Matrix(count, height);
            vectors.Part(j, j, count, height).CopyTo(rows);
            Clean(rows);

            // Above and left of it the identity is as it was.
            Apply(rows, tau.Slice(j, count), q.Part(j, j, height, q.Columns - j), transpose: false, work.Start);
        }
    }

    /// <summary>
    /// The reflection that takes x to a multiple of the first unit vector: x becomes that multiple and behind it v, whose first element is one and
    /// is not stored. Gives τ; 0 if there is nothing to reflect.
    /// </summary>
    public static T Reflect<T>(Span<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tail = x[1..];
        T norm = Fold.Norm<T>(tail);
        if (norm == T.Zero)
            return T.Zero;
        if (T.Max(norm, T.Abs(x[0])) < T.One / Large<T>())
        {
            // Subnormal numbers have too few digits for a vector of length one.
            SpanBlas.Scal(Large<T>(), x);
            T tauOfLarger = Reflect(x);
            x[0] /= Large<T>();
            return tauOfLarger;
        }

        T alpha = x[0], beta = -T.CopySign(T.Hypot(alpha, norm), alpha), divisor = alpha - beta;
        T tau = (beta - alpha) / beta;
        SpanMath.Divide(tail, divisor, tail);
        x[0] = beta;
        return tau;
    }

    // A power of two that takes the smallest number to where all digits are there.
    private static T Large<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.ScaleB(T.One, typeof(T) == typeof(double) ? 960 : 100);

    // Row after row, each reflected and then taken out of those behind it.
    private static void Reflect<T>(Matrix<T> rows, Span<T> tau) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < rows.Rows; k++)
        {
            var x = rows.Row(k)[k..];
            tau[k] = Reflect(x);
            T diagonal = x[0];
            x[0] = T.One;
            for (int j = k + 1; j < rows.Rows; j++)
            {
                var y = rows.Row(j)[k..];
                SpanBlas.Axpy(-tau[k] * Fold.Dot<T>(x, y), x, y);
            }

            x[0] = diagonal;
        }
    }

    // What is R's in the rows makes room for the ones and zeros of the vectors.
    private static void Clean<T>(Matrix<T> rows) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < rows.Rows; k++)
        {
            rows.Row(k)[..k].Clear();
            rows[k, k] = T.One;
        }
    }

    private static long WorkSize(int columns) => (2L * Block * Block) + (2L * Block * columns);

    // B −= Vᵀ·op(T)·(V·B).
    private static void Apply<T>(Matrix<T> v, ReadOnlySpan<T> tau, Matrix<T> b, bool transpose, T* work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = v.Rows;
        Matrix<T> products = new(work, count, count, count), t = new(work + (Block * Block), count, count, count);
        Matrix<T> image = new(work + (2 * Block * Block), count, b.Columns, b.Columns, b.Team);
        Matrix<T> turned = new(image.Start + ((nint)Block * b.Columns), count, b.Columns, b.Columns, b.Team);
        products.Add(T.One, v, false, v, true, T.Zero);
        for (int k = 0; k < count; k++)
        {
            // Column k of T: −τ·T·(V·vₖ) above τ.
            t.Row(k).Clear();
            t[k, k] = tau[k];
            for (int i = 0; i < k; i++)
            {
                T sum = T.Zero;
                for (int j = i; j < k; j++)
                    sum += t[i, j] * products[j, k];
                t[i, k] = -tau[k] * sum;
            }
        }

        image.Add(T.One, v, false, b, false, T.Zero);
        turned.Add(T.One, t, transpose, image, false, T.Zero);
        b.Add(-T.One, v, true, turned, false, T.One);
    }
}
