using BenchmarkDotNet.Attributes;
using Grad.Functional;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What does one op on one number cost, all in: record, differentiate, evaluate?</summary>
public class SizeOneChain : IQuestion
{
    /// <summary>The ops of <see cref="Chain"/>.</summary>
    public const int Ops = 200;

    private static readonly NDArray<double> s_at = 0.3;

    [Benchmark] public NDArray<double> Value() => Chain(s_at);

    [Benchmark] public NDArray<double> Gradient() => Ad.Grad(Chain, s_at);

    [Benchmark]
    public double Gradient_ByHand()
    {
        var (y, dy) = (0.3, 1.0);
        for (var i = 0; i < Ops / 5; i++)
        {
            var (s, ds) = (Math.Sin(y), Math.Cos(y) * dy);
            (y, dy) = (Math.Exp(-((s * 0.3) + 0.3)), ds);
            dy = -y * ((dy * 0.3) + s + 1);
        }

        return dy;
    }

    IEnumerable<Row> IQuestion.Rows()
    {
        yield return Row.AgainstTorch("size-1 chain", "chain", () => () => Gradient().AsSpan());
        yield return Row.Against("size-1 chain, by hand", () => (() => Gradient().AsSpan(), () => Gradient_ByHand()));
        yield return Row.Alone("size-1 chain, an op, all in", () => () => Gradient().AsSpan(), Ops, 100);
    }

    private static NDArray<double> Chain(NDArray<double> x)
    {
        var y = x;
        for (var i = 0; i < Ops / 5; i++)
        {
            y = Exp(-((Sin(y) * x) + x));
        }

        return y;
    }
}
