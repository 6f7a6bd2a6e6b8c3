using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>Held out: what do the loss of a logistic regression with 32 features and its gradient cost?</summary>
public class LogisticRegression : ValueAndGradient<NDArray<double>, double>
{
    private const int Features = 32, Tile = 256;
    private const double Penalty = 0.01;
    private readonly double[] _margins = new double[Tile], _slopes = new double[Tile];
    private NDArray<double> _data = 0.0, _signs = 0.0;

    /// <summary>The samples.</summary>
    private protected override int[] AskedSizes => [1_000, 10_000, 100_000];

    protected override string TorchName => "logistic_regression";

    protected override NDArray<double> Draw(int n)
    {
        _data = new RandomKey(1).Normal<double>(n, Features);
        _signs = Where(new RandomKey(2).Uniform<double>(n) < 0.5, -1.0, 1.0);
        return new RandomKey(3).Normal<double>(Features) * 0.3;
    }

    protected override NDArray<double> Function(NDArray<double> w) =>
        Mean(Softplus(-_signs * MatMul(_data, w))) + (0.5 * Penalty * Sum(Square(w)));

    // Tile by tile: margins, their losses and slopes, and the rows weighted by them, while the rows are in the cache.
    protected override void ByHand(Arrays<double> inputs, Arrays<double> outputs)
    {
        ReadOnlySpan<double> w = inputs[0], data = _data.AsSpan(), signs = _signs.AsSpan();
        var gradient = outputs[1];
        gradient.Clear();
        var (n, sum) = (signs.Length, 0.0);
        for (var start = 0; start < n; start += Tile)
        {
            var count = Math.Min(Tile, n - start);
            var rows = data.Slice(start * Features, count * Features);
            Span<double> margins = _margins.AsSpan(0, count), slopes = _slopes.AsSpan(0, count);
            var products = new Products(rows, w, signs.Slice(start, count), margins);
            Lanes.Run(ref products);
            var losses = new Losses(margins, slopes);
            Lanes.Run(ref losses);
            sum += losses.Sum;
            var weighted = new WeightedRows(rows, signs.Slice(start, count), slopes, gradient);
            Lanes.Run(ref weighted);
        }

        for (var j = 0; j < Features; j++)
        {
            gradient[j] = (gradient[j] / n) + (Penalty * w[j]);
        }

        outputs[0][0] = (sum / n) + (0.5 * Penalty * SpanMath.Dot(w, w));
    }

    private readonly ref struct Products(ReadOnlySpan<double> rows, ReadOnlySpan<double> w, ReadOnlySpan<double> signs, Span<double> margins) : ILaneLoop
    {
        private readonly ReadOnlySpan<double> _rows = rows, _w = w, _signs = signs;
        private readonly Span<double> _margins = margins;

        public void Run<V>() where V : struct, IHardwareLane<V, double>
        {
            for (var i = 0; i < _margins.Length; i++)
            {
                var row = _rows.Slice(i * Features, Features);
                V even = default, odd = default;
                for (var j = 0; j < Features; j += 2 * V.Count)
                {
                    even = V.MultiplyAdd(V.Load(in row[j]), V.Load(in _w[j]), even);
                    odd = V.MultiplyAdd(V.Load(in row[j + V.Count]), V.Load(in _w[j + V.Count]), odd);
                }

                _margins[i] = -_signs[i] * V.Sum(even + odd);
            }
        }
    }

    // One exponential for the loss, log(1 + e to the margin), and for its slope.
    private ref struct Losses(Span<double> margins, Span<double> slopes) : ILaneLoop
    {
        private readonly Span<double> _margins = margins, _slopes = slopes;

        public double Sum { get; private set; }

        public void Run<V>() where V : struct, IHardwareLane<V, double>
        {
            var i = 0;
            V sum = default;
            for (; i <= _margins.Length - V.Count; i += V.Count)
            {
                sum += At(V.Load(in _margins[i]), out var slope);
                V.Store(slope, ref _slopes[i]);
            }

            Sum = V.Sum(sum);
            for (; i < _margins.Length; i++)
            {
                Sum += F64x1.First(At(F64x1.Load(in _margins[i]), out var slope));
                F64x1.Store(slope, ref _slopes[i]);
            }
        }

        private static V At<V>(V margin, out V slope) where V : struct, ILane<V>
        {
            var e = V.Exp(-V.Abs(margin));
            slope = V.Select(V.LessThan(margin, V.Constant(0)), e, V.Constant(1)) / (1 + e);
            return V.Max(margin, V.Constant(0)) + V.LogP1(e);
        }
    }

    private readonly ref struct WeightedRows(ReadOnlySpan<double> rows, ReadOnlySpan<double> signs, ReadOnlySpan<double> slopes, Span<double> gradient)
        : ILaneLoop
    {
        private readonly ReadOnlySpan<double> _rows = rows, _signs = signs, _slopes = slopes;
        private readonly Span<double> _gradient = gradient;

        public void Run<V>() where V : struct, IHardwareLane<V, double>
        {
            for (var j = 0; j < Features; j += 2 * V.Count)
            {
                V left = V.Load(in _gradient[j]), right = V.Load(in _gradient[j + V.Count]);
                for (var i = 0; i < _slopes.Length; i++)
                {
                    var factor = V.Broadcast(-_signs[i] * _slopes[i]);
                    left = V.MultiplyAdd(factor, V.Load(in _rows[(i * Features) + j]), left);
                    right = V.MultiplyAdd(factor, V.Load(in _rows[(i * Features) + j + V.Count]), right);
                }

                V.Store(left, ref _gradient[j]);
                V.Store(right, ref _gradient[j + V.Count]);
            }
        }
    }
}
