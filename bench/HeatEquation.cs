using System.Runtime.CompilerServices;
using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>
/// Held out: what does a stencil cost? Fifty explicit steps of the heat equation on a rod whose ends are held, the sum of squares at the end, and its gradient by the
/// beginning: slices side by side, joined again.
/// </summary>
public class HeatEquation : ValueAndGradient<NDArray<double>, double>
{
    private const int Steps = 50;
    private const double Rate = 0.1;
    private double[] _now = [], _next = [];

    private protected override int[] AskedSizes => [1_000, 100_000];

    protected override NDArray<double> Draw(int n)
    {
        (_now, _next) = (new double[n], new double[n]);
        return new RandomKey(1).Uniform<double>(n);
    }

    protected override NDArray<double> Function(NDArray<double> x)
    {
        var n = x.Shape[0];
        for (var step = 0; step < Steps; step++)
        {
            var inner = x[1..(n - 1)];
            x = Concatenate([x[..1], inner + (Rate * (x[2..n] - (2 * inner) + x[..(n - 2)])), x[(n - 1)..]]);
        }

        return Sum(x * x);
    }

    // The steps are linear: their adjoint is as short.
    protected override void ByHand(Arrays<double> inputs, Arrays<double> outputs)
    {
        inputs[0].CopyTo(_now);
        for (var step = 0; step < Steps; step++)
        {
            (_next[0], _next[^1]) = (_now[0], _now[^1]);
            Lap();
        }

        outputs[0][0] = Fold.Dot<double>(_now, _now);
        SpanMath.Multiply<double>(_now, 2, _now);
        for (var step = 0; step < Steps; step++)
        {
            var (start, end) = (_now[0] + (Rate * _now[1]), _now[^1] + (Rate * _now[^2]));
            (_now[0], _now[^1]) = (0, 0);
            (_next[0], _next[^1]) = (start, end);
            Lap();
        }

        _now.CopyTo(outputs[1]);
    }

    // All but the ends, from now to next, which change places.
    private void Lap()
    {
        var loop = new Loop(_now, _next);
        Lanes.Run(ref loop);
        (_now, _next) = (_next, _now);
    }

    private readonly ref struct Loop(ReadOnlySpan<double> now, Span<double> next) : ILaneLoop
    {
        private readonly ReadOnlySpan<double> _now = now;
        private readonly Span<double> _next = next;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IHardwareLane<V, double>
        {
            var now = _now;
            var next = _next[..now.Length];
            var i = 1;
            for (; i <= now.Length - 1 - V.Count; i += V.Count)
            {
                V.Store(V.MultiplyAdd(V.Load(in now[i]), 1 - (2 * Rate), Rate * (V.Load(in now[i - 1]) + V.Load(in now[i + 1]))), ref next[i]);
            }

            for (; i < now.Length - 1; i++)
            {
                next[i] = (now[i] * (1 - (2 * Rate))) + (Rate * (now[i - 1] + now[i + 1]));
            }
        }
    }
}
