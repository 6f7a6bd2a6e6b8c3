using BenchmarkDotNet.Attributes;
using Grad.Functional;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What do two threads gain over one in a product of square matrices?</summary>
public class TwoThreads : IQuestion
{
    private Action _one = () => { }, _two = () => { };

    [Params(256, 1_024)]
    public int N { get; set; } = 256;

    [GlobalSetup]
    public void Setup()
    {
        var matrices = (A: new RandomKey(1).Normal<double>(N, N), B: new RandomKey(2).Normal<double>(N, N));
        _one = Planned<double>.Compile(m => MatMul(m.A, m.B), matrices).Run;
        _two = Planned<double>.Compile(m => MatMul(m.A, m.B), matrices, threads: 2).Run;
    }

    [Benchmark] public void Product() => _one();

    [Benchmark] public void Product_TwoThreads() => _two();

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in (int[])[256, 1_024])
        {
            yield return Row.Against(
                $"gemm f64, n = {n}: two threads, one",
                () =>
                {
                    N = n;
                    Setup();
                    return (Product_TwoThreads, Product);
                },
                n == 1_024 ? 1 / 1.8 : null);
        }
    }
}
