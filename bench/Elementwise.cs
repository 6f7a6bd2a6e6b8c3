using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Grad.Simd;

namespace Bench;

/// <summary>How fast is an elementwise function on a span, beside TensorPrimitives and a plain loop?</summary>
public class Elementwise : IQuestion
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

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in (int[])[1_024, 1_000_000])
        {
            double? At1024(double bar) => n == 1_024 ? bar : null;
            yield return Compare("exp f64", e => (e.Exp, e.Exp_TensorPrimitives), At1024(0.67));
            yield return Compare("log f64", e => (e.Log, e.Log_TensorPrimitives), At1024(0.76));
            yield return Compare("sin f64", e => (e.Sin, e.Sin_TensorPrimitives), At1024(0.42));
            yield return Compare("cos f64", e => (e.Cos, e.Cos_TensorPrimitives));
            yield return Compare("tanh f64", e => (e.Tanh, e.Tanh_TensorPrimitives));
            yield return Compare("sigmoid f64", e => (e.Sigmoid, e.Sigmoid_TensorPrimitives));
            yield return Compare("exp f32", e => (e.ExpFloat, e.ExpFloat_TensorPrimitives), At1024(0.44));
            yield return Compare("log f32", e => (e.LogFloat, e.LogFloat_TensorPrimitives));
            yield return Compare("sin f32", e => (e.SinFloat, e.SinFloat_TensorPrimitives));
            yield return Compare("tanh f32", e => (e.TanhFloat, e.TanhFloat_TensorPrimitives));

            Row Compare(string name, Func<Elementwise, (Action, Action?)> pair, double? bar = null) =>
                Row.Against($"{name}, n = {n}, TensorPrimitives", () => pair(At(n)), bar);
        }
    }

    private static Elementwise At(int n)
    {
        var question = new Elementwise { N = n };
        question.Setup();
        return question;
    }

    private void Loop(Func<double, double> f)
    {
        for (var i = 0; i < _x.Length; i++)
        {
            _y[i] = f(_x[i]);
        }
    }
}
