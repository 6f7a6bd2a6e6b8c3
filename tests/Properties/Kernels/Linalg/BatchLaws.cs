using System.Numerics;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels.Linalg;

/// <summary>Batches of factorizations: each matrix within the bound of one, the same bits wherever it stands, and nothing else touched.</summary>
[Trait("Category", "Leg")]
public class BatchLaws
{
    private static readonly int[] s_sizes = [0, 1, 2, 3, 4, 5, 8, 13, 32, 33], s_batches = [0, 1, 2, 3, 7, 8, 9, 17, 33];

    [Fact]
    public void Cholesky_of_each_is_within_its_bound()
    {
        ForAll(s_sizes.Select(n => (n, n)), CheckCholesky<double>, CheckCholesky<float>);
    }

    [Fact]
    public void Lu_of_each_is_within_its_bound_and_solves()
    {
        ForAll(s_sizes.Select(n => (n, n)).Concat([(5, 3), (3, 5), (1, 4), (50, 3)]), CheckLu<double>, CheckLu<float>);
    }

    [Fact]
    public void Qr_of_each_is_within_its_bound_and_orthogonal()
    {
        ForAll(s_sizes.Select(n => (n, n)).Concat([(5, 3), (3, 5), (1, 4), (50, 3), (40, 30)]), CheckQr<double>, CheckQr<float>);
    }

