namespace Grad.Functional;

/// <summary>From a function and a point to a report: what to check, and what the findings come to.</summary>
internal static class Assessment
{
    private const string Operation = "GradCheck";
    private const double ProbablyFrom = 1e-7;
    private const double SuspiciousFrom = 1e-5;
    private const double WrongFrom = 1e-3;

    private const string ValueWasRead =
        "It read a value out of an array (an if, a conversion to a number, ToArray): that is a constant to its derivative, but not to the " +
        "function. Use the array itself, or Where.";

    public static GradCheckReport Of<T>(Func<Node[], Node> f, NDArray<T>[] inputs, string[] names, GradCheckOptions options) where T : unmanaged
    {
        options.Require();
        switch (inputs)
        {
            case []:
                throw new ArgumentException($"{Operation} needs at least one input, but got none. Give the arrays to differentiate by.", nameof(inputs));
            case NDArray<double>[] wide:
                return Of(f, wide, names, options, null);
            case NDArray<float>[] narrow:
                return Of(
                    WideFunction.Of(Operation, f, narrow),
                    Array.ConvertAll(narrow, input => input.Cast<double>()),
                    names,
                    options,
                    new Float32Function(f, narrow, names, options));
            default:
                throw new NotSupportedException($"{Operation} differentiates arrays of double or float, not of {typeof(T).Name}. Cast first.");
        }
    }

    private static GradCheckReport Of(
        Func<Node[], Node> f, NDArray<double>[] inputs, string[] names, GradCheckOptions options, Float32Function? narrow)
    {
        var origin = FreshTrace.Run(Operation, f, inputs);
        if (Unusable(origin, FreshTrace.Run(Operation, f, inputs)) is var (verdict, explanation))
        {
            return new GradCheckReport(options, verdict, explanation, [], null, null, []);
        }

        var checker = Checker.Run(f, inputs, names, options, origin);
        (verdict, explanation) = Judge(checker, narrow?.HiddenRead(f, origin, First(checker)));
        List<string> notes = [];
        if (checker.TraceDifference is { } difference && verdict != GradCheckVerdict.TraceDiffers)
        {
            notes.Add($"f does not do the same everywhere: {difference}.");
        }

        if (origin.StopsGradient)
        {
            notes.Add("f holds a StopGradient: there its derivative is deliberately not that of its values.");
        }

        if (narrow is not null)
        {
            notes.Add(
                "f was traced in float32 and checked in float64. Its derivative as computed in float32 differs from this one by " +
                $"{ReportText.Error(narrow.RoundingError(First(checker)))}.");
        }

        var naive = narrow?.Naive(First(checker), LargestError(checker.Comparisons));
        return new GradCheckReport(options, verdict, explanation, checker.Comparisons, checker.ModeError, naive, notes);
    }

    private static (GradCheckVerdict Verdict, string Explanation)? Unusable(FreshTrace origin, FreshTrace again)
    {
        if (origin.Shape != again.Shape)
        {
            return (GradCheckVerdict.NonDeterministic, $"f returned shape {origin.Shape}, and {again.Shape} when it was called again at the same point.");
        }

        for (var i = 0; i < origin.Values.Length; i++)
        {
            if (!origin.Values[i].Equals(again.Values[i]))
            {
                return (
                    GradCheckVerdict.NonDeterministic,
                    FormattableString.Invariant($"{ElementName.Of("f", origin.Shape, i)} was {origin.Values[i]:R}, and {again.Values[i]:R} when f was called ") +
                    "again at the same point. Differences of such a function mean nothing: make its random numbers from a fixed key.");
            }
        }

        return Array.FindIndex(origin.Values, value => !double.IsFinite(value)) is >= 0 and var place
            ? (
                GradCheckVerdict.NonFinite,
                FormattableString.Invariant($"{ElementName.Of("f", origin.Shape, place)} is {origin.Values[place]} at the point itself. ") +
                "Check at a point where f is finite.")
            : null;
    }

    private static (GradCheckVerdict Verdict, string Explanation) Judge(Checker checker, string? hiddenRead)
    {
        var passed = checker.Comparisons.All(comparison => comparison.Passed);
        if (checker.NonFinite is { } element)
        {
            return (GradCheckVerdict.NonFinite, $"The derivative does not exist at this point: {element}. Check at a point where it is finite.");
        }

        if (!passed && checker.OutOfDomain is { } place)
        {
            return (
                GradCheckVerdict.OutOfDomain,
                $"Next to the point f is not finite: {place}. Check farther inside its domain, or with differences to one side (Forward, Backward).");
        }

        if (!passed && checker.TraceDifference is { } difference)
        {
            return (
                GradCheckVerdict.TraceDiffers,
                $"f does not do the same next to the point: {difference}. {ValueWasRead}");
        }

        if (passed && hiddenRead is not null)
        {
            return (
                GradCheckVerdict.TraceDiffers,
                $"Differences with this step agree, but only because float32 is too coarse for it to show what f does otherwise: {hiddenRead}. {ValueWasRead}");
        }

        var error = Math.Max(LargestError(checker.Comparisons), GradCheckReport.LargestOf(checker.Comparisons.Select(comparison => comparison.WorstFailure)));
        var modes = checker.ModeError ?? 0;
        if ((!passed || error >= SuspiciousFrom) && modes < ProbablyFrom && checker.Comparisons.All(comparison => comparison.WithinRounding))
        {
            return (
                GradCheckVerdict.StepTooSmall,
                "The differences cannot tell: all disagreement lies within their own rounding error. Enlarge Epsilon, or scale the function down.");
        }

        return error switch
        {
            < SuspiciousFrom when modes >= ProbablyFrom => (
                GradCheckVerdict.Suspicious,
                $"Reverse and forward mode differ by {ReportText.Error(modes)}, though both are exact: one rule is probably slightly wrong."),
            < ProbablyFrom => (GradCheckVerdict.Correct, "The derivative is correct: it agrees with differences as closely as they can tell." + Missed(passed)),
            < SuspiciousFrom => (
                GradCheckVerdict.ProbablyCorrect,
                "The derivative is very probably correct: rounding and truncation of the differences explain an error of this size." + Missed(passed)),
            < WrongFrom => (
                GradCheckVerdict.Suspicious,
                "The derivative is suspicious: too far off for a smooth function and a fitting step, too close for most mistakes. " +
                "Try another step and another point; a kink near by can do this."),
            _ => (
                GradCheckVerdict.Wrong,
                passed
                    ? "The derivative differs by more than a thousandth, but by so little in absolute terms that Atol lets it pass: " +
                      "where derivatives are this small, lower Atol to check them."
                    : "The derivative is wrong: it is not that of the function's values. Only a kink at the point itself looks the same: try another point."),
        };
    }

    private static string Missed(bool passed) => passed ? "" : " The tolerances are tighter than differences with this step can meet.";

    private static double LargestError(IReadOnlyList<GradCheckComparison> comparisons) =>
        GradCheckReport.LargestOf(comparisons.Select(comparison => comparison.RelativeError));

    /// <summary>The exact first derivatives by each input.</summary>
    private static NDArray<double>[] First(Checker checker)
    {
        var first = checker.Comparisons[0];
        return [.. checker.Comparisons.Where(comparison => comparison.Order == 1 && comparison.Mode == first.Mode).Select(comparison => comparison.Analytical)];
    }
}
