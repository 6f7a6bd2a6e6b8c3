using BenchmarkDotNet.Attributes;
using Grad.Functional;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>
/// What does the gradient of sum(sin x · exp(−x²)) cost, in float, on one thread, in a plain call and compiled, from what fits the first cache to what
/// fits none?
/// </summary>
public class SinExpGradient : IQuestion
{
    private static readonly GradOptions s_oneThread = new() { MaxDegreeOfParallelism = 1 };
    private NDArray<float> _x = 0f;
    private Action _compiled = () => { };
    private float[] _slope = [];

    [Params(1_000, 100_000, 10_000_000)]
    public int N { get; set; } = 1_000;

    [GlobalSetup]
    public void Setup()
    {
        _x = (new RandomKey(7).Uniform<float>(N) * 4) - 2;
        _slope = new float[N];
        _compiled = Planned<float>.Compile(x => Ad.Grad(F, x), _x).Run;
    }

    [Benchmark] public NDArray<float> Gradient() => Ad.Grad(F, _x, options: s_oneThread);

    [Benchmark] public void Gradient_Compiled() => _compiled();

    [Benchmark]
    public void Gradient_Loop()
    {
        var x = _x.AsSpan();
        for (var i = 0; i < x.Length; i++)
        {
            var (sin, cos) = MathF.SinCos(x[i]);
            _slope[i] = MathF.Exp(-x[i] * x[i]) * (cos - (2 * x[i] * sin));
        }
    }

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in (int[])[1_000, 100_000, 10_000_000])
        {
            double? bar = n > 1_000 ? 1 / 10.0 : null;
            yield return Row.AgainstTorch($"n = {n}: plain call", $"sin_exp_gradient {n}", () => At(n).CallPlainly, bar);
            yield return Row.AgainstTorch($"n = {n}: compiled", $"sin_exp_gradient {n}", () => At(n).Gradient_Compiled, bar);
            yield return Row.Against($"n = {n}: plain call, loop of Math", () => (At(n).CallPlainly, Gradient_Loop));
        }
    }

    private static NDArray<float> F(NDArray<float> x) => Sum(Sin(x) * Exp(-x * x));

    private void CallPlainly() => Gradient().AsSpan();

    private SinExpGradient At(int n)
    {
        if (_slope.Length != n)
        {
            N = n;
            Setup();
        }

        return this;
    }
}
