using System.Diagnostics;
using Properties.Kernels;
using Properties.Support;

namespace Accuracy;

/// <summary>A walk over the arguments of a function.</summary>
internal interface ISweep
{
    Options Options { get; }

    string Type { get; }

    /// <summary>What it can measure.</summary>
    IEnumerable<string> Functions { get; }

    /// <summary>Measures a function, and tells of it as it goes.</summary>
    Measured Measure(string function);
}

/// <summary>Runs a sweep over all functions that approximate, and holds each against what its documentation states.</summary>
internal static class Sweeps
{
    /// <summary>The functions that approximate, of one number and of two.</summary>
    public static IEnumerable<string> Functions => OfOne.Concat(Reference.ApproximateOfTwo.Keys).Order(StringComparer.Ordinal);

    /// <summary>Those of one number.</summary>
    public static IEnumerable<string> OfOne => Reference.Approximate.Keys.Order(StringComparer.Ordinal);

    /// <summary>The functions of two numbers, of floats and of doubles.</summary>
    public static int OfTwo(Options options) => Math.Max(
        Run(new PairSweep<float>(options, function => Errors(Reference.ApproximateOfTwo[function].Narrow))),
        Run(new PairSweep<double>(options, function => Errors(Reference.ApproximateOfTwo[function].Wide))));

    public static int Run(ISweep sweep)
    {
        int failures = 0;
        Console.WriteLine($"{Measured.Here}, {sweep.Options.Threads} threads");
        foreach (string function in sweep.Functions.Where(sweep.Options.Wants))
        {
            long start = Stopwatch.GetTimestamp();
            var measured = sweep.Measure(function);
            double stated = DocumentedError.Of(function);
            bool holds = measured.MaxUlp <= stated;
            failures += holds ? 0 : 1;
            Console.WriteLine(
                $"{function,-18}{sweep.Type,-8}{measured.Points,14:N0} points  max {measured.MaxUlp,7:F3} of {stated:F2} ULP at {measured.Worst,-36}"
                + $" mean {measured.MeanUlp:F4}  bits {measured.Hash:X16}  {Stopwatch.GetElapsedTime(start).TotalSeconds,6:F0} s{(holds ? "" : "  EXCEEDED")}");
        }

        return failures == 0 ? 0 : 1;
    }

    private static Func<float, float, float, double> Errors(Func<double, double, double> exact) => (x, y, result) => Ulp.Error(result, exact(x, y));

    private static Func<double, double, double, double> Errors(Func<DoubleDouble, DoubleDouble, DoubleDouble> exact) => (x, y, result) => Ulp.Error(result, exact(x, y));
}
