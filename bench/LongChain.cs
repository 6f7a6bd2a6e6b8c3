using BenchmarkDotNet.Attributes;
using Grad.Functional;

namespace Bench;

/// <summary>What does an op of a very long chain cost: recorded, and recorded, differentiated and computed?</summary>
public class LongChain : IQuestion
{
    private static readonly NDArray<double> s_at = 0.5;

    [Params(100_000, 1_000_000)]
    public int N { get; set; } = 100_000;

    [Benchmark]
    public NDArray<double> Record()
    {
        using var recording = new Recording();
        return Chain((NDArray<double>)s_at.MakeLeaf(new PlaceholderOp(recording), recording.Birth, placeholder: true));
    }

    [Benchmark] public NDArray<double> Gradient() => Ad.Grad(Chain, s_at);

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in (int[])[100_000, 1_000_000])
        {
            var question = new LongChain { N = n };
            yield return Row.Alone($"n = {n}: recorded, an op", () => () => question.Record(), n);
            yield return Row.Alone($"n = {n}: gradient, an op", () => () => question.Gradient().AsSpan(), n);
        }

        yield return Row.AgainstTorch("n = 100000: gradient", "long_chain 100000", () => () => new LongChain { N = 100_000 }.Gradient().AsSpan());
    }

    private NDArray<double> Chain(NDArray<double> x)
    {
        var y = x;
        for (var i = 0; i < N / 2; i++)
        {
            y = (y * x) + x;
        }

        return y;
    }
}
