using System.Globalization;
using System.Runtime.Intrinsics;
using Bench.Peers;

namespace Bench;

/// <summary>Every comparison with a peer, in one run, contenders in turns; those with a bar say whether it is met.</summary>
internal static class Bars
{
    /// <summary>The folder that holds Grad.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <param name="filter">Parts of the names of questions and rows; none means all.</param>
    public static int Run(string[] filter)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Console.WriteLine($"{Environment.ProcessorCount} processors, {Instructions()}; .NET {Environment.Version}");
        Console.WriteLine("Nanoseconds a call, medians. Ratio: median of the rounds' ratios, ours to the peer's (below 1 is faster); without a peer,");
        Console.WriteLine("nanoseconds a part of a call.");
        var (met, missed, without) = (0, new List<string>(), 0);
        foreach (var question in Questions())
        {
            var name = question.GetType().Name;
            var isFirst = true;
            foreach (var row in question.Rows())
            {
                if (filter.Length > 0 && !filter.Any(part => $"{name} {row.Name}".Contains(part, StringComparison.OrdinalIgnoreCase)))
                {
                    continue;
                }

                if (isFirst)
                {
                    Console.WriteLine($"\n{name,-64}{"ours",14}{"peer",14}{"ratio",9}  bar");
                    isFirst = false;
                }

                Figure figure;
                try
                {
                    if (row.Measure() is not { } measured)
                    {
                        without++;
                        Console.WriteLine($"{row.Name,-64}  the peer is not installed");
                        continue;
                    }

                    figure = measured;
                }
                catch (Exception failure)
                {
                    // The other rows are worth their time all the same.
                    missed.Add($"{name}: {row.Name}");
                    Console.WriteLine($"{row.Name,-64}  FAILED: {failure.GetType().Name}: {failure.Message}");
                    continue;
                }

                var isMet = row.Bar is { } bar ? figure.Judged <= bar : (bool?)null;
                met += isMet == true ? 1 : 0;
                if (isMet == false)
                {
                    missed.Add($"{name}: {row.Name}");
                }

                Console.WriteLine(Line(row, figure, isMet));
            }
        }

        Torch.Stop();
        Console.WriteLine($"\n{met} bars met, {missed.Count} missed, {without} rows without their peer.");
        missed.ForEach(row => Console.WriteLine($"MISSED {row}"));
        return missed.Count == 0 ? 0 : 1;
    }

    private static string Line(Row row, Figure figure, bool? isMet)
    {
        var judged = figure.Judged switch
        {
            < 0.1 => $"{figure.Judged:F3}",
            < 1_000 => $"{figure.Judged:F2}",
            _ => $"{figure.Judged:N0}",
        };
        var verdict = isMet is { } met ? $"  ≤ {row.Bar:0.###}: {(met ? "met" : "MISSED")}" : "";
        return $"{row.Name,-64}{figure.Ours,14:N0}{figure.Peer,14:N0}{judged,9}{(figure.Peer is null ? " ns" : "")}{verdict}";
    }

    private static IEnumerable<IQuestion> Questions() =>
        from type in typeof(Bars).Assembly.GetTypes()
        where type.IsAssignableTo(typeof(IQuestion)) && !type.IsAbstract
        orderby type.Name
        select (IQuestion)Activator.CreateInstance(type)!;

    private static string Instructions() =>
        Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated ? "256-bit vectors" : "128-bit vectors";

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Grad.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Grad.sln is in no folder above the benchmarks. Run them from a checkout.");
    }
}
