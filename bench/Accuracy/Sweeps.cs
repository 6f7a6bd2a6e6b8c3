using System.Diagnostics;
using Grad.Simd;
using Properties.Kernels;

namespace Accuracy;

/// <summary>A walk over the arguments of a function.</summary>
internal interface ISweep
{
    Options Options { get; }

    string Type { get; }

    /// <summary>Measures a function, and tells of it as it goes.</summary>
    Measured Measure(string function);
}

/// <summary>Runs a sweep over all functions that approximate, and holds each against what its documentation states.</summary>
internal static class Sweeps
{
    /// <summary>The functions of one number that approximate.</summary>
    public static IEnumerable<string> Functions => Reference.Approximate.Keys.Order(StringComparer.Ordinal);

    public static int Run(ISweep sweep)
    {
        int failures = 0;
        Console.WriteLine($"{Measured.Here}, {sweep.Options.Threads} threads");
        foreach (string function in Functions.Where(sweep.Options.Wants))
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
}
