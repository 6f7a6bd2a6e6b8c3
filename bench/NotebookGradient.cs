using BenchmarkDotNet.Attributes;
using Grad.Functional;
using MathNet.Numerics.Differentiation;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What do the autograd.grad notebook's gradient and per-sample Jacobian cost, in a plain call and compiled, on its 1,000 points and on more?</summary>
public class NotebookGradient : IQuestion
{
    private readonly NumericalDerivative _differences = new(3, 1);
    private NDArray<double> _x = 0.0, _y = 0.0, _ones = 0.0, _points = 0.0;
    private Action _gradient = () => { }, _jacobian = () => { };
    private double[] _dx = [], _dy = [], _blocks = [];

    [Params(1_000, 100_000)]
    public int N { get; set; } = 1_000;

    [GlobalSetup]
    public void Setup()
    {
        _points = (new RandomKey(42).Uniform<double>(N, 2) * 2) - 1;
        (_x, _y) = (_points[.., 0], _points[.., 1]);
        _ones = NDArray.Ones<double>(N);
        (_dx, _dy, _blocks) = (new double[N], new double[N], new double[6 * N]);
        var gradient = Planned<double>.Compile(p => Ad.Grad(F, p.X, p.Y, gradOutputs: _ones), (X: _x, Y: _y));
        var jacobian = Planned<double>.Compile(p => Ad.BatchJacobian(G, p), _points);
        (_gradient, _jacobian) = (gradient.Run, jacobian.Run);
        _gradient();
        _jacobian();
        Gradient_Loop();
        Jacobian_Loop();
        Agreement.Require("by hand", Planned<double>.Hold(((NDArray<double>)_dx, (NDArray<double>)_dy)), gradient.Outputs, 1e-13);
        Agreement.Require("by hand", Planned<double>.Hold((NDArray<double>)_blocks), jacobian.Outputs, 1e-13);
    }

    [Benchmark] public (NDArray<double>, NDArray<double>) Gradient() => Ad.Grad(F, _x, _y, gradOutputs: _ones);

    [Benchmark] public void Gradient_Compiled() => _gradient();

    [Benchmark] public NDArray<double> Jacobian() => Ad.BatchJacobian(G, _points);

    [Benchmark] public void Jacobian_Compiled() => _jacobian();

    [Benchmark]
    public void Gradient_Loop()
    {
        ReadOnlySpan<double> x = _x.AsSpan(), y = _y.AsSpan();
        for (var i = 0; i < x.Length; i++)
        {
            var cos = Math.Cos(x[i] * y[i] * y[i]);
            _dx[i] = y[i] + (y[i] * y[i] * cos);
            _dy[i] = x[i] + (2 * x[i] * y[i] * cos);
        }
    }

    [Benchmark]
    public void Jacobian_Loop()
    {
        var points = _points.AsSpan();
        for (var i = 0; i < N; i++)
        {
            var (x, y, block) = (points[2 * i], points[(2 * i) + 1], 6 * i);
            var cos = Math.Cos(x + (y * y));
            (_blocks[block], _blocks[block + 1]) = (y, x);
            (_blocks[block + 2], _blocks[block + 3]) = (cos, 2 * y * cos);
            (_blocks[block + 4], _blocks[block + 5]) = (2 * x, -3);
        }
    }

    [Benchmark]
    public void Gradient_MathNet()
    {
        ReadOnlySpan<double> x = _x.AsSpan(), y = _y.AsSpan();
        var at = new double[2];
        for (var i = 0; i < x.Length; i++)
        {
            (at[0], at[1]) = (x[i], y[i]);
            _dx[i] = _differences.EvaluatePartialDerivative(p => (p[0] * p[1]) + Math.Sin(p[0] * p[1] * p[1]), at, 0, 1);
            _dy[i] = _differences.EvaluatePartialDerivative(p => (p[0] * p[1]) + Math.Sin(p[0] * p[1] * p[1]), at, 1, 1);
        }
    }

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in (int[])[1_000, 100_000])
        {
            double? AtThousand(double bar) => n == 1_000 ? bar : null;
            yield return Row.AgainstTorch($"n = {n}: gradient, plain call", $"notebook_gradient {n}", () => At(n).CallGradient, AtThousand(1 / 25.0));
            yield return Row.AgainstTorch($"n = {n}: gradient, compiled", $"notebook_gradient {n}", () => At(n).Gradient_Compiled, AtThousand(1 / 25.0));
            yield return Row.Against($"n = {n}: gradient, plain call, loop by hand", () => (At(n).CallGradient, Gradient_Loop));
            yield return Row.Against($"n = {n}: gradient, compiled, loop by hand", () => (At(n).Gradient_Compiled, Gradient_Loop));
            yield return Row.Against($"n = {n}: gradient, plain call, differences of MathNet", () => (At(n).CallGradient, Gradient_MathNet));
            yield return Row.AgainstTorch($"n = {n}: Jacobian, plain call", $"notebook_jacobian {n}", () => At(n).CallJacobian, AtThousand(1 / 50.0));
            yield return Row.AgainstTorch($"n = {n}: Jacobian, compiled", $"notebook_jacobian {n}", () => At(n).Jacobian_Compiled, AtThousand(1 / 50.0));
            yield return Row.Against($"n = {n}: Jacobian, plain call, loop by hand", () => (At(n).CallJacobian, Jacobian_Loop));
            yield return Row.Against($"n = {n}: Jacobian, compiled, loop by hand", () => (At(n).Jacobian_Compiled, Jacobian_Loop));
        }
    }

    private static NDArray<double> F(NDArray<double> x, NDArray<double> y) => (x * y) + Sin(x * Square(y));

    private static NDArray<double> G(NDArray<double> p) =>
        Stack([p[.., 0] * p[.., 1], Sin(p[.., 0] + Square(p[.., 1])), Square(p[.., 0]) - (3 * p[.., 1])], axis: 1);

    private void CallGradient() => Gradient().Item1.AsSpan();

    private void CallJacobian() => Jacobian().AsSpan();

    private NotebookGradient At(int n)
    {
        if (_blocks.Length != 6 * n)
        {
            N = n;
            Setup();
        }

        return this;
    }
}
