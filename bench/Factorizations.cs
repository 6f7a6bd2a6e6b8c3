using Bench.Peers;
using BenchmarkDotNet.Attributes;
using CommunityToolkit.HighPerformance;
using Grad.Simd;

namespace Bench;

/// <summary>How fast are factorizations of matrices of doubles, beside LAPACK in OpenBLAS on one thread? Both copy the matrix first.</summary>
public class Factorizations : IQuestion
{
    private const int Small = 4, Batch = 1_000;
    private static readonly MatrixLayout s_layout = new(Small, 1, 0, Small * Small);
    private double[] _general = [], _definite = [], _a = [], _b = [], _x = [], _values = [], _u = [], _v = [], _work = [], _batch = [], _batchCopy = [], _tau = [];
    private int[] _pivots = [], _places = [];

    [Params(100, 300, 1_000)]
    public int N { get; set; } = 300;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _general = Numbers(random, N * N);
        _definite = [.. _general];
        for (var i = 0; i < N; i++)
        {
            _definite[i * (N + 1)] = N;
            for (var j = 0; j < i; j++)
            {
                _definite[(j * N) + i] = _definite[(i * N) + j];
            }
        }

        (_a, _b, _x, _u, _v) = (new double[N * N], new double[N * N], new double[N * N], new double[N * N], new double[N * N]);
        (_values, _tau, _pivots) = (new double[N], new double[Math.Max(N, Small * Batch)], new int[Math.Max(N, Small * Batch)]);
        (_work, _places) = (new double[(8 * N * N) + (64 * N) + 1_000], new int[(8 * N) + 8]);
        _batch = Numbers(random, Small * Small * Batch);
        for (var m = 0; m < Batch; m++)
        {
            for (var i = 0; i < Small; i++)
            {
                _batch[s_layout.At(m, i, i)] += Small;
            }
        }