    [Fact]
    public void Reflections_of_columns_far_from_one_are_orthogonal()
    {
        foreach (double scale in (double[])[1e300, 1e-300, double.Epsilon, 1])
        {
            double[] a = [3 * scale, scale, 7 * scale], tau = new double[1], q = [1, 0, 0, 0, 1, 0, 0, 0, 1];
            SpanLinalg.QrBatch(3, 1, 1, a.AsSpan(), new MatrixLayout(1, 1), tau);
            Assert.Equal(Math.Sqrt(59), Math.Abs(a[0] / scale), scale == double.Epsilon ? 0.5 : 1e-14);
            SpanLinalg.QrMultiplyBatch<double>(3, 1, 3, 1, a, new MatrixLayout(1, 1), tau, q, new MatrixLayout(3, 1));
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 3; j++)
                    Assert.Equal(i == j ? 1 : 0, (q[3 * i] * q[3 * j]) + (q[(3 * i) + 1] * q[(3 * j) + 1]) + (q[(3 * i) + 2] * q[(3 * j) + 2]), 1e-15);
            }
        }
    }

    [Fact]
    public void The_first_bad_matrix_is_named_with_its_place()
    {
        foreach (int n in (int[])[3, 40])
        {
            foreach (int bad in (int[])[0, 5, 18])
            {
                var layout = new MatrixLayout(n, 1, 0, n * n);
                double[] a = Identities(n, 20);
                a[layout.At(bad, 1, 1)] = -2;
                a[layout.At(19, 0, 0)] = double.NaN;
                double[] before = [.. a];
                var error = Assert.Throws<MatrixFactorizationException>(() => SpanLinalg.CholeskyBatch(n, 20, a.AsSpan(), layout));
                Assert.Equal((bad, 1), (error.Matrix, error.Index));
                Assert.Contains($"[1, 1] of matrix {bad} is -2", error.Message, StringComparison.Ordinal);
                Assert.Equal(before.AsSpan((bad + 1) * n * n).ToArray(), a.AsSpan((bad + 1) * n * n).ToArray());

                a = Identities(n, 20);
                a[layout.At(bad, 1, 1)] = 0;
                a[layout.At(19, 0, 0)] = 0;
                var pivots = new int[20 * n];
                SpanLinalg.LuBatch(n, n, 20, a.AsSpan(), layout, pivots);
                double[] b = Identities(n, 20);
                error = Assert.Throws<MatrixFactorizationException>(() => SpanLinalg.LuSolveBatch<double>(n, n, 20, a, layout, pivots, b, layout));
                Assert.Equal((bad, 1), (error.Matrix, error.Index));
                Assert.Equal(Identities(n, 20), b);
            }
        }
    }

    [Fact]
    public void One_matrix_of_NaN_or_infinities_leaves_the_others_alone()
    {
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity])
        {
            var layout = new MatrixLayout(4, 1, 0, 16);
            double[] a = Identities(4, 17), tau = new double[68];
            a.AsSpan(16 * 7, 16).Fill(bad);
            double[] lu = [.. a];
            SpanLinalg.QrBatch(4, 4, 17, a.AsSpan(), layout, tau);
            SpanLinalg.LuBatch(4, 4, 17, lu.AsSpan(), layout, new int[68]);
            for (int m = 0; m < 17; m++)
            {
                Assert.Equal(m == 7, Enumerable.Range(0, 16).Any(k => !double.IsFinite(a[(16 * m) + k])));
                Assert.Equal(m == 7, Enumerable.Range(0, 16).Any(k => !double.IsFinite(lu[(16 * m) + k])));
            }
        }
    }

    [Fact]
    public void Bad_layouts_are_refused_and_nothing_is_written()
    {
        double[] a = Identities(2, 3);
        Refused<ArgumentOutOfRangeException>("a", "at least 0", () => SpanLinalg.CholeskyBatch(2, 3, a.AsSpan(), new MatrixLayout(2, 1, 0, -4)));
        Refused<ArgumentException>("a", "the last element at 12", () => SpanLinalg.CholeskyBatch(2, 3, a.AsSpan(), new MatrixLayout(2, 1, 1, 4)));
        Refused<ArgumentException>("a", "share elements", () => SpanLinalg.CholeskyBatch(2, 3, a.AsSpan(), new MatrixLayout(2, 1, 0, 0)));
        Refused<ArgumentException>("a", "share elements", () => SpanLinalg.LuBatch(2, 2, 3, a.AsSpan(), new MatrixLayout(1, 1, 0, 4), new int[6]));
        Refused<ArgumentException>("a", "share elements", () => SpanLinalg.QrBatch(2, 2, 3, a.AsSpan(), new MatrixLayout(2, 1, 0, 3), new double[6]));
        Refused<ArgumentException>("pivots", "2 elements", () => SpanLinalg.LuBatch(2, 2, 3, a.AsSpan(), new MatrixLayout(2, 1, 0, 4), new int[5]));
        Refused<ArgumentException>("tau", "2 elements", () => SpanLinalg.QrBatch(2, 2, 3, a.AsSpan(), new MatrixLayout(2, 1, 0, 4), new double[7]));
        Refused<ArgumentException>(
            "b", "share memory", () => SpanLinalg.LuSolveBatch<double>(2, 2, 3, a, new MatrixLayout(2, 1, 0, 4), new int[6], a, new MatrixLayout(2, 1, 0, 4)));
        Refused<ArgumentException>(
            "pivots",
            "pivots[3] is 2",
            () => SpanLinalg.LuSolveBatch<double>(2, 2, 3, a, new MatrixLayout(2, 1, 0, 4), [0, 1, 0, 2, 0, 1], new double[12], new MatrixLayout(2, 1, 0, 4)));
        Assert.Throws<ArgumentOutOfRangeException>("batch", () => SpanLinalg.CholeskyBatch(2, -1, a.AsSpan(), default));
        Assert.Throws<NotSupportedException>(() => SpanLinalg.CholeskyBatch(1, 1, new Half[1].AsSpan(), new MatrixLayout(1, 1)));
        Assert.Equal(Identities(2, 3), a);
    }

    private static void Refused<TException>(string parameter, string text, Action call) where TException : ArgumentException =>
        Assert.Contains(text, Assert.Throws<TException>(parameter, call).Message, StringComparison.Ordinal);

    private static double[] Identities(int n, int batch)
    {
        var a = new double[n * n * batch];
        for (int m = 0; m < batch; m++)
        {
            for (int i = 0; i < n; i++)
                a[(m * n * n) + (i * n) + i] = 1;
        }

        return a;
    }

    private delegate void Check<T>(int rows, int columns, int batch, Func<int, int, MatrixLayout> layout);

    private static void ForAll(IEnumerable<(int Rows, int Columns)> shapes, Check<double> ofDouble, Check<float> ofFloat)
    {
        foreach (var (rows, columns) in shapes)
        {
            foreach (int batch in rows * columns > 400 ? [1, 17] : s_batches)
            {
                // Behind one another, side by side, with gaps, by columns.
                Func<int, int, MatrixLayout>[] layouts =
                [
                    (m, n) => new MatrixLayout(n, 1, 0, m * n),
                    (m, n) => new MatrixLayout(n * batch, batch, 0, 1),
                    (m, n) => new MatrixLayout(n + 2, 1, 3, (m * (n + 2)) + 5),
                    (m, n) => new MatrixLayout(1, m, 1, m * n),
                ];
                foreach (var layout in layouts)
                {
                    ofDouble(rows, columns, batch, layout);
                    ofFloat(rows, columns, batch, layout);
                }
            }
        }
    }

    /// <summary>A batch in memory of sevens, and the matrices by themselves.</summary>
    private static (T[] Memory, T[][,] Matrices) Random<T>(int rows, int columns, int batch, MatrixLayout layout, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = rows * columns * batch == 0 ? 4 : layout.At(batch - 1, rows - 1, columns - 1) + 4;
        var memory = new T[length];
        Array.Fill(memory, T.CreateChecked(7));
        var matrices = Enumerable.Range(0, batch).Select(m => MatrixCase.Random<T>(rows, columns, seed + m, out _).ToArray()).ToArray();
        Write(matrices, memory, layout);
        return (memory, matrices);
    }

    private static void Write<T>(T[][,] matrices, T[] memory, MatrixLayout layout)
    {
        for (int m = 0; m < matrices.Length; m++)
        {
            for (int i = 0; i < matrices[m].GetLength(0); i++)
            {
                for (int j = 0; j < matrices[m].GetLength(1); j++)
                    memory[layout.At(m, i, j)] = matrices[m][i, j];
            }
        }
    }

    /// <summary>The matrices from memory; all else there must be sevens.</summary>
    private static T[][,] Read<T>(T[] memory, MatrixLayout layout, int rows, int columns, int batch) where T : IBinaryFloatingPointIeee754<T>
    {
        T[] rest = [.. memory];
        var matrices = new T[batch][,];
        for (int m = 0; m < batch; m++)
        {
            matrices[m] = new T[rows, columns];
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    matrices[m][i, j] = memory[layout.At(m, i, j)];
                    rest[layout.At(m, i, j)] = T.CreateChecked(7);
                }
            }
        }

        Assert.All(rest, x => Assert.Equal(T.CreateChecked(7), x));
        return matrices;
    }

    private static T[] Flat<T>(T[,] x) => [.. x.Cast<T>()];

    private static double Number<T>(T x) where T : IBinaryFloatingPointIeee754<T> => double.CreateChecked(x);

    private static void SameBits<T>(IEnumerable<T> expected, IEnumerable<T> actual) where T : IBinaryFloatingPointIeee754<T> =>
        Assert.Equal(expected.Select(x => Bits.Of(Number(x))), actual.Select(x => Bits.Of(Number(x))));

    private static void CheckCholesky<T>(int n, int columns, int batch, Func<int, int, MatrixLayout> layoutOf) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layout = layoutOf(n, columns);
        var (memory, before) = Random<T>(n, n, batch, layout, n);
        foreach (T[,] matrix in before)
        {
            for (int i = 0; i < n; i++)
            {
                matrix[i, i] = T.CreateChecked(n + 1);
                for (int j = i + 1; j < n; j++)
                    matrix[i, j] = T.NaN;
            }
        }

        Write(before, memory, layout);
        SpanLinalg.CholeskyBatch(n, batch, memory.AsSpan(), layout);
        T[][,] factors = Read(memory, layout, n, n, batch);
        for (int m = 0; m < batch; m++)
        {
            T[,] a = before[m], l = factors[m];
            double error = MatrixCase.Residual(
                n, n, n, (i, j) => Number(i >= j ? a[i, j] : a[j, i]), (i, k) => Number(l[i, k]), (k, j) => Number(l[j, k]));
            Assert.InRange(error, 0, (n + 1) * MatrixCase.Roundoff<T>());
            T[] alone = Flat(a);
            SpanLinalg.CholeskyBatch(n, 1, alone.AsSpan(), new MatrixLayout(n, 1));
            SameBits(alone, Flat(l));
        }
    }

    private static void CheckLu<T>(int rows, int columns, int batch, Func<int, int, MatrixLayout> layoutOf) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layout = layoutOf(rows, columns);
        var (memory, before) = Random<T>(rows, columns, batch, layout, rows + columns);
        int steps = Math.Min(rows, columns);
        int[] pivots = new int[steps * batch], alonePivots = new int[steps];
        SpanLinalg.LuBatch(rows, columns, batch, memory.AsSpan(), layout, pivots);
        T[][,] factors = Read(memory, layout, rows, columns, batch);
        for (int m = 0; m < batch; m++)
        {
            T[,] a = before[m], lu = factors[m];
            int[] order = [.. Enumerable.Range(0, rows)];
            for (int i = 0; i < steps; i++)
                (order[i], order[pivots[(m * steps) + i]]) = (order[pivots[(m * steps) + i]], order[i]);
            double L(int i, int p) => p < i ? Number(lu[i, p]) : p == i ? 1 : 0;
            double U(int p, int j) => p <= j ? Number(lu[p, j]) : 0;
            double error = MatrixCase.Residual(rows, columns, steps, (i, j) => Number(a[order[i], j]), L, U);
            Assert.InRange(error, 0, Math.Max(columns, 1) * MatrixCase.Roundoff<T>());
            for (int i = 0; i < rows; i++)
            {
                for (int p = 0; p < Math.Min(i, steps); p++)
                    Assert.InRange(Math.Abs(L(i, p)), 0, 1);
            }

            T[] alone = Flat(a);
            SpanLinalg.LuBatch(rows, columns, 1, alone.AsSpan(), new MatrixLayout(columns, 1), alonePivots);
            SameBits(alone, Flat(lu));
            Assert.Equal(alonePivots, pivots.AsSpan(m * steps, steps).ToArray());
        }

        if (rows != columns || rows == 0)
            return;
        var bLayout = layoutOf(rows, 3);
        var (right, b) = Random<T>(rows, 3, batch, bLayout, 5);
        SpanLinalg.LuSolveBatch<T>(rows, 3, batch, memory, layout, pivots, right, bLayout);
        T[][,] x = Read(right, bLayout, rows, 3, batch);
        for (int m = 0; m < batch; m++)
        {
            T[,] a = before[m], y = b[m], z = x[m];

            // As for a single one: |b − A·x| ≤ 3·n·u·|L|·|U|·|x|, where |L|·|U| is at most n times the largest of U.
            double most = Flat(factors[m]).Max(value => Math.Abs(Number(value))), size = Flat(z).Max(value => Math.Abs(Number(value)));
            double error = MatrixCase.Residual(
                rows, 3, rows, (i, j) => Number(y[i, j]), (i, p) => Number(a[i, p]), (p, j) => Number(z[p, j]), floor: rows * most * size);
            Assert.InRange(error, 0, 3 * rows * MatrixCase.Roundoff<T>());
            T[] alone = Flat(y);
            SpanLinalg.LuSolveBatch<T>(
                rows, 3, 1, Flat(factors[m]), new MatrixLayout(rows, 1), pivots.AsSpan(m * rows, rows), alone, new MatrixLayout(3, 1));
            SameBits(alone, Flat(z));
        }
    }

    private static void CheckQr<T>(int rows, int columns, int batch, Func<int, int, MatrixLayout> layoutOf) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layout = layoutOf(rows, columns);
        var (memory, before) = Random<T>(rows, columns, batch, layout, rows + columns);
        int steps = Math.Min(rows, columns);
        T[] tau = new T[steps * batch], aloneTau = new T[steps];
        SpanLinalg.QrBatch(rows, columns, batch, memory.AsSpan(), layout, tau);
        T[][,] factors = Read(memory, layout, rows, columns, batch);
        var qLayout = layoutOf(rows, steps);
        var (space, identities) = Random<T>(rows, steps, batch, qLayout, 1);
        foreach (T[,] identity in identities)
        {
            Array.Clear(identity);
            for (int i = 0; i < steps; i++)
                identity[i, i] = T.One;
        }

        Write(identities, space, qLayout);
        SpanLinalg.QrMultiplyBatch<T>(rows, columns, steps, batch, memory, layout, tau, space, qLayout);
        T[][,] orthogonal = Read(space, qLayout, rows, steps, batch);
        double bound = 10 * (rows + columns) * MatrixCase.Roundoff<T>();
        for (int m = 0; m < batch; m++)
        {
            T[,] a = before[m], q = orthogonal[m], r = factors[m];
            double error = MatrixCase.Residual(
                rows, columns, steps, (i, j) => Number(a[i, j]), (i, p) => Number(q[i, p]), (p, j) => p <= j ? Number(r[p, j]) : 0, floor: Math.Sqrt(rows));
            Assert.InRange(error, 0, bound);
            error = MatrixCase.Residual(
                steps, steps, rows, (i, j) => i == j ? 1 : 0, (i, p) => Number(q[p, i]), (p, j) => Number(q[p, j]), floor: 1);
            Assert.InRange(error, 0, bound);
            T[] alone = Flat(a);
            SpanLinalg.QrBatch(rows, columns, 1, alone.AsSpan(), new MatrixLayout(columns, 1), aloneTau);
            SameBits(alone, Flat(r));
            SameBits(aloneTau, tau.AsSpan(m * steps, steps).ToArray());
        }

        // Qᵀ takes back what Q did.
        SpanLinalg.QrMultiplyBatch<T>(rows, columns, steps, batch, memory, layout, tau, space, qLayout, transpose: true);
        T[][,] again = Read(space, qLayout, rows, steps, batch);
        for (int m = 0; m < batch; m++)
        {
            foreach (var (x, y) in Flat(again[m]).Zip(Flat(identities[m])))
                Assert.InRange(Math.Abs(Number(x) - Number(y)), 0, bound);
        }
    }
}
