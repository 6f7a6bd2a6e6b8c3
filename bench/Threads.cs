using System.Numerics;
using CommunityToolkit.HighPerformance.Helpers;
using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What does a second thread gain, and what does it cost to call one?</summary>
/// <remarks>
/// The peer of a row is the same on one thread: a ratio of .5 is a speed-up of 2. What the machine itself gives two threads that share nothing but
/// the processor stands in the first rows: virtual processors may be two threads of one core.
/// </remarks>
internal sealed class Threads : IQuestion
{
    private const int N = 1_000_000;
    private const double Wanted = 1 / 1.8;

    public IEnumerable<Row> Rows()
    {
        yield return Row.Against("limit: products in registers", () => (() => Spin(2), () => Spin(1)));
        yield return Row.Against("limit: exp f64, 16k elements a thread", () => Kernel(16_384, 400));
        yield return Row.Against("limit: exp f64, 1M elements", () => Kernel(N, 6));
        foreach (var n in (int[])[1_000, 10_000, 100_000, N])
        {
            double? bar = n == N ? Wanted : null;
            yield return Row.Against($"group sin(x)·exp(−x²) f64, n = {n:N0}", () => Group<double>(v => Sin(v) * Exp(-v * v), n), bar);
            yield return Row.Against($"group sin(x)·exp(−x²) f32, n = {n:N0}", () => Group<float>(v => Sin(v) * Exp(-v * v), n), bar);
        }

        yield return Row.Against("group of four functions f64, n = 1,000,000", () => Group<double>(v => Cos(Tanh(Exp(Sin(v)))), N), Wanted);
        yield return Row.Against("value and gradient of Σ sin(x)·exp(−x²) f64, n = 1,000,000", () => Gradient<double>(N), Wanted);
        yield return Row.Against("value and gradient of Σ sin(x)·exp(−x²) f32, n = 1,000,000", () => Gradient<float>(N), Wanted);
        yield return Row.Against("softmax of 1,000 rows of 1,000 f64", () => Group<double>(v => Softmax(v, -1), 1_000, 1_000));
        foreach (var n in (int[])[128, 256, 512, 1_024])
        {
            double? bar = n == 1_024 ? Wanted : null;
            yield return Row.Against($"gemm f32, n = {n}", () => Product<float>(n, n, n), bar);
            yield return Row.Against($"gemm f64, n = {n}", () => Product<double>(n, n, n), bar);
        }

        yield return Row.Against("gemm f32, 128 × 784 × 256", () => Product<float>(128, 784, 256));
        yield return Row.Against("gemm f64, 1 × 2,000 × 2,000", () => Product<double>(1, 2_000, 2_000));
        yield return Row.Against("gemm f64, 8 × 64 × 40,000", () => Product<double>(8, 64, 40_000));
        foreach (var pieces in (int[])[1, 16, 64, 256, 1_024])
        {
            var name = $"{pieces} pieces of a microsecond: a team to ParallelHelper";
            var work = new Pieces(new double[pieces]);
            yield return Row.Against(name, () => (() => Team.Run(work, pieces, 2), () => ParallelHelper.For(0, pieces, work, 1)));
            yield return Row.Against($"{pieces} pieces of a microsecond: two threads to one", () => (() => Team.Run(work, pieces, 2), () => Team.Run(work, pieces, 1)));
        }
    }

    private static (Action Two, Action One) Kernel(int n, int repeat)
    {
        double[][] x = [new double[n], new double[n]], y = [new double[n], new double[n]];
        void Run(int degree) => Team.Run(new ExpWork(x, y, repeat), 2, degree, isLong: true);
        return (() => Run(2), () => Run(1));
    }

    private static (Action Two, Action One) Group<T>(Func<NDArray<T>, NDArray<T>> f, params int[] shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new RandomKey(1).Normal<T>(shape);
        var y = new T[x.Length];
        Action Run(int degree)
        {
            var compiled = Ad.Compile(f, x, new GradOptions { MaxDegreeOfParallelism = degree });
            return () => compiled.Run(x.AsSpan(), y);
        }

        return (Run(2), Run(1));
    }

    private static (Action Two, Action One) Gradient<T>(int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new RandomKey(1).Normal<T>(n);
        T[] value = new T[1], grad = new T[n];
        Action Run(int degree)
        {
            var f = Ad.ValueAndGrad((NDArray<T> v) => Sum(Sin(v) * Exp(-v * v)));
            var compiled = Ad.Compile(f, x, new GradOptions { MaxDegreeOfParallelism = degree });
            return () => compiled.Run(x.AsSpan(), value, grad);
        }

        return (Run(2), Run(1));
    }

    private static (Action Two, Action One) Product<T>(int rows, int depth, int columns) where T : unmanaged
    {
        var random = new Random(1);
        T[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => Scalar.FromDouble<T>(random.NextDouble() - 0.5))];
        var (a, b, c) = (Numbers(rows * depth), Numbers(depth * columns), new T[rows * columns]);
        void Run(int degree) => SpanBlas.GemmBatch<T>(
            rows, columns, depth, 1, a, new() { Row = depth, Column = 1 }, b, new() { Row = columns, Column = 1 }, c, degree);
        return (() => Run(2), () => Run(1));
    }

    private static void Spin(int degree) => Team.Run(new Pieces(new double[16], 500), 16, degree, isLong: true);

    private static double Microseconds(int count)
    {
        double s0 = 1, s1 = 1, s2 = 1, s3 = 1, s4 = 1, s5 = 1, s6 = 1, s7 = 1;
        for (var i = 0; i < 750 * count; i++)
        {
            (s0, s1, s2, s3) = (s0 * 0.999, s1 * 0.999, s2 * 0.999, s3 * 0.999);
            (s4, s5, s6, s7) = (s4 * 0.999, s5 * 0.999, s6 * 0.999, s7 * 0.999);
        }

        return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
    }

    private readonly struct ExpWork(double[][] x, double[][] y, int repeat) : ITeamWork
    {
        public void Work(scoped ref TeamShare share)
        {
            while (share.TryTake(out var piece))
            {
                for (var i = 0; i < repeat; i++)
                {
                    SpanMath.Exp(x[piece], y[piece]);
                }
            }
        }
    }

    private readonly struct Pieces(double[] results, int microseconds = 1) : ITeamWork, IAction
    {
        public void Work(scoped ref TeamShare share)
        {
            while (share.TryTake(out var piece))
            {
                Invoke(piece);
            }
        }

        public void Invoke(int piece) => results[piece] = Microseconds(microseconds);
    }
}
