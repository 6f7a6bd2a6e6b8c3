using System.Runtime.CompilerServices;
using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>
/// Held out: what do a squared loss behind log-sum-exp pooling and its gradient cost, of n rows of eight positions by sixteen channels pooled over the
/// positions?
/// </summary>
public class LogSumExpPooling : ValueAndGradient<NDArray<double>, double>
{
    private const int Positions = 8, Channels = 16;
    private const double Sharpness = 2.5;
    private NDArray<double> _target = 0.0;

    /// <summary>The rows.</summary>
    private protected override int[] AskedSizes => [10, 1_000, 10_000];

    protected override string TorchName => "log_sum_exp_pooling";

    protected override NDArray<double> Draw(int n)
    {
        _target = new RandomKey(2).Uniform<double>(n, Channels);
        return new RandomKey(1).Normal<double>(n, Positions, Channels);
    }

    protected override NDArray<double> Function(NDArray<double> x) =>
        Mean(Square((LogSumExp(Sharpness * x, axis: 1) / Sharpness) - _target));

    protected override void ByHand(Arrays<double> inputs, Arrays<double> outputs)
    {
        var loop = new Loop(inputs[0], _target.AsSpan(), outputs[1]);
        Lanes.Run(ref loop);
        outputs[0][0] = loop.Value;
    }

    private ref struct Loop(ReadOnlySpan<double> x, ReadOnlySpan<double> target, Span<double> slope) : ILaneLoop
    {
        private readonly ReadOnlySpan<double> _x = x, _target = target;
        private readonly Span<double> _slope = slope;

        public double Value { get; private set; }

        // Channels stand side by side in a lane; the exponentials wait in the slope for their sum.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IHardwareLane<V, double>
        {
            var (count, total) = (_target.Length, V.Constant(0));
            for (var row = 0; row < count / Channels; row++)
            {
                for (var channel = 0; channel < Channels; channel += V.Count)
                {
                    ReadOnlySpan<double> x = _x[((row * Positions * Channels) + channel)..];
                    var slope = _slope[((row * Positions * Channels) + channel)..];
                    var max = V.Load(in x[0]);
                    for (var i = 1; i < Positions; i++)
                    {
                        max = V.Max(max, V.Load(in x[i * Channels]));
                    }

                    V sum = default;
                    for (var i = 0; i < Positions; i++)
                    {
                        var e = V.Exp(Sharpness * (V.Load(in x[i * Channels]) - max));
                        sum += e;
                        V.Store(e, ref slope[i * Channels]);
                    }

                    var error = V.Log(sum) / Sharpness + max - V.Load(in _target[(row * Channels) + channel]);
                    total = V.MultiplyAdd(error, error, total);
                    var factor = 2.0 / count * error / sum;
                    for (var i = 0; i < Positions; i++)
                    {
                        V.Store(V.Load(in slope[i * Channels]) * factor, ref slope[i * Channels]);
                    }
                }
            }

            Value = V.Sum(total) / count;
        }
    }
}
