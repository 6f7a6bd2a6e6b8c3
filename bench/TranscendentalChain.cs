using System.Numerics.Tensors;
using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What do value and gradient of a chain of sixteen transcendental functions cost, each of the one before?</summary>
public class TranscendentalChain : ValueAndGradient<NDArray<double>, double>
{
    // By hand: kernel by kernel over tiles that stay in the first-level cache, since a loop over registers would wait for its own results.
    private const int Tile = 512;
    private readonly double[] _y = new double[Tile], _other = new double[Tile];
    private double[] _long = [], _longOther = [];

    protected override string TorchName => "transcendental_chain";

    protected override bool HasOpByOp => true;

    protected override NDArray<double> Draw(int n)
    {
        (_long, _longOther) = (new double[n], new double[n]);
        return new RandomKey(1).Uniform<double>(n) + 0.5;
    }

    protected override NDArray<double> Function(NDArray<double> x)
    {
        for (var k = 0; k < 4; k++)
        {
            x = Cos(Tanh(Exp(Sin(x))));
        }

        return Sum(x);
    }

    protected override (double? Hand, double? Interpreter, double? Gradient, double? Threads) Bars(int n) =>
        (1.1, 1.35, 2, n >= 1_000_000 ? 1 / 1.8 : null);

    // The slope goes along: every function's slope is at hand where its value is.
    protected override void ByHand(Arrays<double> inputs, Arrays<double> outputs)
    {
        var sum = 0.0;
        for (var start = 0; start < inputs[0].Length; start += Tile)
        {
            var x = inputs[0].Slice(start, Math.Min(Tile, inputs[0].Length - start));
            Span<double> slope = outputs[1].Slice(start, x.Length), y = _y.AsSpan(0, x.Length), other = _other.AsSpan(0, x.Length);
            for (var k = 0; k < 4; k++)
            {
                var from = k == 0 ? x : y;
                SpanMath.Cos<double>(from, other);
                SpanMath.Sin<double>(from, y);
                if (k == 0)
                {
                    other.CopyTo(slope);
                }
                else
                {
                    SpanMath.Multiply<double>(slope, other, slope);
                }

                SpanMath.Exp<double>(y, y);
                SpanMath.Multiply<double>(slope, y, slope);
                SpanMath.Tanh<double>(y, y);
                SpanMath.Sin<double>(y, other);
                Zip.Run<LastSlopes, double>(default, slope, y, other, slope);
                SpanMath.Cos<double>(y, y);
            }

            sum += SpanMath.Sum<double>(y);
        }

        outputs[0][0] = sum;
    }

    protected override void OpByOp(Arrays<double> inputs, Arrays<double> outputs)
    {
        Span<double> x = inputs[0], slope = outputs[1], y = _long, other = _longOther;
        slope.Fill(1);
        for (var k = 0; k < 4; k++)
        {
            var from = k == 0 ? x : y;
            TensorPrimitives.SinCos<double>(from, y, other);
            TensorPrimitives.Multiply<double>(slope, other, slope);
            TensorPrimitives.Exp<double>(y, y);
            TensorPrimitives.Multiply<double>(slope, y, slope);
            TensorPrimitives.Tanh<double>(y, y);
            TensorPrimitives.Multiply<double>(y, y, other);
            TensorPrimitives.Subtract(1, other, other);
            TensorPrimitives.Multiply<double>(slope, other, slope);
            TensorPrimitives.SinCos<double>(y, other, y);
            TensorPrimitives.Multiply<double>(slope, other, slope);
            TensorPrimitives.Negate<double>(slope, slope);
        }

        outputs[0][0] = TensorPrimitives.Sum<double>(y);
    }

    // tanh's slope and the cosine's.
    private readonly struct LastSlopes : ITernaryKernel
    {
        public V Eval<V>(V slope, V y, V sin) where V : struct, ILane<V> => -(slope * ((1 - y * y) * sin));
    }
}
