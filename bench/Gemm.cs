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

    [Params(32, 64, 128, 256, 512, 1_024)]
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
        foreach (var n in (int[])[32, 64, 128, 256, 512, 1_024])
        {
            double? bar = n >= 256 ? 1 / 0.9 : null;
            yield return Row.Against($"gemm f32, n = {n}, OpenBLAS", () => At(n, g => (g.Float, g.Float_OpenBlas)), bar);
            yield return Row.Against($"gemm f64, n = {n}, OpenBLAS", () => At(n, g => (g.Double, g.Double_OpenBlas)), bar);
        }
    }

    private static (Action, Action?) At(int n, Func<Gemm, (Action Ours, Action Peer)> pair)
    {
        var question = new Gemm { N = n };
        question.Setup();
        var (ours, peer) = pair(question);
        return (ours, OpenBlas.IsInstalled ? peer : null);
    }

    private double[] Numbers(Random random) => [.. Enumerable.Range(0, N * N).Select(_ => random.NextDouble() - 0.5)];
}
