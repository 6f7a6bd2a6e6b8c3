using System.Globalization;
using System.Text;

namespace Grad.Functional;

/// <summary>The report of a gradient check as text.</summary>
internal static class ReportText
{
    public static string Of(GradCheckReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"GradCheck {(report.Passed ? "passed" : "FAILED")}: {report.Verdict}");
        if (report.Comparisons.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", relative error {Error(report.RelativeError)}");
        }

        text.AppendLine().AppendLine(report.Explanation);
        if (report.Comparisons.Count > 0)
        {
            text.AppendLine();
            Table(text, report.Comparisons);
            text.AppendLine().AppendLine(
                $"allowed = {Number(report.Options.Atol)} + {Number(report.Options.Rtol)}·|numerical|; " +
                $"numerical = {report.Options.Formula} differences, step {Number(report.Options.Epsilon)}, in float64.");
        }

        if (report.ModeError is { } modes)
        {
            text.AppendLine($"Reverse and forward mode differ by {Error(modes)}.");
        }

        if (report.Naive is { } naive)
        {
            text.Append($"Naive float32 differences would have said {Naive(naive)}, relative error {Error(naive.RelativeError)}; ");
            text.AppendLine(naive.Why);
        }

        foreach (var note in report.Notes)
        {
            text.AppendLine(note);
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>An error to three digits: <c>6.79e-04</c>.</summary>
    public static string Error(double value) =>
        value == 0 ? "0" : double.IsFinite(value) ? value.ToString("0.00e+00", CultureInfo.InvariantCulture) : Number(value);

    /// <summary>A number to at most ten digits.</summary>
    public static string Number(double value) => value.ToString("G10", CultureInfo.InvariantCulture);

    private static void Table(StringBuilder text, IReadOnlyList<GradCheckComparison> comparisons)
    {
        List<string[]> rows =
            [["derivative", "mode", "elements", "relative error", "worst at", "analytical", "numerical", "difference", "allowed"]];
        foreach (var comparison in comparisons)
        {
            var worst = comparison.Worst;
            rows.Add(
            [
                comparison.Name,
                comparison.Mode.ToString(),
                comparison.Analytical.Length.ToString(CultureInfo.InvariantCulture),
                Error(comparison.RelativeError),
                worst?.Name ?? "-",
                worst is null ? "-" : Number(worst.Analytical),
                worst is null ? "-" : Number(worst.Numerical),
                worst is null ? "-" : Error(worst.Difference),
                worst is null ? "-" : Error(worst.Allowed),
            ]);
        }

        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            // Names stand at the left of their column, numbers at the right.
            var cells = row.Select((cell, column) => column is 0 or 1 or 4 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.AppendLine(("  " + string.Join("  ", cells)).TrimEnd());
        }
    }

    private static string Naive(GradCheckNaive naive)
    {
        const int Shown = 4;
        var values = naive.Numerical.SelectMany(block => block.Data.ToArray()).ToArray();
        var list = string.Join(", ", values.Take(Shown).Select(value => value.ToString("G8", CultureInfo.InvariantCulture)));
        return values.Length > Shown ? $"[{list}, …]" : $"[{list}]";
    }
}
