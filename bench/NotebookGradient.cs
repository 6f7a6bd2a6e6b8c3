using BenchmarkDotNet.Attributes;
using Grad.Functional;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What do the autograd.grad notebook's gradient and per-sample Jacobian cost, on its 1,000 points?</summary>
public class NotebookGradient : IQuestion
{
    private NDArray<double> _x = 0.0, _y = 0.0, _ones = 0.0, _points = 0.0;

    [Params(1_000)]
    public int N { get; set; } = 1_000;

    [GlobalSetup]
    public void Setup()
    {
        _points = (new RandomKey(42).Uniform<double>(N, 2) * 2) - 1;
        (_x, _y) = (_points[.., 0], _points[.., 1]);
        _ones = NDArray.Ones<double>(N);
    }

    [Benchmark] public (NDArray<double>, NDArray<double>) Gradient() => Ad.Grad((x, y) => (x * y) + Sin(x * Square(y)), _x, _y, gradOutputs: _ones);

    [Benchmark]
    public NDArray<double> Jacobian() => Ad.BatchJacobian(
        p => Stack([p[.., 0] * p[.., 1], Sin(p[.., 0] + Square(p[.., 1])), Square(p[.., 0]) - (3 * p[.., 1])], axis: 1), _points);

    [Benchmark]
    public double Gradient_Loop()
    {
        var x = _x.AsSpan();
        var y = _y.AsSpan();
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var cos = Math.Cos(x[i] * y[i] * y[i]);
            sum += y[i] + (y[i] * y[i] * cos) + x[i] + (2 * x[i] * y[i] * cos);
        }

        return sum;
    }

    IEnumerable<Row> IQuestion.Rows()
    {
        yield return Row.AgainstTorch("notebook gradient", "notebook_gradient", () => Ready(() => Gradient().Item1.AsSpan()), 1 / 5.0);
        yield return Row.Against("notebook gradient, loop by hand", () => (Ready(() => Gradient().Item1.AsSpan()), () => Gradient_Loop()));
        yield return Row.AgainstTorch("notebook Jacobian", "notebook_jacobian", () => Ready(() => Jacobian().AsSpan()));
    }

    private Action Ready(Action action)
    {
        Setup();
        return action;
    }
}
