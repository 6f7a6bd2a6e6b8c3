using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Grad.Simd;

namespace Bench;

/// <summary>How fast is an elementwise function on a span, beside TensorPrimitives and a plain loop?</summary>
public class Elementwise
{
    private double[] _x = [], _y = [];
    private float[] _xf = [], _yf = [];

    [Params(1_024, 1_000_000)]
    public int N { get; set; } = 1_024;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        (_x, _y) = ([.. Enumerable.Range(0, N).Select(_ => (10 * random.NextDouble()) + 0.01)], new double[N]);
        (_xf, _yf) = ([.. _x.Select(x => (float)x)], new float[N]);
    }

    [Benchmark] public void Exp() => SpanMath.Exp<double>(_x, _y);

    [Benchmark] public void Exp_TensorPrimitives() => TensorPrimitives.Exp<double>(_x, _y);

    [Benchmark] public void Exp_Loop() => Loop(Math.Exp);

    [Benchmark] public void Log() => SpanMath.Log<double>(_x, _y);

    [Benchmark] public void Log_TensorPrimitives() => TensorPrimitives.Log<double>(_x, _y);

    [Benchmark] public void Sin() => SpanMath.Sin<double>(_x, _y);

    [Benchmark] public void Sin_TensorPrimitives() => TensorPrimitives.Sin<double>(_x, _y);

    [Benchmark] public void Cos() => SpanMath.Cos<double>(_x, _y);

    [Benchmark] public void Cos_TensorPrimitives() => TensorPrimitives.Cos<double>(_x, _y);

    [Benchmark] public void Tanh() => SpanMath.Tanh<double>(_x, _y);

    [Benchmark] public void Tanh_TensorPrimitives() => TensorPrimitives.Tanh<double>(_x, _y);

    [Benchmark] public void Sigmoid() => SpanMath.Sigmoid<double>(_x, _y);

    [Benchmark] public void Sigmoid_TensorPrimitives() => TensorPrimitives.Sigmoid<double>(_x, _y);

    [Benchmark] public void ExpFloat() => SpanMath.Exp<float>(_xf, _yf);

    [Benchmark] public void ExpFloat_TensorPrimitives() => TensorPrimitives.Exp<float>(_xf, _yf);

    [Benchmark] public void LogFloat() => SpanMath.Log<float>(_xf, _yf);

    [Benchmark] public void LogFloat_TensorPrimitives() => TensorPrimitives.Log<float>(_xf, _yf);

    [Benchmark] public void SinFloat() => SpanMath.Sin<float>(_xf, _yf);

    [Benchmark] public void SinFloat_TensorPrimitives() => TensorPrimitives.Sin<float>(_xf, _yf);

    [Benchmark] public void TanhFloat() => SpanMath.Tanh<float>(_xf, _yf);

    [Benchmark] public void TanhFloat_TensorPrimitives() => TensorPrimitives.Tanh<float>(_xf, _yf);

    private void Loop(Func<double, double> f)
    {
        for (var i = 0; i < _x.Length; i++)
        {
            _y[i] = f(_x[i]);
        }
    }
}