        _batchCopy = new double[_batch.Length];
    }

    [Benchmark] public void Cholesky() => SpanLinalg.Cholesky(Copy(_definite));

    [Benchmark] public void Cholesky_Lapack() => Lapack.Cholesky(N, Flat(_definite));

    [Benchmark] public void Lu() => SpanLinalg.Lu(Copy(_general), _pivots.AsSpan(0, N));

    [Benchmark] public void Lu_Lapack() => Lapack.Lu(N, Flat(_general), _pivots);

    [Benchmark] public void Qr() => SpanLinalg.Qr(Copy(_general), _tau.AsSpan(0, N));

    [Benchmark] public void Qr_Lapack() => Lapack.Qr(N, Flat(_general), _tau, _work);

    [Benchmark] public void Eigen() => SpanLinalg.SymmetricEigen(Copy(_definite), _values, new Span2D<double>(_b, N, N));

    [Benchmark]
    public void Eigen_Lapack()
    {
        Flat(_definite);
        Lapack.Eigen(N, _x, _values, _work, _places);
    }

    [Benchmark] public void Svd() => SpanLinalg.Svd(Copy(_general), new Span2D<double>(_u, N, N), _values, new Span2D<double>(_v, N, N));

    [Benchmark]
    public void Svd_Lapack()
    {
        Flat(_general);
        Lapack.Svd(N, _x, _values, _u, _v, _work, _places);
    }

    [Benchmark]
    public void CholeskyBatch() => SpanLinalg.CholeskyBatch(Small, Batch, CopyBatch(), s_layout);

    [Benchmark]
    public void CholeskyBatch_Lapack()
    {
        CopyBatch();
        for (var m = 0; m < Batch; m++)
        {
            Lapack.Cholesky(Small, _batchCopy.AsSpan(m * Small * Small));
        }
    }

    [Benchmark]
    public void LuBatch() => SpanLinalg.LuBatch(Small, Small, Batch, CopyBatch(), s_layout, _pivots.AsSpan(0, Small * Batch));

    [Benchmark]
    public void LuBatch_Lapack()
    {
        CopyBatch();
        for (var m = 0; m < Batch; m++)
        {
            Lapack.Lu(Small, _batchCopy.AsSpan(m * Small * Small), _pivots.AsSpan(m * Small));
        }
    }

    [Benchmark]
    public void QrBatch() => SpanLinalg.QrBatch(Small, Small, Batch, CopyBatch(), s_layout, _tau.AsSpan(0, Small * Batch));

    [Benchmark]
    public void QrBatch_Lapack()
    {
        CopyBatch();
        for (var m = 0; m < Batch; m++)
        {
            Lapack.Qr(Small, _batchCopy.AsSpan(m * Small * Small), _tau.AsSpan(m * Small), _work);
        }
    }

    IEnumerable<Row> IQuestion.Rows()
    {
        yield return Against($"cholesky f64, {Batch} of {Small}", 100, q => (q.CholeskyBatch, q.CholeskyBatch_Lapack));
        yield return Against($"lu f64, {Batch} of {Small}", 100, q => (q.LuBatch, q.LuBatch_Lapack));
        yield return Against($"qr f64, {Batch} of {Small}", 100, q => (q.QrBatch, q.QrBatch_Lapack));
        foreach (var n in (int[])[100, 300, 1_000])
        {
            yield return Against($"cholesky f64, n = {n}", n, q => (q.Cholesky, q.Cholesky_Lapack));
            yield return Against($"lu f64, n = {n}", n, q => (q.Lu, q.Lu_Lapack));
            yield return Against($"qr f64, n = {n}", n, q => (q.Qr, q.Qr_Lapack));
            yield return Against($"symmetric eigen f64, n = {n}", n, q => (q.Eigen, q.Eigen_Lapack));
            yield return Against($"svd f64, n = {n}", n, q => (q.Svd, q.Svd_Lapack));
        }

        foreach (var (name, compute) in ((string, Action<Factorizations, int>)[])[
            ("cholesky", (q, threads) => SpanLinalg.Cholesky(q.Copy(q._definite), threads)),
            ("lu", (q, threads) => SpanLinalg.Lu(q.Copy(q._general), q._pivots.AsSpan(0, q.N), threads)),
            ("qr", (q, threads) => SpanLinalg.Qr(q.Copy(q._general), q._tau.AsSpan(0, q.N), threads)),
            ("symmetric eigen", (q, threads) => SpanLinalg.SymmetricEigen(q.Copy(q._definite), q._values, new Span2D<double>(q._b, q.N, q.N), threads)),
            ("syrk", (q, threads) => SpanBlas.Syrk(new ReadOnlySpan2D<double>(q._general, q.N, q.N), new Span2D<double>(q._b, q.N, q.N), maxDegreeOfParallelism: threads)),
            ("gemv", (q, threads) => SpanBlas.Gemv(
                new ReadOnlySpan2D<double>(q._general, q.N, q.N), q._general.AsSpan(0, q.N), q._b.AsSpan(0, q.N), maxDegreeOfParallelism: threads)),
        ])
        {
            yield return Row.Against(
                $"{name} f64, n = 1000: two threads, one",
                () =>
                {
                    var question = new Factorizations { N = 1_000 };
                    question.Setup();
                    return (() => compute(question, 2), () => compute(question, 1));
                });
        }
    }

    private static Row Against(string name, int n, Func<Factorizations, (Action Ours, Action Peer)> pair) => Row.Against(
        $"{name}, LAPACK",
        () =>
        {
            var question = new Factorizations { N = n };
            question.Setup();
            var (ours, peer) = pair(question);
            return (ours, Lapack.IsInstalled ? peer : null);
        });

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];

    private Span2D<double> Copy(double[] matrix)
    {
        matrix.CopyTo(_a, 0);
        return new(_a, N, N);
    }

    private double[] Flat(double[] matrix)
    {
        matrix.CopyTo(_x, 0);
        return _x;
    }

    private Span<double> CopyBatch()
    {
        _batch.CopyTo(_batchCopy, 0);
        return _batchCopy;
    }
}
