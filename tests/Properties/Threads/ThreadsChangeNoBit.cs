using Grad.Functional;
using Grad.Simd;
using Properties.Engine;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Threads;

/// <summary>
/// However many threads a call may use, and whether it runs from the recording, from a plan, or as emitted code: the same bits. Groups with and without
/// folds, broadcasts, masks; arguments outside the fast ranges; lengths that fill no piece.
/// </summary>
public sealed class ThreadsChangeNoBit : IDisposable
{
    private static readonly int[] s_degrees = [1, 2, 3, 16];

    // Besides, so much more than a piece that there are some.
    public static TheoryData<int[]> Shapes => new() { new[] { 40_003 }, new[] { 300, 401 }, new[] { 3, 70_001 }, new[] { 20_011, 7 }, new[] { 5, 33, 1_024 } };

    public ThreadsChangeNoBit() => Team.CallsAtOnce = true;

    public void Dispose() => Team.CallsAtOnce = false;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Of_gradients(int[] shape)
    {
        Check<double>(shape);
        Check<float>(shape);
    }

    [Fact]
    public void Of_a_function_that_many_threads_run_at_once()
    {
        var x = new RandomKey(7).Normal<double>(60_001);
        var compiled = Ad.Compile(Ad.ValueAndGrad((NDArray<double> v) => Sum(Sin(v) * Exp(-v * v))), x, new GradOptions { MaxDegreeOfParallelism = 3 });
        var (value, grad) = compiled.Invoke(x);
        var failures = new List<string>();
        var threads = Enumerable.Range(0, 16).Select(_ => new Thread(() =>
        {
            Team.CallsAtOnce = true;
            double[] ownValue = new double[1], ownGrad = new double[x.Length];
            for (int i = 0; i < 20; i++)
            {
                compiled.Run(x.AsSpan(), ownValue, ownGrad);
                if (ownValue[0] != value.ToScalar() || !grad.AsSpan().SequenceEqual(ownGrad))
                {
                    lock (failures)
                        failures.Add($"run {i}: {ownValue[0]:R} for {value.ToScalar():R}");
                }
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Empty(failures);
    }

    private static void Check<T>(int[] shape) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var x = new RandomKey((ulong)shape.Length).Normal<T>(shape);

        // Some elements leave the ranges that emitted code is for, in all sorts of places.
        var far = Where(x > NDArray.Full(T.CreateChecked(3.2), 1), x * NDArray.Full(T.CreateChecked(1e7), 1), x);
        foreach (var (name, f) in Functions<T>())
        {
            foreach (var argument in (NDArray<T>[])[x, far])
            {
                string[]? expected = null;
                foreach (int degree in s_degrees)
                {
                    var options = new GradOptions { MaxDegreeOfParallelism = degree };

                    // Its own closure is its own structure only by what it records; the second sight is planned, the third runs the plan.
                    for (int sight = 0; sight < 3; sight++)
                        Same($"sight {sight}, {degree} threads", Ad.ValueAndGrad(f, argument, options));
                    Same($"compiled, {degree} threads", Ad.Compile(Ad.ValueAndGrad(f), argument, options).Invoke(argument));
                }

                void Same(string how, (NDArray<T> Value, NDArray<T> Grad) result)
                {
                    string[] bits = [NodeBits.Of(result.Value), NodeBits.Of(result.Grad)];
                    expected ??= bits;
                    Assert.True(expected.SequenceEqual(bits), $"{name}, {how}, {typeof(T).Name}, {argument.Shape}");
                }
            }
        }
    }

    private static IEnumerable<(string Name, Func<NDArray<T>, NDArray<T>> F)> Functions<T>() where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        yield return ("sin·exp", v => Sum(Sin(v) * Exp(-v * v)));
        yield return ("softplus of rows", v => Sum(Square(Sum(Softplus(v), axis: -1))));
        yield return ("log-sum-exp", v => Sum(LogSumExp(v, axis: -1)));
        yield return ("rows about their mean", v => Sum(Tanh(v - Mean(v, axis: -1, keepDims: true))));
        yield return ("masked", v => Sum(Where(v > Sin(v), Sqrt(Abs(v)), v * v)) + Max(Cos(v)) - Min(v));
        yield return ("columns", v => Sum(Exp(-Square(Sum(v, axis: 0)))));
        yield return ("square", v => Sum(v * v));
    }
}
