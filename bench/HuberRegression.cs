using System.Runtime.CompilerServices;
using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>Held out: what do the Huber loss of a line through n points and its gradient cost, by slope and intercept?</summary>
public class HuberRegression : ValueAndGradient<(NDArray<double> Slope, NDArray<double> Intercept), double>
{
    private const double Delta = 0.5;
    private NDArray<double> _x = 0.0, _y = 0.0;

    protected override string TorchName => "huber_regression";

    protected override (NDArray<double> Slope, NDArray<double> Intercept) Draw(int n)
    {
        _x = new RandomKey(1).Uniform<double>(n);
        _y = (2 * _x) + 1 + (new RandomKey(2).Normal<double>(n) * 0.6);
        return (1.8, 1.1);
    }

    protected override NDArray<double> Function((NDArray<double> Slope, NDArray<double> Intercept) line)
    {
        var residual = (line.Slope * _x) + line.Intercept - _y;
        var size = Abs(residual);
        return Mean(Where(size <= Delta, 0.5 * Square(residual), Delta * (size - (0.5 * Delta))));
    }

    // The slope of the loss is the residual, cut off at ±delta.
    protected override void ByHand(Arrays<double> inputs, Arrays<double> outputs)
    {
        var loop = new Loop(_x.AsSpan(), _y.AsSpan(), inputs[0][0], inputs[1][0]);
        Lanes.Run(ref loop);
        (outputs[0][0], outputs[1][0], outputs[2][0]) = (loop.Value / _x.Length, loop.BySlope / _x.Length, loop.ByIntercept / _x.Length);
    }

    private ref struct Loop(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double slope, double intercept) : ILaneLoop
    {
        private readonly ReadOnlySpan<double> _x = x, _y = y;

        public double Value { get; private set; }

        public double BySlope { get; private set; }

        public double ByIntercept { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IHardwareLane<V, double>
        {
            var x = _x;
            var y = _y[..x.Length];
            V a = V.Broadcast(slope), b = V.Broadcast(intercept);
            V value = default, bySlope = default, byIntercept = default, value2 = default, bySlope2 = default, byIntercept2 = default;
            var i = 0;
            for (; i <= x.Length - (2 * V.Count); i += 2 * V.Count)
            {
                Add(V.Load(in x[i]), V.Load(in y[i]), a, b, ref value, ref bySlope, ref byIntercept);
                Add(V.Load(in x[i + V.Count]), V.Load(in y[i + V.Count]), a, b, ref value2, ref bySlope2, ref byIntercept2);
            }

            F64x1 v = F64x1.Broadcast(V.Sum(value + value2)), s = F64x1.Broadcast(V.Sum(bySlope + bySlope2));
            var t = F64x1.Broadcast(V.Sum(byIntercept + byIntercept2));
            for (; i < x.Length; i++)
            {
                Add(F64x1.Load(in x[i]), F64x1.Load(in y[i]), F64x1.Broadcast(slope), F64x1.Broadcast(intercept), ref v, ref s, ref t);
            }

            (Value, BySlope, ByIntercept) = (F64x1.First(v), F64x1.First(s), F64x1.First(t));
        }

        // With the cut-off residual c the loss is c·(r − c/2), within delta and beyond it.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Add<V>(V x, V y, V a, V b, ref V value, ref V bySlope, ref V byIntercept) where V : struct, IHardwareLane<V, double>
        {
            var residual = V.MultiplyAdd(a, x, b) - y;
            var cut = V.AtMost(V.AtLeast(residual, -Delta), Delta);
            value = V.MultiplyAdd(cut, V.MultiplyAdd(cut, -0.5, residual), value);
            bySlope = V.MultiplyAdd(cut, x, bySlope);
            byIntercept += cut;
        }
    }
}
