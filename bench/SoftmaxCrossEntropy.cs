using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What do value and gradient of the softmax cross-entropy of 512 rows cost, in float, for few classes and for many?</summary>
public class SoftmaxCrossEntropy : ValueAndGradient<NDArray<float>, float>
{
    private const int Rows = 512;
    private static readonly float[] s_counting = [.. Enumerable.Range(0, 16).Select(i => (float)i)];
    private NDArray<int> _labels = 0;
    private float[] _padded = [];

    /// <summary>The classes.</summary>
    private protected override int[] AskedSizes => [10, 100, 1_000];

    protected override string TorchName => "softmax_cross_entropy";

    protected override bool HasOpByOp => true;

    protected override NDArray<float> Draw(int n)
    {
        var random = new Random(1);
        _labels = NDArray.Create<int>([.. Enumerable.Range(0, Rows).Select(_ => random.Next(n))], [Rows, 1]);
        _padded = new float[n + 16];
        return (new RandomKey(1).Uniform<float>(Rows, n) * 6) - 3;
    }

    protected override NDArray<float> Function(NDArray<float> z) => -Mean(Gather(LogSoftmax(z, axis: 1), _labels, axis: 1));

    protected override void ByHand(Arrays<float> inputs, Arrays<float> outputs)
    {
        ReadOnlySpan<float> z = inputs[0];
        outputs[0][0] = F32x16.IsAccelerated ? Loop<F32x16>(z, outputs[1]) : F32x8.IsAccelerated ? Loop<F32x8>(z, outputs[1]) : Loop<F32x4>(z, outputs[1]);
    }

    protected override void OpByOp(Arrays<float> inputs, Arrays<float> outputs)
    {
        var labels = _labels.AsSpan();
        var sum = 0f;
        for (var row = 0; row < Rows; row++)
        {
            Span<float> z = inputs[0].Slice(row * N, N), slope = outputs[1].Slice(row * N, N);
            TensorPrimitives.SoftMax(z, slope);
            sum -= MathF.Log(slope[labels[row]]);
            TensorPrimitives.Multiply(slope, 1f / Rows, slope);
            slope[labels[row]] -= 1f / Rows;
        }

        outputs[0][0] = sum / Rows;
    }

    // Row by row, upwards: what a row's last vector writes beyond its end, the next row writes over. The last row goes through a padded copy.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Loop<V>(ReadOnlySpan<float> z, Span<float> slope) where V : struct, IHardwareLane<V, float>
    {
        var labels = _labels.AsSpan();
        var (n, sum) = (N, 0f);
        for (var row = 0; row < Rows - 1; row++)
        {
            var rest = slope[(row * n)..];
            if (rest.Length < n + V.Count)
            {
                sum += Padded<V>(z.Slice(row * n, n), slope.Slice(row * n, n), labels[row]);
            }
            else
            {
                sum += Row<V>(z[(row * n)..], rest, n, labels[row]);
            }
        }

        sum += Padded<V>(z[^n..], slope[^n..], labels[Rows - 1]);
        return sum / Rows;
    }

    private float Padded<V>(ReadOnlySpan<float> z, Span<float> slope, int label) where V : struct, IHardwareLane<V, float>
    {
        z.CopyTo(_padded);
        var value = Row<V>(_padded, _padded, z.Length, label);
        _padded.AsSpan(0, z.Length).CopyTo(slope);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Row<V>(ReadOnlySpan<float> z, Span<float> slope, int n, int label) where V : struct, IHardwareLane<V, float>
    {
        var lowest = V.Constant(double.NegativeInfinity);
        var inRow = V.LessThan(V.Load(in s_counting[0]), V.Broadcast(n % V.Count));
        var (whole, chosen, max) = (n / V.Count * V.Count, z[label], lowest);
        for (var i = 0; i < whole; i += V.Count)
        {
            max = V.Max(max, V.Load(in z[i]));
        }

        if (whole < n)
        {
            max = V.Max(max, V.Select(inRow, V.Load(in z[whole]), lowest));
        }

        var greatest = Greatest(max);
        var (shift, sum) = (V.Broadcast(greatest), V.Constant(0));
        for (var i = 0; i < whole; i += V.Count)
        {
            var e = V.Exp(V.Load(in z[i]) - shift);
            sum += e;
            V.Store(e, ref slope[i]);
        }

        if (whole < n)
        {
            var e = V.Exp(V.Select(inRow, V.Load(in z[whole]) - shift, lowest));
            sum += e;
            V.Store(e, ref slope[whole]);
        }

        var total = V.Sum(sum);
        var scale = V.Broadcast(1 / (total * Rows));
        for (var i = 0; i < n; i += V.Count)
        {
            V.Store(V.Load(in slope[i]) * scale, ref slope[i]);
        }

        slope[label] -= 1f / Rows;
        return MathF.Log(total) + greatest - chosen;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Greatest<V>(V lane) where V : struct, IHardwareLane<V, float>
    {
        Vector256<float> half;
        if (typeof(V) == typeof(F32x16))
        {
            var all = Unsafe.BitCast<V, F32x16>(lane).Value;
            half = Vector256.MaxNative(all.GetLower(), all.GetUpper());
        }
        else if (typeof(V) == typeof(F32x8))
        {
            half = Unsafe.BitCast<V, F32x8>(lane).Value;
        }
        else
        {
            half = Vector256.Create(Unsafe.BitCast<V, F32x4>(lane).Value, Unsafe.BitCast<V, F32x4>(lane).Value);
        }

        var four = Vector128.MaxNative(half.GetLower(), half.GetUpper());
        four = Vector128.MaxNative(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(four, Vector128.Shuffle(four, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
