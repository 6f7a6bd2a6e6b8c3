using System.Diagnostics;
using System.Globalization;
using Grad.Functional;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What does a fresh process pay for the first gradient, and for the first compiled function? Medians over processes of its own.</summary>
internal static class Startup
{
    private const int Processes = 9;

    private static readonly (string Name, Action Work, double Bar)[] s_cases =
    [
        ("first gradient, one number", () => Ad.Grad(v => v * Sin(v), 0.5), 150),
        ("first gradient, vector", () => Ad.Grad(v => Sum(Sin(v) * Exp(-v * v)), NDArray.Ones<double>(1000)).AsSpan(), 150),
        ("first gradient, matrices in float", () => Ad.Grad(Layers, NDArray.Ones<float>(64, 32), NDArray.Ones<float>(32, 16)).Item1.AsSpan(), 150),
        ("compile 50 ops, value", () => Ad.Compile((NDArray<double> x) => Fifty(x), NDArray.Ones<double>(1000)), 20),
        ("compile 50 ops, gradient", () => Ad.Compile(Ad.Grad((NDArray<double> x) => Sum(Fifty(x))), NDArray.Ones<double>(1000)), 20),
    ];

    /// <summary>A process's own part, `startup NUMBER`, or all of them.</summary>
    public static int Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (args is [var number])
        {
            Measure(s_cases[int.Parse(number, CultureInfo.InvariantCulture)].Work);
            return 0;
        }

        Console.WriteLine($"Milliseconds in a fresh process, medians of {Processes}: first call, again with the methods compiled.\n");
        var missed = 0;
        for (var number2 = 0; number2 < s_cases.Length; number2++)
        {
            var (name, _, bar) = s_cases[number2];
            var runs = Enumerable.Range(0, Processes).Select(_ => Child(number2)).ToArray();
            var (first, again) = (Median(runs, run => run[0]), Median(runs, run => run[1]));
            missed += first <= bar ? 0 : 1;
            Console.WriteLine($"{name,-36}{first,10:F1}{again,10:F2}  ≤ {bar:F0}: {(first <= bar ? "met" : "MISSED")}");
        }

        return missed == 0 ? 0 : 1;
    }

    private static void Measure(Action work)
    {
        for (var time = 0; time < 2; time++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    private static double[] Child(int number) => Array.ConvertAll(
        ChildProcess.Lines("startup", number.ToString(CultureInfo.InvariantCulture)), line => double.Parse(line, CultureInfo.InvariantCulture));

    private static double Median(double[][] runs, Func<double[], double> of)
    {
        var sorted = runs.Select(of).Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static NDArray<float> Layers(NDArray<float> a, NDArray<float> b) => Sum(Tanh(MatMul(Relu(MatMul(NDArray.Ones<float>(8, 64), a)), b)));

    // Fifty ops, a third of them functions.
    private static NDArray<double> Fifty(NDArray<double> x)
    {
        var y = x;
        for (var i = 0; i < 5; i++)
        {
            y = Sin(y) * Exp(-(y * y));
            y = Tanh((y * 0.5) + x) / (1.5 + (y * y));
        }

        return y;
    }
}
