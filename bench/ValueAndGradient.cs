using System.Numerics;
using BenchmarkDotNet.Attributes;
using Grad.Functional;

namespace Bench;

/// <summary>
/// What do value and gradient of a function cost: compiled beside a loop by hand, without emitted code, beside the value alone, in a plain call, and
/// in PyTorch? What all files that ask this of one function share.
/// </summary>
/// <typeparam name="TIn">What the function takes: an array, or a tree of arrays.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
public abstract class ValueAndGradient<TIn, T> : IQuestion where T : unmanaged, IFloatingPointIeee754<T>
{
    private Action _compiled = () => { }, _value = () => { }, _gradient = () => { }, _interpreted = () => { }, _onTwo = () => { };
    private static readonly GradOptions s_oneThread = new() { MaxDegreeOfParallelism = 1 };
    private TIn _x = default!;
    private Arrays<T> _inputs = new(), _outputs = new();
    private int _setUp = -1;

    /// <summary>How much there is of everything.</summary>
    [ParamsSource(nameof(Sizes))]
    public int N { get; set; }

    /// <summary>The sizes that are asked for.</summary>
    public IEnumerable<int> Sizes => AskedSizes;

    private protected virtual int[] AskedSizes => [1_000, 65_536, 1_000_000];

    /// <summary>The name of the function in torch_peer.py; null for none.</summary>
    protected virtual string? TorchName => null;

    /// <summary>Whether the loop by hand contracts the function itself, and there is one that does not.</summary>
    protected virtual bool HasLoopAsWritten => false;

    /// <summary>Whether there are kernels for the function's ops one by one.</summary>
    protected virtual bool HasOpByOp => false;

    [GlobalSetup]
    public void Setup()
    {
        _x = Draw(N);
        var compiled = Planned<T>.Compile<TIn, (NDArray<T>, TIn)>(x => Ad.ValueAndGrad<TIn, T>(Function, x), _x);
        var interpreted = Planned<T>.Interpret<TIn, (NDArray<T>, TIn)>(x => Ad.ValueAndGrad<TIn, T>(Function, x), _x);
        (_compiled, _interpreted) = (compiled.Run, interpreted.Run);
        _value = Planned<T>.Compile(Function, _x).Run;
        _gradient = Planned<T>.Compile(x => Ad.Grad<TIn, T>(Function, x), _x).Run;
        _onTwo = Planned<T>.Compile<TIn, (NDArray<T>, TIn)>(x => Ad.ValueAndGrad<TIn, T>(Function, x), _x, threads: 2).Run;
        _compiled();
        _interpreted();
        Agreement.Require("compiled", compiled.Outputs, interpreted.Outputs, 0);

        // On the very memory that the compiled function works on.
        (_inputs, _outputs) = (compiled.Inputs, compiled.Outputs);
        ByHand(_inputs, _outputs);
        Agreement.Require("by hand", _outputs, interpreted.Outputs, Tolerance);
        if (HasLoopAsWritten)
        {
            ByHandAsWritten(_inputs, _outputs);
            Agreement.Require("by hand as written", _outputs, interpreted.Outputs, Tolerance);
        }

        if (HasOpByOp)
        {
            OpByOp(_inputs, _outputs);
            Agreement.Require("op by op", _outputs, interpreted.Outputs, Tolerance);
        }
    }

    [Benchmark] public void Compiled() => _compiled();

    [Benchmark] public void Compiled_TwoThreads() => _onTwo();

    [Benchmark] public void Interpreted() => _interpreted();

    [Benchmark] public void Value_Compiled() => _value();

    [Benchmark] public void Gradient_Compiled() => _gradient();

    [Benchmark] public NDArray<T> PlainCall() => Ad.ValueAndGrad<TIn, T>(Function, _x, options: s_oneThread).Value;

    [Benchmark] public void LoopByHand() => ByHand(_inputs, _outputs);

    [Benchmark] public void LoopByHand_AsWritten() => ByHandAsWritten(_inputs, _outputs);

    [Benchmark] public void KernelByKernel() => OpByOp(_inputs, _outputs);

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in Sizes)
        {
            var (hand, interpreter, gradient, threads) = Bars(n);
            yield return Row.Against($"n = {n}: compiled, by hand", () => (Ready(n).Compiled, LoopByHand), hand);
            if (HasLoopAsWritten)
            {
                yield return Row.Against($"n = {n}: compiled, by hand as written", () => (Ready(n).Compiled, LoopByHand_AsWritten), hand);
            }

            if (HasOpByOp)
            {
                yield return Row.Against($"n = {n}: compiled, op by op", () => (Ready(n).Compiled, KernelByKernel));
            }

            yield return Row.Against($"n = {n}: interpreted, compiled", () => (Ready(n).Interpreted, Compiled), interpreter);
            yield return Row.Against($"n = {n}: gradient, value", () => (Ready(n).Gradient_Compiled, Value_Compiled), gradient);
            if (n == AskedSizes[^1])
            {
                yield return Row.Against($"n = {n}: compiled on two threads, on one", () => (Ready(n).Compiled_TwoThreads, Compiled), threads);
            }

            yield return Row.Against($"n = {n}: plain call, by hand", () => (Ready(n).CallPlainly, LoopByHand));
            if (TorchName is not null)
            {
                yield return Row.AgainstTorch($"n = {n}: compiled", $"{TorchName} {n}", () => Ready(n).Compiled);
                yield return Row.AgainstTorch($"n = {n}: plain call", $"{TorchName} {n}", () => Ready(n).CallPlainly);
            }

            foreach (var row in More(n))
            {
                yield return row;
            }
        }
    }

    /// <summary>Rows of this question alone.</summary>
    private protected virtual IEnumerable<Row> More(int n) => [];

    /// <summary>Sets up, if it is not for this size yet.</summary>
    private protected ValueAndGradient<TIn, T> Ready(int n)
    {
        if (_setUp != n)
        {
            N = n;
            Setup();
            _setUp = n;
        }

        return this;
    }

    private protected void CallPlainly() => PlainCall().AsSpan();

    /// <summary>The argument; what else the function needs is drawn with it.</summary>
    protected abstract TIn Draw(int n);

    /// <summary>The function, as its user writes it: a single number.</summary>
    protected abstract NDArray<T> Function(TIn x);

    /// <summary>The same by hand.</summary>
    /// <param name="inputs">The argument's leaves.</param>
    /// <param name="outputs">The value, then the gradient's leaves.</param>
    protected abstract void ByHand(Arrays<T> inputs, Arrays<T> outputs);

    /// <summary>The same by hand, with the roundings that the function as written has; only its gradient is contracted.</summary>
    protected virtual void ByHandAsWritten(Arrays<T> inputs, Arrays<T> outputs) => throw new NotSupportedException("The loop by hand rounds as written.");

    /// <summary>The same in TensorPrimitives, one call an op, everything in memory.</summary>
    protected virtual void OpByOp(Arrays<T> inputs, Arrays<T> outputs) => throw new NotSupportedException("There are no kernels for these ops.");

    /// <summary>The most that ratios may be.</summary>
    protected virtual (double? Hand, double? Interpreter, double? Gradient, double? Threads) Bars(int n) => default;

    // To their sum's size: the loops by hand add in another order.
    private static double Tolerance => typeof(T) == typeof(float) ? 1e-3 : 1e-9;
}
