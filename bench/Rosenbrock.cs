using System.Runtime.CompilerServices;
using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>Held out: what do value and gradient of Rosenbrock's function in n dimensions cost?</summary>
public class Rosenbrock : ValueAndGradient<NDArray<double>, double>
{
    protected override string TorchName => "rosenbrock";

    protected override NDArray<double> Draw(int n) => (new RandomKey(1).Uniform<double>(n) * 4) - 2;

    protected override NDArray<double> Function(NDArray<double> x) => Sum((100 * Square(x[1..] - Square(x[..^1]))) + Square(1 - x[..^1]));

    protected override void ByHand(Arrays<double> inputs, Arrays<double> outputs)
    {
        var loop = new Loop(inputs[0], outputs[1]);
        Lanes.Run(ref loop);
        outputs[0][0] = loop.Value;
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
            V value = default, other = default;

            // Element i takes part in the terms i − 1 and i; the ends in one alone.
            var i = 1;
            for (; i <= x.Length - 1 - V.Count; i += V.Count)
            {
                var (before, at, after) = (V.Load(in x[i - 1]), V.Load(in x[i]), V.Load(in x[i + 1]));
                var (steep, last, flat) = (after - (at * at), at - (before * before), 1 - at);
                value = V.MultiplyAdd(steep, steep, value);
                other = V.MultiplyAdd(flat, flat, other);
                V.Store(V.MultiplyAdd(-400 * at, steep, V.MultiplyAdd(last, 200, -2 * flat)), ref slope[i]);
            }

            var sum = (100 * V.Sum(value)) + V.Sum(other);
            for (; i < x.Length - 1; i++)
            {
                sum += Term(x, i);
                slope[i] = (-400 * x[i] * (x[i + 1] - (x[i] * x[i]))) - (2 * (1 - x[i])) + (200 * (x[i] - (x[i - 1] * x[i - 1])));
            }

            slope[0] = (-400 * x[0] * (x[1] - (x[0] * x[0]))) - (2 * (1 - x[0]));
            slope[^1] = 200 * (x[^1] - (x[^2] * x[^2]));
            Value = sum + Term(x, 0);
        }

        private static double Term(ReadOnlySpan<double> x, int i)
        {
            var (steep, flat) = (x[i + 1] - (x[i] * x[i]), 1 - x[i]);
            return (100 * steep * steep) + (flat * flat);
        }
    }
}
