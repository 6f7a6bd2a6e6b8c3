using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Grad.Simd;

namespace Bench;

/// <summary>How fast are sums and dot products, beside TensorPrimitives?</summary>
public class Reduction : IQuestion
{
    private double[] _x = [], _y = [];

    [Params(1_024, 1_000_000)]
    public int N { get; set; } = 1_024;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        (_x, _y) = ([.. Enumerable.Range(0, N).Select(_ => random.NextDouble())], [.. Enumerable.Range(0, N).Select(_ => random.NextDouble())]);
    }

    [Benchmark] public double Sum() => SpanMath.Sum<double>(_x);

    [Benchmark] public double Sum_TensorPrimitives() => TensorPrimitives.Sum<double>(_x);

    [Benchmark] public double Dot() => SpanMath.Dot<double>(_x, _y);

    [Benchmark] public double Dot_TensorPrimitives() => TensorPrimitives.Dot<double>(_x, _y);

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in (int[])[1_024, 1_000_000])
        {
            yield return Row.Against($"sum f64, n = {n}, TensorPrimitives", () => At(n, r => (() => r.Sum(), () => r.Sum_TensorPrimitives())));
            yield return Row.Against($"dot f64, n = {n}, TensorPrimitives", () => At(n, r => (() => r.Dot(), () => r.Dot_TensorPrimitives())));
        }
    }

    private static (Action, Action?) At(int n, Func<Reduction, (Action, Action?)> pair)
    {
        var question = new Reduction { N = n };
        question.Setup();
        return pair(question);
    }
}
