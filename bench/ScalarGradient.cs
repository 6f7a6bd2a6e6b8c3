using Grad.Functional;

namespace Bench;

/// <summary>What does an op of a program of single numbers cost: a random one of sums, differences and products, with its gradient by ten inputs?</summary>
public class ScalarGradient : ValueAndGradient<NDArray<double>, double>
{
    private const int Inputs = 10;

    // Number k is (a ± b)·input, a and b among the numbers before: two ops. Inputs up to a half keep it bounded.
    private (int A, int B, double Sign, int Input)[] _program = [];
    private double[] _values = [], _slopes = [];

    /// <summary>The ops.</summary>
    private protected override int[] AskedSizes => [200, 5_000, 20_000];

    protected override string TorchName => "scalar_program";

    protected override NDArray<double> Draw(int n)
    {
        var random = new Random(7);
        (int, int, double, int) Next(int k) => (Math.Max(0, k - 1 - random.Next(8)), Math.Max(0, k - 1 - random.Next(50)), (2 * random.Next(2)) - 1, random.Next(Inputs));
        _program = [.. Enumerable.Range(Inputs, n / 2).Select(Next)];
        (_values, _slopes) = (new double[Inputs + (n / 2)], new double[Inputs + (n / 2)]);
        return (new RandomKey(1).Uniform<double>(Inputs) * 0.1) + 0.4;
    }

    protected override NDArray<double> Function(NDArray<double> x)
    {
        var values = Enumerable.Range(0, Inputs).Select(i => x[i]).ToList();
        foreach (var (a, b, sign, input) in _program)
        {
            values.Add((sign > 0 ? values[a] + values[b] : values[a] - values[b]) * values[input]);
        }

        return values[^1];
    }

    private protected override IEnumerable<Row> More(int n)
    {
        yield return Row.Alone($"n = {n}: compiled, an op", () => Ready(n).Compiled, n, 0.5);
        yield return Row.Alone($"n = {n}: plain call, an op", () => () => Ready(n).PlainCall().AsSpan(), n);
    }

    // As a tape of the program's own: the shortest code there is for it.
    protected override void ByHand(Arrays<double> inputs, Arrays<double> outputs)
    {
        Span<double> x = inputs[0], values = _values, slopes = _slopes;
        x.CopyTo(values);
        for (var k = 0; k < _program.Length; k++)
        {
            ref readonly var step = ref _program[k];
            values[Inputs + k] = (values[step.A] + (step.Sign * values[step.B])) * values[step.Input];
        }

        slopes.Clear();
        slopes[^1] = 1;
        for (var k = _program.Length - 1; k >= 0; k--)
        {
            ref readonly var step = ref _program[k];
            var slope = slopes[Inputs + k];
            slopes[step.Input] += slope * (values[step.A] + (step.Sign * values[step.B]));
            slopes[step.A] += slope * values[step.Input];
            slopes[step.B] += step.Sign * slope * values[step.Input];
        }

        outputs[0][0] = values[^1];
        slopes[..Inputs].CopyTo(outputs[1]);
    }
}
