using System.Diagnostics;
using Grad.Functional;
using Xunit;
using Xunit.Abstractions;

namespace Properties.Laws;

/// <summary>Depth costs time in proportion and no stack; values read in the middle cost what was added since the last read.</summary>
[Collection(nameof(LawReportTests))]
public class DeepGraphs(ITestOutputHelper output)
{
    private const int Deep = 1_000_000;

    private const int Tries = 5;

    private const double MaxRatio = 5;

    // A frame a node would need some hundred times as much.
    private const int SmallStack = 256 * 1024;

    [Fact]
    public void A_chain_of_a_million_nodes_needs_no_stack_and_linear_time() => OnSmallStack(() =>
    {
        Time(Deep / 100);

        // The machine may be busy elsewhere for a while: only the best of several tries tells what the work takes, and a quadratic law
        // shows in every one of them.
        double tenth = double.PositiveInfinity, whole = double.PositiveInfinity;
        for (int i = 0; i < Tries && !(whole < MaxRatio * tenth); i++)
        {
            tenth = Math.Min(tenth, Time(Deep / 10));
            whole = Math.Min(whole, Time(Deep));
        }

        output.WriteLine(FormattableString.Invariant(
            $"Value, gradient and tangent: {1e3 * tenth:F0} ns a node in a chain of {Deep / 10}, {1e3 * whole:F0} in one of {Deep}."));

        // Quadratic time would make it ten times as much; caches and the collector, which sees a gigabyte live, take their share.
        Assert.True(whole < MaxRatio * tenth, $"{whole} ms a thousand nodes against {tenth}.");
    });

    [Fact]
    public void A_chain_differentiates_twice() => OnSmallStack(() =>
    {
        NDArray<double> f(NDArray<double> x) => Chain(x, Deep / 10);
        Assert.Equal(1, (double)Ad.Grad(f, 0.5));
        Assert.Equal(0, (double)Ad.HessianVectorProduct<double>(f, 0.5, 1.0));
    });

    [Fact]
    public void A_loop_that_reads_a_value_each_time_evaluates_each_node_once()
    {
        const int Iterations = 1000;
        var counting = new Counting();
        var (value, gradient) = Ad.ValueAndGrad(
            x =>
            {
                for (int i = 0; i < Iterations && (double)x < 1e9; i++)
                    x = (NDArray<double>)counting.Apply([x * 1.0]);
                return x;
            },
            (NDArray<double>)2.0);
        Assert.Equal(2, (double)value);
        Assert.Equal(1, (double)gradient);
        Assert.Equal(Iterations, counting.Evaluations);
    }

    /// <summary>Milliseconds for a thousand nodes.</summary>
    private static double Time(int nodes)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        var (value, gradient) = Ad.ValueAndGrad(x => Chain(x, nodes), (NDArray<double>)0.5);
        var (_, tangent) = Ad.Jvp<double>(x => Chain(x, nodes), 0.5, 1.0);
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Assert.Equal(0.5, (double)value);
        Assert.Equal(1, (double)gradient);
        Assert.Equal(1, (double)tangent);
        return elapsed / (nodes / 1000.0);
    }

    private static NDArray<double> Chain(NDArray<double> x, int nodes)
    {
        for (int i = 0; i < nodes; i += 2)
            x = x * 2.0 * 0.5;
        return x;
    }

    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action), SmallStack);
        thread.Start();
        thread.Join();
        if (failure is not null)
            throw new InvalidOperationException("Failed on a small stack.", failure);
    }

    /// <summary>The identity, which counts.</summary>
    private sealed class Counting : Op
    {
        public int Evaluations { get; private set; }

        public override string Name => "Counting";

        public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, operands[0].Shape, operands[0]);

        public override void Evaluate(in Evaluation e)
        {
            Evaluations++;
            e.Operand<double>().CopyTo(e.Result<double>());
        }

        public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
            contributions[0] = cotangent;

        public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => tangents[0];

        public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);
    }
}
