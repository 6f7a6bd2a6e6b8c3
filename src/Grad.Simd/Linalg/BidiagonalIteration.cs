using System.Numerics;

namespace Grad.Simd;

/// <summary>
/// Implicit QR steps on a matrix of two diagonals, until one is left; their rotations are gathered before they turn the vectors.
/// </summary>
/// <remarks>
/// Source: J. Demmel and W. Kahan, Accurate Singular Values of Bidiagonal Matrices (1990), with the steps without a shift where a shift would be lost, and
/// elements left out that are small beside the largest of all.
/// </remarks>
internal static class BidiagonalIteration
{
    // An element off the diagonal takes two or three steps to vanish.
    private const int MostSteps = 40;

    /// <summary>Makes B diagonal, its elements positive; turns the rows of Uᵀ and Vᵀ with it.</summary>
    public static void Diagonalize<T>(Span<T> d, Span<T> e, Matrix<T> ut, Matrix<T> vt) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T C, T S)[] left = new (T, T)[d.Length], right = new (T, T)[d.Length];
        RotationWaves<T> lefts = new(ut), rights = new(vt);
        T epsilon = T.BitIncrement(T.One) - T.One, largest = T.Zero;
        for (int i = 0; i < d.Length; i++)
            largest = T.Max(largest, T.Max(T.Abs(d[i]), T.Abs(e[i])));
        T least = largest * epsilon;
        int steps = 0, end = d.Length - 1;
        while (end > 0)
        {
            int start = end;
            while (start > 0 && T.Abs(e[start - 1]) > T.Max(least, epsilon * (T.Abs(d[start - 1]) + T.Abs(d[start]))))
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
                    LinalgContract.Text($"Svd took {MostSteps} steps for the element at {end} and it is still not small. Scale the matrix."), end);
            }

            T shift = Least(d[end - 1], e[end - 1], d[end]), ratio = shift / d[start];
            if (d[start] == T.Zero || ratio * ratio < epsilon)
                StepWithoutShift(d, e, start, end, left, right);
            else
                Step(d, e, start, end, shift, left, right);
            lefts.Add(start, left.AsSpan(0, end - start));
            rights.Add(start, right.AsSpan(0, end - start));
        }

        lefts.Flush();
        rights.Flush();
        for (int i = 0; i < d.Length; i++)
        {
            if (!T.IsNegative(d[i]))
                continue;
            d[i] = -d[i];
            SpanBlas.Scal(-T.One, vt.Row(i));
        }
    }

    private static void Step<T>(Span<T> d, Span<T> e, int start, int end, T shift, Span<(T C, T S)> left, Span<(T C, T S)> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T f = (T.Abs(d[start]) - shift) * (T.CopySign(T.One, d[start]) + (shift / d[start])), g = e[start];
        for (int i = start; i < end; i++)
        {
            T r = Rotations.Make(f, g, out T c, out T s);
            if (i > start)
                e[i - 1] = r;
            f = (c * d[i]) + (s * e[i]);
            e[i] = (c * e[i]) - (s * d[i]);
            g = s * d[i + 1];
            d[i + 1] *= c;
            right[i - start] = (c, s);
            d[i] = Rotations.Make(f, g, out c, out s);
            f = (c * e[i]) + (s * d[i + 1]);
            d[i + 1] = (c * d[i + 1]) - (s * e[i]);
            if (i + 1 < end)
            {
                g = s * e[i + 1];
                e[i + 1] *= c;
            }

            left[i - start] = (c, s);
        }

        e[end - 1] = f;
    }

    private static void StepWithoutShift<T>(Span<T> d, Span<T> e, int start, int end, Span<(T C, T S)> left, Span<(T C, T S)> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T c = T.One, leftC = T.One, leftS = T.Zero;
        for (int i = start; i < end; i++)
        {
            T r = Rotations.Make(d[i] * c, e[i], out c, out T s);
            if (i > start)
                e[i - 1] = leftS * r;
            d[i] = Rotations.Make(leftC * r, d[i + 1] * s, out leftC, out leftS);
            (right[i - start], left[i - start]) = ((c, s), (leftC, leftS));
        }

        T last = d[end] * c;
        d[end] = last * leftC;
        e[end - 1] = last * leftS;
    }

    // The lesser singular value of the triangle [f g; 0 h].
    private static T Least<T>(T f, T g, T h) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (f, g, h) = (T.Abs(f), T.Abs(g), T.Abs(h));
        T less = T.Min(f, h), more = T.Max(f, h);
        if (less == T.Zero)
            return T.Zero;
        T sum = T.One + (less / more), difference = (more - less) / more, two = T.One + T.One;
        if (g < more)
        {
            T square = g / more * (g / more);
            return less * two / (T.Sqrt((sum * sum) + square) + T.Sqrt((difference * difference) + square));
        }

        T part = more / g;
        if (part == T.Zero)
            return less * more / g;
        (sum, difference) = (sum * part, difference * part);
        return two * (less / (T.Sqrt(T.One + (sum * sum)) + T.Sqrt(T.One + (difference * difference))) * part);
    }
}
