namespace Grad.Functional;

/// <summary>What a check found.</summary>
public sealed class GradCheckReport
{
    internal GradCheckReport(
        GradCheckOptions options,
        Judgement judgement,
        IReadOnlyList<GradCheckComparison> comparisons,
        double? modeError,
        GradCheckNaive? naive,
        IReadOnlyList<string> notes)
    {
        (Options, Comparisons, ModeError, Naive, Notes) = (options, comparisons, modeError, naive, notes);
        (Verdict, Explanation) = judgement;
        Passed = comparisons.Count > 0 && comparisons.All(comparison => comparison.Passed) && Verdict != GradCheckVerdict.TraceDiffers;
        RelativeError = LargestOf(comparisons.Select(comparison => comparison.RelativeError));
        Worst = comparisons.Select(comparison => comparison.Worst).MaxBy(Share);
    }

    /// <summary>How the check was done.</summary>
    public GradCheckOptions Options { get; }

    /// <summary>
    /// Whether every element of every comparison lies within the tolerances (torch's test). A function that read a value out of an array
    /// does not pass if that matters.
    /// </summary>
    public bool Passed { get; }

    /// <summary>What the check comes to: the band of the relative error, or why there is none.</summary>
    public GradCheckVerdict Verdict { get; }

    /// <summary>What the verdict means here, in plain words.</summary>
    public string Explanation { get; }

    /// <summary>‖n − a‖ / (‖n‖ + ‖a‖), the largest of all comparisons.</summary>
    public double RelativeError { get; }

    /// <summary>The relative error of reverse against forward mode, if both were checked; they differ by rounding only.</summary>
    public double? ModeError { get; }

    /// <summary>The worst element of all comparisons; null if there was nothing to compare.</summary>
    public GradCheckElement? Worst { get; }

    /// <summary>Each block of derivatives beside its estimate; empty if the function could not be differenced.</summary>
    public IReadOnlyList<GradCheckComparison> Comparisons { get; }

    /// <summary>For a float32 function, what differences in float32 would have said.</summary>
    public GradCheckNaive? Naive { get; }

    /// <summary>Other things worth knowing.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The report as text.</summary>
    public override string ToString() => ReportText.Of(this);

    internal static double LargestOf(IEnumerable<double> errors) => errors.Aggregate(0.0, Math.Max);

    private static double Share(GradCheckElement? element) =>
        element is null ? double.NegativeInfinity
        : double.IsNaN(element.Difference) ? double.PositiveInfinity
        : element.Difference == 0 ? 0
        : element.Difference / element.Allowed;
}
