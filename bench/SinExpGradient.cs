using BenchmarkDotNet.Attributes;
using Grad.Functional;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What does the gradient of sum(sin x · exp(−x²)) cost, in float, from what fits the first cache to what fits none?</summary>
public class SinExpGradient : IQuestion
{
    private NDArray<float> _x = 0f;

    [Params(1_000, 100_000, 10_000_000)]
    public int N { get; set; } = 1_000;

    [GlobalSetup]
    public void Setup() => _x = (new RandomKey(7).Uniform<float>(N) * 4) - 2;

    [Benchmark] public NDArray<float> Gradient() => Ad.Grad(x => Sum(Sin(x) * Exp(-x * x)), _x);

    [Benchmark]
    public float Gradient_Loop()
    {
        var x = _x.AsSpan();
        var last = 0f;
        var result = new float[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var (sin, cos) = MathF.SinCos(x[i]);
            result[i] = last = MathF.Exp(-x[i] * x[i]) * (cos - (2 * x[i] * sin));
        }

        return last;
    }

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in (int[])[1_000, 100_000, 10_000_000])
        {
            yield return Row.AgainstTorch($"sin·exp f32, n = {n}", $"sin_exp_gradient {n}", () => At(n, s => s.Gradient().AsSpan()));
            yield return Row.Against($"sin·exp f32, n = {n}, loop by hand", () => (At(n, s => s.Gradient().AsSpan()), At(n, s => s.Gradient_Loop())));
        }
    }

    private static Action At(int n, Action<SinExpGradient> action)
    {
        var question = new SinExpGradient { N = n };
        question.Setup();
        return () => action(question);
    }
}
