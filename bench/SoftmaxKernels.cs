using System.Numerics;
using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Grad.Simd;

namespace Bench;

/// <summary>How fast is the softmax of rows, beside TensorPrimitives, a loop in two passes by hand, and PyTorch?</summary>
public class SoftmaxKernels : IQuestion
{
    private float[] _x = [], _y = [];
    private int _rows, _length;

    [ParamsSource(nameof(Sizes))]
    public (int Rows, int Length) Size { get; set; } = (128, 10);

    public static IEnumerable<(int Rows, int Length)> Sizes => [(128, 10), (1_000, 1_000), (64, 32_000)];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        (_rows, _length) = Size;
        _x = [.. Enumerable.Range(0, _rows * _length).Select(_ => (float)((random.NextDouble() * 6) - 3))];
        _y = new float[_x.Length];
    }

    [Benchmark] public void Softmax() => Grad.Simd.Softmax.Run<float>(_x, _rows, _length, 1, _y);

    [Benchmark] public void LogSoftmax() => Grad.Simd.Softmax.RunLog<float>(_x, _rows, _length, 1, _y);

    [Benchmark]
    public void Softmax_TensorPrimitives()
    {
        for (var start = 0; start < _x.Length; start += _length)
        {
            TensorPrimitives.SoftMax(_x.AsSpan(start, _length), _y.AsSpan(start, _length));
        }
    }

    // The greatest and the sum together, which is scaled whenever a greater one comes; then the weights.
    [Benchmark]
    public void Softmax_TwoPasses()
    {
        for (var start = 0; start < _x.Length; start += _length)
        {
            TwoPasses(_x.AsSpan(start, _length), _y.AsSpan(start, _length));
        }
    }

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var (rows, length) in Sizes)
        {
            yield return Row.Against($"softmax f32 [{rows}, {length}], TensorPrimitives", () => At(rows, length, s => (s.Softmax, s.Softmax_TensorPrimitives)));
            yield return Row.Against($"softmax f32 [{rows}, {length}], two passes by hand", () => At(rows, length, s => (s.Softmax, s.Softmax_TwoPasses)));
            yield return Row.AgainstTorch($"softmax f32 [{rows}, {length}]", $"softmax {rows} {length}", () => At(rows, length, s => (s.Softmax, null)).Item1);
            yield return Row.AgainstTorch($"log-softmax f32 [{rows}, {length}]", $"log_softmax {rows} {length}", () => At(rows, length, s => (s.LogSoftmax, null)).Item1);
        }
    }

    private static (Action, Action?) At(int rows, int length, Func<SoftmaxKernels, (Action, Action?)> pair)
    {
        var question = new SoftmaxKernels { Size = (rows, length) };
        question.Setup();
        return pair(question);
    }

    private static void TwoPasses(ReadOnlySpan<float> x, Span<float> y)
    {
        Vector<float> greatest = new(float.NegativeInfinity), sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var value = new Vector<float>(x[i..]);
            var larger = Vector.MaxNative(greatest, value);
            sums = (sums * Vector.Exp(greatest - larger)) + Vector.Exp(value - larger);
            greatest = larger;
        }

        var (most, sum) = (float.NegativeInfinity, 0f);
        for (var k = 0; k < Vector<float>.Count; k++)
        {
            most = Math.Max(most, greatest[k]);
        }

        for (var k = i; k < x.Length; k++)
        {
            most = Math.Max(most, x[k]);
        }

        sum = Vector.Sum(sums * Vector.Exp(greatest - new Vector<float>(most)));
        for (var k = i; k < x.Length; k++)
        {
            sum += MathF.Exp(x[k] - most);
        }

        var inverse = 1 / sum;
        for (i = 0; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (Vector.Exp(new Vector<float>(x[i..]) - new Vector<float>(most)) * inverse).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
        {
            y[i] = MathF.Exp(x[i] - most) * inverse;
        }
    }
}
