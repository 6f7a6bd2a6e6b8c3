using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What do value and gradient of the sum of sixteen sums, differences and products cost?</summary>
public class CheapOps : ValueAndGradient<(NDArray<double> X, NDArray<double> Y), double>
{
    private double[][] _values = [];
    private double[] _bar = [];

    protected override string TorchName => "cheap_ops";

    protected override bool HasOpByOp => true;

    protected override bool HasLoopAsWritten => true;

    protected override (NDArray<double> X, NDArray<double> Y) Draw(int n)
    {
        (_values, _bar) = ([.. Enumerable.Range(0, 16).Select(_ => new double[n])], new double[n]);
        return (new RandomKey(1).Uniform<double>(n) + 0.5, new RandomKey(2).Uniform<double>(n) + 0.5);
    }

    protected override NDArray<double> Function((NDArray<double> X, NDArray<double> Y) at)
    {
        var (x, y) = at;
        return Sum(((((((x * y + x) * y - x + y) * x - y + x) * y - x + y) * x - y + x) * y) - x);
    }

    protected override (double? Hand, double? Interpreter, double? Gradient, double? Threads) Bars(int n) => (1.1, 2.5, 2, null);

    protected override void ByHand(Arrays<double> inputs, Arrays<double> outputs) => Run<Contracted>(inputs, outputs);

    // Our bits forbid to contract what the user wrote; the gradient may be.
    protected override void ByHandAsWritten(Arrays<double> inputs, Arrays<double> outputs) => Run<AsWritten>(inputs, outputs);

    private static void Run<TRounding>(Arrays<double> inputs, Arrays<double> outputs) where TRounding : struct, IRounding
    {
        var loop = new Loop<TRounding>(inputs[0], inputs[1], outputs[1], outputs[2]);
        Lanes.Run(ref loop);
        outputs[0][0] = loop.Value;
    }

    // Op k of 1 to 15 takes the last value and x or y: sum, product, difference, in turns.
    protected override void OpByOp(Arrays<double> inputs, Arrays<double> outputs)
    {
        Span<double> x = inputs[0], y = inputs[1], dx = outputs[1], dy = outputs[2], bar = _bar;
        TensorPrimitives.Multiply<double>(x, y, _values[0]);
        for (var k = 1; k < 16; k++)
        {
            var operand = k % 2 == 1 ? x : y;
            switch (k % 3)
            {
                case 1:
                    TensorPrimitives.Add<double>(_values[k - 1], operand, _values[k]);
                    break;
                case 2:
                    TensorPrimitives.Multiply<double>(_values[k - 1], operand, _values[k]);
                    break;
                default:
                    TensorPrimitives.Subtract<double>(_values[k - 1], operand, _values[k]);
                    break;
            }
        }

        outputs[0][0] = TensorPrimitives.Sum<double>(_values[15]);
        bar.Fill(1);
        dx.Clear();
        dy.Clear();
        for (var k = 15; k > 0; k--)
        {
            var slope = k % 2 == 1 ? dx : dy;
            switch (k % 3)
            {
                case 1:
                    TensorPrimitives.Add<double>(slope, bar, slope);
                    break;
                case 2:
                    TensorPrimitives.MultiplyAdd<double>(bar, _values[k - 1], slope, slope);
                    TensorPrimitives.Multiply<double>(bar, k % 2 == 1 ? x : y, bar);
                    break;
                default:
                    TensorPrimitives.Subtract<double>(slope, bar, slope);
                    break;
            }
        }

        TensorPrimitives.MultiplyAdd<double>(bar, y, dx, dx);
        TensorPrimitives.MultiplyAdd<double>(bar, x, dy, dy);
    }

    // Steps of the function: x·factor + rest, and x·factor − minus + plus.
    private interface IRounding
    {
        static abstract V Of<V>(V x, V factor, V rest) where V : struct, ILane<V>;

        static abstract V Of<V>(V x, V factor, V minus, V plus) where V : struct, ILane<V>;
    }

    private readonly struct Contracted : IRounding
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x, V factor, V rest) where V : struct, ILane<V> => V.MultiplyAdd(x, factor, rest);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x, V factor, V minus, V plus) where V : struct, ILane<V> => V.MultiplyAdd(x, factor, plus - minus);
    }

    private readonly struct AsWritten : IRounding
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x, V factor, V rest) where V : struct, ILane<V> => (x * factor) + rest;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x, V factor, V minus, V plus) where V : struct, ILane<V> => (x * factor) - minus + plus;
    }

    private ref struct Loop<TRounding>(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> dx, Span<double> dy) : ILaneLoop
        where TRounding : struct, IRounding
    {
        private readonly ReadOnlySpan<double> _x = x, _y = y;
        private readonly Span<double> _dx = dx, _dy = dy;

        public double Value { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IHardwareLane<V, double>
        {
            ReadOnlySpan<double> x = _x, y = _y[..x.Length];
            Span<double> dx = _dx[..x.Length], dy = _dy[..x.Length];
            V sum = default;
            var last = x.Length - V.Count;
            for (var i = 0; i < x.Length; i += V.Count)
            {
                // The last lane ends flush with the data; what it shares with the one before counts once.
                var at = Math.Min(i, last);
                var value = At(V.Load(in x[at]), V.Load(in y[at]), out var slopeX, out var slopeY);
                V.Store(slopeX, ref dx[at]);
                V.Store(slopeY, ref dy[at]);
                sum += at == i ? value : default;
            }

            var total = V.Sum(sum);
            for (var i = x.Length / V.Count * V.Count; i < x.Length; i++)
            {
                total += F64x1.First(At(F64x1.Load(in x[i]), F64x1.Load(in y[i]), out _, out _));
            }

            Value = total;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V At<V>(V x, V y, out V dx, out V dy) where V : struct, ILane<V>
        {
            var a = TRounding.Of(x, y, x);
            var b = TRounding.Of(a, y, x, y);
            var c = TRounding.Of(b, x, y, x);
            var d = TRounding.Of(c, y, x, y);
            var e = TRounding.Of(d, x, y, x);

            // Backwards: each step is value·factor + rest.
            var dE = y;
            dy = e;
            dx = V.Constant(-1);
            dx = dx + V.MultiplyAdd(dE, d, dE);
            dy = dy - dE;
            var dD = dE * x;
            dy = dy + V.MultiplyAdd(dD, c, dD);
            dx = dx - dD;
            var dC = dD * y;
            dx = dx + V.MultiplyAdd(dC, b, dC);
            dy = dy - dC;
            var dB = dC * x;
            dy = dy + V.MultiplyAdd(dB, a, dB);
            dx = dx - dB;
            var dA = dB * y;
            dx = dx + V.MultiplyAdd(dA, y, dA);
            dy = V.MultiplyAdd(dA, x, dy);
            return TRounding.Of(e, y, -x);
        }
    }
}
