using System.Numerics;
using CommunityToolkit.HighPerformance;
using Properties.Support;

namespace Properties.Kernels.Linalg;

/// <summary>Matrices to factor, and what is left of them in wider numbers.</summary>
internal static class MatrixCase
{
    /// <summary>Where the halves, blocks and lanes begin and end.</summary>
    public static readonly int[] Sizes = [0, 1, 2, 3, 5, 8, 9, 15, 16, 17, 31, 33, 48, 49, 64, 65, 100, 129, 300];

    // So many rows of a residual are computed: each in the square of the size.
    private const int Sampled = 6;

    /// <summary>Half an ulp of one.</summary>
    public static double Roundoff<T>() => typeof(T) == typeof(double) ? Math.ScaleB(1, -53) : Math.ScaleB(1, -24);

    /// <summary>Random numbers from −1 to 1 in the middle of a larger matrix, whose rest must stay as it is.</summary>
    public static Span2D<T> Random<T>(int rows, int columns, int seed, out T[,] surroundings) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        surroundings = new T[rows + 2, columns + 3];
        surroundings.AsSpan2D().Fill(T.CreateChecked(7));
        var part = surroundings.AsSpan2D(1, 1, rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                part[i, j] = T.CreateChecked((2 * random.NextDouble()) - 1);
        }

        return part;
    }

    /// <summary>Whether what surrounds the matrix is as it was.</summary>
    public static bool IsIntact<T>(T[,] surroundings) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var seven = T.CreateChecked(7);
        int rows = surroundings.GetLength(0), columns = surroundings.GetLength(1);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                bool isInside = i >= 1 && i < rows - 1 && j >= 1 && j < columns - 2;
                if (!isInside && surroundings[i, j] != seven)
                    return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The largest ratio, over some rows, of |C − A·B| to the sums of the terms' magnitudes: an error in units of what rounding can make of it.
    /// </summary>
    /// <param name="rows">The rows of C.</param>
    /// <param name="columns">The columns of C.</param>
    /// <param name="depth">The terms.</param>
    /// <param name="c">The elements of C.</param>
    /// <param name="a">The elements of A.</param>
    /// <param name="b">The elements of B.</param>
    /// <param name="floor">What the sums are at least.</param>
    public static double Residual(
        int rows, int columns, int depth, Func<int, int, double> c, Func<int, int, double> a, Func<int, int, double> b, double floor = 0)
    {
        double worst = 0;
        foreach (int i in Rows(rows))
        {
            for (int j = 0; j < columns; j++)
            {
                DoubleDouble rest = c(i, j);
                double size = 0;
                for (int k = 0; k < depth; k++)
                {
                    var product = DoubleDouble.Product(a(i, k), b(k, j));
                    rest -= product;
                    size += Math.Abs(product.Hi);
                }

                double error = Math.Abs(rest.Hi);
                if (error > 0 || double.IsNaN(error))
                    worst = double.IsNaN(error) ? double.NaN : Math.Max(worst, error / Math.Max(size, floor));
            }
        }

        return worst;
    }

    private static IEnumerable<int> Rows(int count) => Enumerable.Range(0, Math.Min(count, Sampled)).Select(k => count <= Sampled ? k : k * (count - 1) / (Sampled - 1));
}
