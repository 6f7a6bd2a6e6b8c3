using BenchmarkDotNet.Attributes;
using Grad.Functional;

namespace Bench;

/// <summary>What does a call of a compiled function cost beside its work: 2x + 1 of one number?</summary>
public class CallOverhead : IQuestion
{
    private static readonly NDArray<double> s_at = 0.3;
    private readonly double[] _x = [0.3], _value = [0], _grad = [0];
    private readonly Compiled<NDArray<double>, NDArray<double>> _f = Ad.Compile(x => (2 * x) + 1, s_at);
    private readonly Compiled<NDArray<double>, (NDArray<double> Value, NDArray<double> Grad)> _both =
        Ad.Compile(x => Ad.ValueAndGrad(y => (2 * y) + 1, x), s_at);

    [Benchmark] public void Run() => _f.Run(_x, _value);

    [Benchmark] public void RunValueAndGrad() => _both.Run(_x, _value, _grad);

    [Benchmark] public NDArray<double> Invoke() => _f.Invoke(s_at);

    IEnumerable<Row> IQuestion.Rows()
    {
        yield return Row.Alone("Run, value", () => Run, 1, 100);
        yield return Row.Alone("Run, value and gradient", () => RunValueAndGrad, 1, 100);
        yield return Row.Alone("Invoke, value", () => () => Invoke().AsSpan(), 1);
    }
}
