using BenchmarkDotNet.Attributes;
using Grad.Functional;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What do loss and gradient of a small classifier cost: layers 784-256-10 with Relu and cross-entropy, 128 images, in float?</summary>
public class Mlp : IQuestion
{
    private const int Batch = 128, Pixels = 784, Hidden = 256, Classes = 10;

    private static readonly GradOptions s_oneThread = new() { MaxDegreeOfParallelism = 1 };
    private readonly float[] _loss = new float[1];
    private readonly float[][] _grads = [new float[Pixels * Hidden], new float[Hidden], new float[Hidden * Classes], new float[Classes]];
    private NDArray<float> _images = 0f, _first = 0f, _bias = 0f, _second = 0f, _last = 0f;
    private NDArray<int> _labels = 0;
    private Compiled<NDArray<float>, NDArray<float>, NDArray<float>, NDArray<float>,
        (NDArray<float> Value, (NDArray<float>, NDArray<float>, NDArray<float>, NDArray<float>) Grads)> _compiled = null!, _twoThreads = null!;

    [GlobalSetup]
    public void Setup()
    {
        var keys = new RandomKey(3).Split(4);
        _images = keys[0].Uniform<float>(Batch, Pixels);
        _labels = keys[1].Uniform<float>([Batch, 1], 0, Classes - 0.001f).Cast<int>();
        (_first, _bias) = (keys[2].Normal<float>(Pixels, Hidden) * 0.05f, NDArray.Zeros<float>(Hidden));
        (_second, _last) = (keys[3].Normal<float>(Hidden, Classes) * 0.1f, NDArray.Zeros<float>(Classes));
        _compiled = Ad.Compile(Ad.ValueAndGrad<float>(Loss), _first, _bias, _second, _last, s_oneThread);
        _twoThreads = Ad.Compile(Ad.ValueAndGrad<float>(Loss), _first, _bias, _second, _last, new GradOptions { MaxDegreeOfParallelism = 2 });
    }

    [Benchmark] public NDArray<float> Plain() => Ad.ValueAndGrad(Loss, _first, _bias, _second, _last, options: s_oneThread).Value;

    [Benchmark] public NDArray<float> Compiled() => _compiled.Invoke(_first, _bias, _second, _last).Value;

    [Benchmark] public void Compiled_Run() => Run(_compiled);

    [Benchmark] public void Compiled_TwoThreads() => Run(_twoThreads);

    IEnumerable<Row> IQuestion.Rows()
    {
        yield return Row.AgainstTorch("MLP 784-256-10, batch 128, f32, into spans", "mlp", () => Ready(mlp => mlp.Compiled_Run()), 1 / 1.5);
        yield return Row.AgainstTorch("MLP 784-256-10, batch 128, f32, compiled", "mlp", () => Ready(mlp => mlp.Compiled()));
        yield return Row.AgainstTorch("MLP 784-256-10, batch 128, f32, plain", "mlp", () => Ready(mlp => mlp.Plain()));
        yield return Row.Against(
            "MLP 784-256-10, batch 128, f32, two threads, one", () => (Ready(mlp => mlp.Compiled_TwoThreads()), Ready(mlp => mlp.Compiled_Run())));
    }

    private void Run(
        Compiled<NDArray<float>, NDArray<float>, NDArray<float>, NDArray<float>,
            (NDArray<float> Value, (NDArray<float>, NDArray<float>, NDArray<float>, NDArray<float>) Grads)> compiled) => compiled.Run(
        _first.AsSpan(), _bias.AsSpan(), _second.AsSpan(), _last.AsSpan(), _loss, _grads[0], _grads[1], _grads[2], _grads[3]);

    private static Action Ready(Action<Mlp> action)
    {
        var question = new Mlp();
        question.Setup();
        return () => action(question);
    }

    private NDArray<float> Loss(NDArray<float> first, NDArray<float> bias, NDArray<float> second, NDArray<float> last)
    {
        var hidden = Relu(MatMul(_images, first) + bias);
        var logits = MatMul(hidden, second) + last;
        return -Mean(Gather(LogSoftmax(logits), _labels, axis: 1));
    }
}
