using BenchmarkDotNet.Attributes;
using Grad.Functional;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What does it cost to read a value in the middle, and to branch on it, in a loop whose gradient is taken?</summary>
public class ValueReads : IQuestion
{
    public const int Iterations = 1_000;

    private static readonly NDArray<double> s_at = 0.3;
    private readonly Random _random = new(1);

    /// <summary>The same path through the branches every time.</summary>
    [Benchmark] public NDArray<double> Gradient() => Ad.Grad(Walk, s_at);

    /// <summary>Another path every time: nothing that was planned fits.</summary>
    [Benchmark] public NDArray<double> Gradient_NewPath() => Ad.Grad(Wander, s_at);

    /// <summary>The same without a read.</summary>
    [Benchmark] public NDArray<double> Gradient_Unread() => Ad.Grad(Straight, s_at);

    IEnumerable<Row> IQuestion.Rows()
    {
        yield return Row.Alone("a value read at each turn of 5 ops, a turn", () => () => Gradient().AsSpan(), Iterations, 500);
        yield return Row.Alone("the same, a new path at each call, a turn", () => () => Gradient_NewPath().AsSpan(), Iterations, 500);
        yield return Row.Alone("the same, nothing read, a turn", () => () => Gradient_Unread().AsSpan(), Iterations);
    }

    // Five ops a turn, on either branch. A turn about a circle: where it passes the end depends on the argument.
    private static NDArray<double> Walk(NDArray<double> x)
    {
        var y = x;
        for (var i = 0; i < Iterations; i++)
        {
            y += x;
            y = (((double)y > 1 ? y - 1.0 : y + 0.001) * 0.99) + (x * 0.001);
        }

        return y;
    }

    private NDArray<double> Wander(NDArray<double> x)
    {
        var y = x;
        for (var i = 0; i < Iterations; i++)
        {
            y += x;
            y = (((double)y > 2 * _random.NextDouble() ? y - 1.0 : y * 0.9) * 0.99) + (x * 0.001);
        }

        return y;
    }

    private static NDArray<double> Straight(NDArray<double> x)
    {
        var y = x;
        for (var i = 0; i < Iterations; i++)
        {
            y += x;
            y = ((y - 1.0) * 0.99) + (x * 0.001);
        }

        return y;
    }
}
