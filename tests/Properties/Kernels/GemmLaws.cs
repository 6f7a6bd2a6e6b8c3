using System.Numerics;
using CommunityToolkit.HighPerformance;
using Grad.Simd;
using Properties.Laws;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>
/// Products of matrices: exact where nothing is rounded, else within the stated bound; nothing read or written outside; an element's bits
/// depend on its own row and column alone.
/// </summary>
[Trait("Category", "Leg")]
public class GemmLaws
{
    private static readonly int[] Small = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15, 16, 17];

    // Edges of tiles of every width, and of the blocks of the sum, of A and of B.
    private static readonly (int M, int N, int K)[] Large =
    [
        (1, 300, 300), (300, 1, 300), (300, 300, 1), (14, 32, 255), (15, 33, 256), (29, 63, 257), (28, 65, 512), (13, 31, 513), (7, 129, 40),
        (63, 70, 256), (64, 70, 256), (65, 70, 256), (127, 40, 256), (128, 40, 256), (129, 40, 256), (300, 300, 300), (20, 2056, 256), (20, 4107, 257), (43, 35, 511), (43, 35, 1_025), (3, 20, 1_100),
        (100, 3, 90), (61, 1, 1_100), (270, 2, 40), (40, 50, 60), (130, 100, 70), (10, 24, 30), (19, 47, 9),
        (33, 33, 33), (65, 41, 512), (600, 34, 20), (31, 42, 400), (90, 13, 70),
    ];

    public static TheoryData<bool, bool> Transposes => new() { { false, false }, { true, false }, { false, true }, { true, true } };

    [Theory]
    [MemberData(nameof(Transposes))]
    public void Small_integers_are_exact(bool transposeA, bool transposeB)
    {
        foreach (int m in Small)
        {
            foreach (int n in Small)
            {
                foreach (int k in Small)
                {
                    CheckExact<double>(m, n, k, transposeA, transposeB);
                    CheckExact<float>(m, n, k, transposeA, transposeB);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Transposes))]
    public void Doubles_are_within_the_stated_error(bool transposeA, bool transposeB) => CheckErrors<double>(transposeA, transposeB);

    [Theory]
    [MemberData(nameof(Transposes))]
    public void Floats_are_within_the_stated_error(bool transposeA, bool transposeB) => CheckErrors<float>(transposeA, transposeB);

    [Theory]
    [MemberData(nameof(Transposes))]
    public void An_element_has_the_same_bits_in_every_part(bool transposeA, bool transposeB)
    {
        CheckParts<double>(transposeA, transposeB);
        CheckParts<float>(transposeA, transposeB);
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        foreach (int m in (int[])[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 41, 67])
        {
            foreach (var (n, k) in ((int, int)[])[(16, 5), (17, 300), (37, 1), (71, 40)])
            {
                CheckWidths<double, F64x8, F64x4, F64x2, F64x1>(m, n, k);
                CheckWidths<float, F32x16, F32x8, F32x4, F32x1>(m, n, k);
            }
        }
    }

    [Fact]
    public void With_beta_zero_C_is_forgotten_and_with_alpha_zero_A_and_B_are_not_read()
    {
        foreach (var (m, n, k) in ((int, int, int)[])[(3, 3, 3), (20, 37, 300), (1, 9, 4), (5, 7, 0), (40, 40, 40)])
        {
            using (var forgets = Case<double>(m, n, k, seed: 1))
            {
                using var clean = Case<double>(m, n, k, seed: 1);
                forgets.Fill(double.NaN);
                forgets.Run(2);
                clean.Run(2);
                ForEach(forgets, (i, j) => Assert.Equal(Bits.Of(clean[i, j]), Bits.Of(forgets[i, j])));
            }

            using var unread = new GemmCase<double>(m, n, k, () => double.NaN);
            unread.Fill(3);
            unread.Run(0, -2);
            ForEach(unread, (i, j) => Assert.Equal(-6, unread[i, j]));
            unread.Fill(double.NaN);
            unread.Run(0);
            ForEach(unread, (i, j) => Assert.Equal(Bits.Of(0.0), Bits.Of(unread[i, j])));
        }
    }

    [Fact]
    public void Special_values_spread_along_their_row_and_column_only()
    {
        double[,] a = { { 1, double.PositiveInfinity }, { 2, 3 } }, b = { { 1, 0 }, { 0, 1 } }, c = new double[2, 2];
        SpanBlas.Gemm(a, b, c);
        Assert.Equal([double.NaN, double.PositiveInfinity, 2.0, 3.0], c.Cast<double>());

        // One product is itself, −0 included.
        double[,] zero = { { -0.0 } }, one = { { 1 } }, product = new double[1, 1];
        SpanBlas.Gemm(zero, one, product);
        Assert.Equal(Bits.Of(-0.0), Bits.Of(product[0, 0]));
    }

    [Fact]
    public void Strides_of_any_kind_give_the_same_bits()
    {
        CheckStrides<double>(29, 75, 303);
        CheckStrides<float>(29, 131, 303);
        CheckStrides<float>(3, 2, 5);
    }

    [Fact]
    public void A_batch_is_a_loop()
    {
        var random = new Random(5);
        (int, int, int)[] sizes = [(4, 4, 4), (3, 3, 3), (9, 9, 9), (1, 5, 2), (5, 1, 3), (7, 33, 300), (2, 2, 0), (12, 12, 12), (16, 24, 5), (40, 1, 9)];
        (bool, bool, bool)[] ways = [(false, false, false), (true, false, true), (false, true, false), (false, true, true), (false, false, true)];
        foreach (var (m, n, k) in sizes)
        {
            const int batch = 23;
            foreach (var (aRepeats, bRepeats, turned) in ways)
            {
                float[] a = Draw(m * k * batch), b = Draw(k * n * batch), c = new float[m * n * batch], alone = new float[m * n];
                MatrixLayout left = new(k, 1, 0, aRepeats ? 0 : m * k), right = new(turned ? 1 : n, turned ? k : 1, 0, bRepeats ? 0 : k * n);
                SpanBlas.GemmBatch<float>(m, n, k, batch, a, left, b, right, c);
                for (int i = 0; i < batch; i++)
                {
                    SpanBlas.GemmBatch<float>(m, n, k, 1, a, left with { Offset = i * left.Batch }, b, right with { Offset = i * right.Batch }, alone);
                    Assert.Equal(alone, c.AsSpan(i * m * n, m * n).ToArray());
                }
            }
        }

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble())];
    }

    private static void CheckExact<T>(int m, int n, int k, bool transposeA, bool transposeB)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(m + n + k);
        using var product = new GemmCase<T>(
            m, n, k, () => T.CreateChecked(random.Next(-4, 5)), transposeA, transposeB, gap: (m + n) % 3, right: (n + k) % 2 == 0);
        var (alpha, beta) = (k % 3, n % 3 - 1);
        product.Run(alpha, beta);
        ForEach(product, (i, j) =>
        {
            double sum = 0;
            for (int p = 0; p < k; p++)
                sum += double.CreateChecked(product.A(i, p) * product.B(p, j));
            double expected = alpha * sum + beta * double.CreateChecked(product.Old(i, j));
            Assert.True(
                double.CreateChecked(product[i, j]) == expected,
                $"{m}×{k}·{k}×{n}, alpha {alpha}, beta {beta}: [{i}, {j}] is {product[i, j]}, not {expected}.");
        });
        Assert.True(product.GapsAreUntouched());
    }

    private static void CheckErrors<T>(bool transposeA, bool transposeB)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (m, n, k) in Large)
        {
            foreach (var (alpha, beta) in ((double, double)[])[(1, 0), (-0.7, 1.3)])
            {
                using var product = Case<T>(m, n, k, m + k, transposeA, transposeB, gap: k % 2);
                product.Run(alpha, beta);
                int roundings = Math.Min(k, GemmLoop<T>.DepthBlock) + k / GemmLoop<T>.DepthBlock + 4;
                foreach (var (i, j) in Places(m, n))
                    CheckError(product, i, j, double.CreateChecked(T.CreateChecked(alpha)), double.CreateChecked(T.CreateChecked(beta)), roundings);
                Assert.True(product.GapsAreUntouched());
            }
        }
    }

    private static void CheckError<T>(GemmCase<T> product, int i, int j, double alpha, double beta, int roundings)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        DoubleDouble sum = 0;
        double magnitude = 0;
        for (int p = 0; p < product.Depth; p++)
        {
            var term = DoubleDouble.Product(double.CreateChecked(product.A(i, p)), double.CreateChecked(product.B(p, j)));
            (sum, magnitude) = (sum + term, magnitude + Math.Abs(term.Hi));
        }

        double old = double.CreateChecked(product.Old(i, j));
        var expected = sum * alpha + DoubleDouble.Product(beta, old);
        double error = Math.Abs((expected - double.CreateChecked(product[i, j])).Hi);
        double allowed = Rounding.Bound<T>(roundings, Math.Abs(alpha) * magnitude + Math.Abs(beta * old));
        Assert.True(error <= allowed, $"{product.Rows}×{product.Depth}·{product.Depth}×{product.Columns}: [{i}, {j}] is off by {error}, allowed {allowed}.");
    }

    private static void CheckParts<T>(bool transposeA, bool transposeB)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (int k in (int[])[1, 7, 256, 300])
        {
            using var whole = Case<T>(37, 81, k, k, transposeA, transposeB);
            whole.Run();
            var random = new Random(k);
            for (int draw = 0; draw < 40; draw++)
            {
                int rows = draw < 10 ? 1 : random.Next(1, 38), columns = draw % 10 < 3 ? 1 + draw % 10 : random.Next(1, 82);
                int top = random.Next(0, 38 - rows), left = random.Next(0, 82 - columns);
                var part = whole.Part(top, rows, left, columns);
                for (int i = 0; i < part.Length; i++)
                {
                    Assert.True(
                        Bits.Same(whole[top + i / columns, left + i % columns], part[i]),
                        $"Element {i} of the {rows}×{columns} part at [{top}, {left}], {k} terms, has other bits than in the whole.");
                }
            }
        }
    }

    private static void CheckWidths<T, V8, V4, V2, V1>(int m, int n, int k)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V8 : struct, IHardwareLane<V8, T>
        where V4 : struct, IHardwareLane<V4, T>
        where V2 : struct, IHardwareLane<V2, T>
        where V1 : struct, IHardwareLane<V1, T>
    {
        using GemmCase<T> widest = Case<T>(m, n, k, k), wide = Case<T>(m, n, k, k), narrow = Case<T>(m, n, k, k), single = Case<T>(m, n, k, k);
        widest.RunOn<V8>();
        wide.RunOn<V4>();
        narrow.RunOn<V2>();
        single.RunOn<V1>();
        ForEach(single, (i, j) =>
        {
            Assert.Equal(Bits.Of(single[i, j]), Bits.Of(narrow[i, j]));
            Assert.Equal(Bits.Of(single[i, j]), Bits.Of(wide[i, j]));
            Assert.Equal(Bits.Of(single[i, j]), Bits.Of(widest[i, j]));
        });
    }

    private static void CheckStrides<T>(int m, int n, int k)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (plain, first) = (new T[m * n], true);
        foreach (var (a, b) in from a in Layouts(m, k) from b in Layouts(k, n) select (a, b))
        {
            T[] left = Lay(a, m, k, 1), right = Lay(b, k, n, 2), product = new T[m * n];
            SpanBlas.GemmBatch<T>(m, n, k, 1, left, a, right, b, first ? plain : product);
            Assert.True(first || product.AsSpan().SequenceEqual(plain), $"{m}×{k} by {a} and {k}×{n} by {b}: other bits than side by side.");
            first = false;
        }

        static MatrixLayout[] Layouts(int rows, int columns) =>
            [new(columns, 1), new(columns + 3, 1), new(1, rows), new(1, rows + 5, 7), new(2 * columns, 2), new(3, 3 * rows + 1)];

        static T[] Lay(MatrixLayout layout, int rows, int columns, int seed)
        {
            var (random, to) = (new Random(seed), new T[layout.At(0, rows - 1, columns - 1) + 1]);
            Array.Fill(to, T.NaN);
            for (int i = 0; i < rows * columns; i++)
                to[layout.At(0, i / columns, i % columns)] = T.CreateChecked(random.NextDouble() - 0.5);
            return to;
        }
    }

    private static GemmCase<T> Case<T>(int m, int n, int k, int seed, bool transposeA = false, bool transposeB = false, int gap = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        T draw() => T.CreateChecked((random.NextDouble() - 0.45) * Math.ScaleB(1, random.Next(-9, 9)));
        return new(m, n, k, draw, transposeA, transposeB, gap, k % 2 == 0);
    }

    // All elements of a small matrix; of a large one its corners, some on edges and some anywhere.
    private static IEnumerable<(int Row, int Column)> Places(int m, int n)
    {
        if (m * n <= 400)
            return from i in Enumerable.Range(0, m) from j in Enumerable.Range(0, n) select (i, j);
        var random = new Random(m * n);
        return Enumerable.Range(0, 120).Select(draw => (
            draw % 4 == 0 ? m - 1 : draw % 4 == 1 ? 0 : random.Next(m),
            draw % 3 == 0 ? n - 1 - random.Next(Math.Min(n, 3)) : draw % 5 == 1 ? 0 : random.Next(n)));
    }

    private static void ForEach<T>(GemmCase<T> product, Action<int, int> check)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < product.Rows; i++)
        {
            for (int j = 0; j < product.Columns; j++)
                check(i, j);
        }
    }
}
