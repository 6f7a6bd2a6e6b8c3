using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Properties.Kernels;

namespace Properties.Laws;

/// <summary>What the laws were tried on in this process: ops × laws × points, and for each op the points drawn and excluded.</summary>
internal static class LawReport
{
    private static readonly ConcurrentBag<(string Law, OpCase Case, Tally Tally)> s_entries = [];

    /// <summary>The laws that were tried, op by op.</summary>
    public static IReadOnlyCollection<(string Law, OpCase Case, Tally Tally)> Entries => s_entries;

    /// <summary>Where the report is written: beside the tests, one file for each instruction-set leg.</summary>
    public static string Path
    {
        get
        {
            string leg = Leg.Current is { } name ? "-" + name.Split(':')[0].Replace(' ', '-').ToLowerInvariant() : "";
            return System.IO.Path.Combine(AppContext.BaseDirectory, $"laws{leg}.md");
        }
    }

    /// <summary>Adds what a law was tried on.</summary>
    public static void Add(string law, OpCase @case, Tally tally) => s_entries.Add((law, @case, tally));

    /// <summary>The report as Markdown.</summary>
    public static string Write()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"# Laws, {Leg.Current ?? "default path"}\n\n{Count(entry => entry.Case.Op)} ops × {Count(entry => entry.Law)} laws: ")
            .Append(CultureInfo.InvariantCulture, $"{s_entries.Count} cases, {s_entries.Sum(entry => entry.Tally.Drawn)} points.\n\n");
        Table(text, "law", s_entries.GroupBy(entry => entry.Law));
        Table(text, "op", s_entries.GroupBy(entry => entry.Case.Op));
        return text.ToString();
    }

    private static void Table(
        StringBuilder text, string heading, IEnumerable<IGrouping<string, (string Law, OpCase Case, Tally Tally)>> groups)
    {
        string counted = heading == "law" ? "ops × types" : "laws";
        text.Append(CultureInfo.InvariantCulture, $"| {heading} | {counted} | points drawn | special | excluded | % | at most, in one law of one op, % |\n")
            .Append("|---|---|---|---|---|---|---|\n");
        foreach (var group in groups.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            int cases = heading == "law" ? group.Count() : group.Select(entry => entry.Law).Distinct().Count();
            double worst = group.GroupBy(entry => (entry.Law, entry.Case.Op)).Max(Excluded);
            text.Append(CultureInfo.InvariantCulture, $"| {group.Key} | {cases} | {group.Sum(entry => entry.Tally.Drawn)} ")
                .Append(CultureInfo.InvariantCulture, $"| {group.Sum(entry => entry.Tally.Special)} | {group.Sum(entry => entry.Tally.Excluded)} ")
                .Append(CultureInfo.InvariantCulture, $"| {Excluded(group):F2} | {worst:F2} |\n");
        }

        text.Append('\n');
    }

    /// <summary>The share of points excluded, in per cent.</summary>
    public static double Excluded(IEnumerable<(string Law, OpCase Case, Tally Tally)> entries) =>
        100.0 * entries.Sum(entry => entry.Tally.Excluded) / Math.Max(entries.Sum(entry => entry.Tally.Drawn), 1);

    private static int Count(Func<(string Law, OpCase Case, Tally Tally), string> of) => s_entries.Select(of).Distinct().Count();
}
