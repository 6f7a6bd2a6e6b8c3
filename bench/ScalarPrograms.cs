using BenchmarkDotNet.Attributes;
using Grad.Functional;

namespace Bench;

/// <summary>What does an op on one number cost in a compiled program with its gradient, and what a call of the smallest one?</summary>
public class ScalarPrograms : IQuestion
{
    // How many times farther back than the first operand the second may lie.
    private const int Far = 6;

    private readonly double[] _x = [0.9], _value = new double[1], _grad = new double[1];
    private Compiled<NDArray<double>, (NDArray<double>, NDArray<double>)> _program = null!;
    private Compiled<NDArray<double>, NDArray<double>> _smallest = null!;

    /// <summary>Ops of the program that its result depends on, without those of the gradient.</summary>
    [Params(200, 20_000)]
    public int Ops { get; set; } = 200;

    /// <summary>
    /// How far back an operand may lie. From near operands long chains arise, in which each op waits for the one before; from far ones several
    /// chains side by side.
    /// </summary>
    [Params(8, 32)]
    public int Reach { get; set; } = 32;

    [GlobalSetup]
    public void Setup()
    {
        var ops = Draw(Ops, Reach);
        NDArray<double> at = _x[0];
        _program = Ad.Compile(Ad.ValueAndGrad((NDArray<double> x) => Evaluate(ops, x)), at);
        _smallest = Ad.Compile((NDArray<double> x) => x * x, at);
    }

    [Benchmark] public void Program() => _program.Run(_x, _value, _grad);

    /// <summary>One product: what is left is the call.</summary>
    [Benchmark] public void Smallest() => _smallest.Run(_x, _value);

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var reach in (int[])[32, 8])
        {
            foreach (var ops in (int[])[200, 2_000, 20_000])
            {
                yield return Row.Alone($"scalar program of {ops} ops, reach {reach}, an op", () => Ready(ops, reach).Program, ops, reach > 8 ? 0.5 : null);
            }
        }

        yield return Row.Alone("x·x on one number, compiled", () => Ready(1, 1).Smallest, 1, 100);
    }

    private static ScalarPrograms Ready(int ops, int reach)
    {
        var programs = new ScalarPrograms { Ops = ops, Reach = reach };
        programs.Setup();
        return programs;
    }

    // Sums, differences and products with constants at random, some with the input, of which only those that the last one needs are kept.
    private static (int Kind, int A, int B)[] Draw(int needed, int reach)
    {
        var random = new Random(7);
        for (var count = needed; ; count += Math.Max(1, needed / 50))
        {
            var ops = new (int Kind, int A, int B)[count];
            for (var i = 0; i < count; i++)
            {
                var (a, b) = (i - random.Next(reach), i - random.Next(Far * reach));
                ops[i] = (random.Next(4), a >= 0 ? a : random.Next(i + 1), b >= 0 ? b : random.Next(i + 1));
            }

            // A value is numbered one more than its op: 0 is the input.
            var live = new bool[count + 1];
            live[count] = true;
            var places = new int[count + 1];
            for (var i = count - 1; i >= 0; i--)
            {
                live[ops[i].A] |= live[i + 1];
                live[ops[i].B] |= live[i + 1] && ops[i].Kind < 2;
            }

            var kept = new List<(int, int, int)>();
            for (var i = 0; i < count; i++)
            {
                if (live[i + 1])
                {
                    kept.Add((ops[i].Kind, places[ops[i].A], places[ops[i].B]));
                    places[i + 1] = kept.Count;
                }
            }

            if (kept.Count >= needed)
            {
                return [.. kept];
            }
        }
    }

    private static NDArray<double> Evaluate((int Kind, int A, int B)[] ops, NDArray<double> x)
    {
        var values = new List<NDArray<double>>(ops.Length + 1) { x };
        foreach (var (kind, a, b) in ops)
        {
            values.Add(kind switch
            {
                0 => values[a] + values[b],
                1 => values[a] - values[b],
                2 => values[a] * (values.Count % 8 == 0 ? x : 1.1),
                _ => values[a] * 0.7,
            });
        }

        return values[^1];
    }
}
