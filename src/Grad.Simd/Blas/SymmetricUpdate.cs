using System.Numerics;

namespace Grad.Simd;

/// <summary>One triangle of <c>C = alpha·A·Aᵀ + beta·C</c>, by halves: what lies between the triangles of the halves is a product.</summary>
internal static unsafe class SymmetricUpdate
{
    // As large a square on the diagonal is computed whole, aside, and half of it thrown away.
    private const int Square = 48;

    public static void Run<T>(T alpha, Matrix<T> a, bool transposeA, T beta, Matrix<T> c, bool isLower)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scratch = new Scratch<T>(Square * Square);
        Halve(alpha, a, transposeA, beta, c, isLower, scratch.Start);
    }

    private static void Halve<T>(T alpha, Matrix<T> a, bool transposeA, T beta, Matrix<T> c, bool isLower, T* scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = c.Rows;
        if (n <= Square)
        {
            var whole = new Matrix<T>(scratch, n, n, n);
            c.CopyTo(whole);
            whole.Add(alpha, a, transposeA, a, !transposeA, beta);
            for (int i = 0; i < n; i++)
            {
                var (first, count) = isLower ? (0, i + 1) : (i, n - i);
                whole.Row(i).Slice(first, count).CopyTo(c.Row(i)[first..]);
            }

            return;
        }

        int half = TriangularSolver.Half(n);
        var (top, bottom) = transposeA
            ? (a.Part(0, 0, a.Rows, half), a.Part(0, half, a.Rows, n - half))
            : (a.Strip(0, half), a.Strip(half, n - half));
        Halve(alpha, top, transposeA, beta, c.Part(0, 0, half, half), isLower, scratch);
        Halve(alpha, bottom, transposeA, beta, c.Part(half, half, n - half, n - half), isLower, scratch);
        if (isLower)
            c.Part(half, 0, n - half, half).Add(alpha, bottom, transposeA, top, !transposeA, beta);
        else
            c.Part(0, half, half, n - half).Add(alpha, top, transposeA, bottom, !transposeA, beta);
    }
}
