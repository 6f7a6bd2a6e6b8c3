using System.Runtime.CompilerServices;
using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What do a Gaussian log-likelihood of n numbers and its gradient cost, by mean and logarithm of the deviation?</summary>
public class GaussianLogLikelihood : ValueAndGradient<(NDArray<double> Mean, NDArray<double> LogDeviation), double>
{
    private static readonly double s_halfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);
    private NDArray<double> _data = 0.0;

    protected override string TorchName => "gaussian_log_likelihood";

    protected override (NDArray<double> Mean, NDArray<double> LogDeviation) Draw(int n)
    {
        _data = new RandomKey(1).Normal<double>(n);
        return (0.1, 0.2);
    }

    protected override NDArray<double> Function((NDArray<double> Mean, NDArray<double> LogDeviation) at) =>
        Sum((-0.5 * Square((_data - at.Mean) / Exp(at.LogDeviation))) - at.LogDeviation - s_halfLogTwoPi);

    // Sums of the differences and of their squares are all there is to it.
    protected override void ByHand(Arrays<double> inputs, Arrays<double> outputs)
    {
        var (mean, logDeviation) = (inputs[0][0], inputs[1][0]);
        var loop = new Loop(_data.AsSpan(), mean);
        Lanes.Run(ref loop);
        var (n, precision) = (_data.Length, Math.Exp(-2 * logDeviation));
        outputs[0][0] = (-0.5 * precision * loop.Squares) - (n * (logDeviation + s_halfLogTwoPi));
        outputs[1][0] = precision * loop.Differences;
        outputs[2][0] = (precision * loop.Squares) - n;
    }

    private ref struct Loop(ReadOnlySpan<double> data, double mean) : ILaneLoop
    {
        private readonly ReadOnlySpan<double> _data = data;

        public double Differences { get; private set; }

        public double Squares { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IHardwareLane<V, double>
        {
            var data = _data;
            var m = V.Broadcast(mean);
            V a = default, b = default, c = default, d = default, aa = default, bb = default, cc = default, dd = default;
            var i = 0;
            for (; i <= data.Length - (4 * V.Count); i += 4 * V.Count)
            {
                var (w, x) = (V.Load(in data[i]) - m, V.Load(in data[i + V.Count]) - m);
                var (y, z) = (V.Load(in data[i + (2 * V.Count)]) - m, V.Load(in data[i + (3 * V.Count)]) - m);
                (a, b, c, d) = (a + w, b + x, c + y, d + z);
                (aa, bb, cc, dd) = (V.MultiplyAdd(w, w, aa), V.MultiplyAdd(x, x, bb), V.MultiplyAdd(y, y, cc), V.MultiplyAdd(z, z, dd));
            }

            var (sum, squares) = (V.Sum(a + b + (c + d)), V.Sum(aa + bb + (cc + dd)));
            for (; i < data.Length; i++)
            {
                var difference = data[i] - mean;
                (sum, squares) = (sum + difference, squares + (difference * difference));
            }

            (Differences, Squares) = (sum, squares);
        }
    }
}
