using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What do value and gradient of sum(sin(ax + b)·exp(−x²)) cost, in double?</summary>
public class SinExp : ValueAndGradient<NDArray<double>, double>
{
    private const double A = 1.3, B = 0.2;
    private double[] _angle = [], _bell = [], _sin = [], _cos = [];

    protected override string TorchName => "sin_exp";

    protected override bool HasOpByOp => true;

    protected override NDArray<double> Draw(int n)
    {
        (_angle, _bell, _sin, _cos) = (new double[n], new double[n], new double[n], new double[n]);
        return (new RandomKey(1).Uniform<double>(n) * 4) - 2;
    }

    protected override NDArray<double> Function(NDArray<double> x) => Sum(Sin((A * x) + B) * Exp(-x * x));

    protected override (double? Hand, double? Interpreter, double? Gradient, double? Threads) Bars(int n) =>
        (1.1, 1.35, 2, n >= 1_000_000 ? 1 / 1.8 : null);

    protected override void ByHand(Arrays<double> inputs, Arrays<double> outputs)
    {
        var loop = new Loop(inputs[0], outputs[1]);
        Lanes.Run(ref loop);
        outputs[0][0] = loop.Value;
    }

    protected override void OpByOp(Arrays<double> inputs, Arrays<double> outputs)
    {
        Span<double> x = inputs[0], slope = outputs[1];
        TensorPrimitives.Multiply(x, A, _angle);
        TensorPrimitives.Add(_angle, B, _angle);
        TensorPrimitives.Multiply(x, x, _bell);
        TensorPrimitives.Negate<double>(_bell, _bell);
        TensorPrimitives.Exp<double>(_bell, _bell);
        TensorPrimitives.SinCos<double>(_angle, _sin, _cos);
        TensorPrimitives.Multiply<double>(_sin, _bell, _sin);
        outputs[0][0] = TensorPrimitives.Sum<double>(_sin);
        TensorPrimitives.Multiply<double>(_cos, _bell, _cos);
        TensorPrimitives.Multiply(_cos, A, _cos);
        TensorPrimitives.Multiply<double>(_sin, x, _sin);
        TensorPrimitives.MultiplyAdd(_sin, -2, _cos, slope);
    }

    private ref struct Loop(ReadOnlySpan<double> x, Span<double> slope) : ILaneLoop
    {
        private readonly ReadOnlySpan<double> _x = x;
        private readonly Span<double> _slope = slope;

        public double Value { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IHardwareLane<V, double>
        {
            var x = _x;
            var slope = _slope[..x.Length];
            V values = default;
            var i = 0;
            for (; i <= x.Length - V.Count; i += V.Count)
            {
                var z = V.Load(in x[i]);
                Lanes.SinCos(V.MultiplyAdd(A, z, B), out var sin, out var cos);
                var bell = V.Exp(-(z * z));
                var y = sin * bell;
                values += y;
                V.Store(V.MultiplyAdd(y * z, -2, cos * bell * A), ref slope[i]);
            }

            var sum = V.Sum(values);
            for (; i < x.Length; i++)
            {
                var (sin, cos) = Math.SinCos((A * x[i]) + B);
                var bell = Math.Exp(-x[i] * x[i]);
                sum += sin * bell;
                slope[i] = (cos * bell * A) - (2 * sin * bell * x[i]);
            }

            Value = sum;
        }
    }
}
