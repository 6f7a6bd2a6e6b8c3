using System.Numerics;
using Bench.Peers;
using BenchmarkDotNet.Attributes;
using CommunityToolkit.HighPerformance;
using Grad.Simd;

namespace Bench;

/// <summary>How fast is a product of square matrices, beside OpenBLAS on one thread and a plain loop?</summary>
public class Gemm : IQuestion
{
    private float[] _a = [], _b = [], _c = [];
    private double[] _a64 = [], _b64 = [], _c64 = [];

    [Params(32, 64, 128, 256, 512, 768, 1_024, 2_048)]
    public int N { get; set; } = 256;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        (_a64, _b64, _c64) = (Numbers(random), Numbers(random), new double[N * N]);
        (_a, _b, _c) = (Array.ConvertAll(_a64, x => (float)x), Array.ConvertAll(_b64, x => (float)x), new float[N * N]);
    }

    [Benchmark]
    public void Float() =>
        SpanBlas.Gemm(new ReadOnlySpan2D<float>(_a, N, N), new ReadOnlySpan2D<float>(_b, N, N), new Span2D<float>(_c, N, N));

    [Benchmark] public void Float_OpenBlas() => OpenBlas.Gemm(N, _a, _b, _c);

    [Benchmark]
    public void Double() =>
        SpanBlas.Gemm(new ReadOnlySpan2D<double>(_a64, N, N), new ReadOnlySpan2D<double>(_b64, N, N), new Span2D<double>(_c64, N, N));

    [Benchmark] public void Double_OpenBlas() => OpenBlas.Gemm(N, _a64, _b64, _c64);

    [Benchmark]
    public void Float_Loop()
    {
        Array.Clear(_c);
        for (var i = 0; i < N; i++)
        {
            for (var k = 0; k < N; k++)
            {
                var factor = _a[(i * N) + k];
                var from = _b.AsSpan(k * N, N);
                var to = _c.AsSpan(i * N, N);
                for (var j = 0; j < to.Length; j++)
                {
                    to[j] += factor * from[j];
                }
            }
        }
    }

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in (int[])[16, 32, 48, 64, 128, 256, 512, 768, 1_024, 2_048])
        {
            var bar = n is 128 or 256 ? 1 / 1.2 : n > 768 ? 1 / 0.97 : 1;
            yield return Row.Against($"gemm f32, n = {n}, OpenBLAS", () => At(n, g => (g.Float, g.Float_OpenBlas)), bar);
            yield return Row.Against($"gemm f64, n = {n}, OpenBLAS", () => At(n, g => (g.Double, g.Double_OpenBlas)), bar);
        }

        foreach (var n in (int[])[32, 64, 128, 256, 512])
        {
            // Within a tenth of the even size, by the work.
            var bar = 1.1 * Math.Pow((n + 1.0) / n, 3);
            yield return Row.Against($"gemm f32, n = {n + 1}, n = {n}", () => (One(n + 1).Float, One(n).Float), bar);
            yield return Row.Against($"gemm f64, n = {n + 1}, n = {n}", () => (One(n + 1).Double, One(n).Double), bar);
        }

        yield return Row.Against("gemm f32, 1000 of 4, OpenBLAS", () => Batch<float>(OpenBlas.Gemm), 1 / 5.0);
        yield return Row.Against("gemm f64, 1000 of 4, OpenBLAS", () => Batch<double>(OpenBlas.Gemm), 1 / 5.0);
    }

    private delegate void Product<T>(int n, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c);

    private static (Action, Action?) Batch<T>(Product<T> peer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Size = 4, Count = 1_000, Length = Size * Size;
        var random = new Random(1);
        T[] a = Numbers(), b = Numbers(), c = new T[Count * Length];
        var layout = new MatrixLayout(Size, 1, 0, Length);
        Action ours = () => SpanBlas.GemmBatch<T>(Size, Size, Size, Count, a, layout, b, layout, c);
        Action theirs = () =>
        {
            for (var i = 0; i < c.Length; i += Length)
            {
                peer(Size, a.AsSpan(i, Length), b.AsSpan(i, Length), c.AsSpan(i, Length));
            }
        };
        return (ours, OpenBlas.IsInstalled ? theirs : null);

        T[] Numbers() => [.. Enumerable.Range(0, Count * Length).Select(_ => T.CreateChecked(random.NextDouble()))];
    }

    private static Gemm One(int n)
    {
        var question = new Gemm { N = n };
        question.Setup();
        return question;
    }

    private static (Action, Action?) At(int n, Func<Gemm, (Action Ours, Action Peer)> pair)
    {
        var (ours, peer) = pair(One(n));
        return (ours, OpenBlas.IsInstalled ? peer : null);
    }

    private double[] Numbers(Random random) => [.. Enumerable.Range(0, N * N).Select(_ => random.NextDouble() - 0.5)];
}
