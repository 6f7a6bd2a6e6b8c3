namespace Grad.Functional;

/// <summary>What the findings of a check come to.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Explanation">What it means here, in plain words.</param>
internal sealed record Judgement(GradCheckVerdict Verdict, string Explanation)
{
    private const double ProbablyFrom = 1e-7;
    private const double SuspiciousFrom = 1e-5;
    private const double WrongFrom = 1e-3;

    private const string ValueWasRead =
        "It read a value out of an array (an if, a conversion to a number, ToArray): that is a constant to its derivative, but not to " +
        "the function. Use the array itself, or Where.";

    /// <summary>Why two runs at the same point show that differences would mean nothing; null if they do not.</summary>
    public static Judgement? OfRuns(FreshTrace run, FreshTrace again)
    {
        const string Remedy =
            "when f was called again at the same point. Differences of such a function mean nothing: " +
            "make its random numbers from a fixed key.";
        if (run.Shape != again.Shape)
        {
            return new(GradCheckVerdict.NonDeterministic, $"f had shape {run.Shape}, and {again.Shape} {Remedy}");
        }

        for (var i = 0; i < run.Values.Length; i++)
        {
            if (!run.Values[i].Equals(again.Values[i]))
            {
                var values = FormattableString.Invariant($"{run.Values[i]:R}, and {again.Values[i]:R}");
                return new(GradCheckVerdict.NonDeterministic, $"{ElementName.Of("f", run.Shape, i)} was {values} {Remedy}");
            }
        }

        if (Array.FindIndex(run.Values, value => !double.IsFinite(value)) is >= 0 and var place)
        {
            var value = FormattableString.Invariant($"{run.Values[place]}");
            return new(
                GradCheckVerdict.NonFinite,
                $"{ElementName.Of("f", run.Shape, place)} is {value} at the point itself. Check at a point where f is finite.");
        }

        return null;
    }

    /// <param name="checker">The findings.</param>
    /// <param name="hiddenRead">A value read that matters but that no step was large enough to show, in plain words.</param>
    /// <param name="isTruncation">Whether the disagreement falls with the step as the error of the formula does.</param>
    public static Judgement Of(Checker checker, string? hiddenRead, Func<bool> isTruncation)
    {
        var passed = checker.Comparisons.All(comparison => comparison.Passed);
        if (checker.NonFinite is { } element)
        {
            return new(
                GradCheckVerdict.NonFinite,
                $"The derivative does not exist at this point: {element}. Check at a point where it is finite.");
        }

        if (!passed && checker.OutOfDomain is { } place)
        {
            return new(
                GradCheckVerdict.OutOfDomain,
                $"Next to the point f is not finite: {place}. Check farther inside its domain, or with differences to one side " +
                "(Forward, Backward).");
        }

        if (!passed && checker.TraceDifference is { } difference)
        {
            return new(GradCheckVerdict.TraceDiffers, $"f does not do the same next to the point: {difference}. {ValueWasRead}");
        }

        if (passed && hiddenRead is not null)
        {
            return new(
                GradCheckVerdict.TraceDiffers,
                "Differences with this step agree, but only because float32 is too coarse for it to show what f does otherwise: " +
                $"{hiddenRead}. {ValueWasRead}");
        }

        return OfError(checker, passed, isTruncation);
    }

    private static Judgement OfError(Checker checker, bool passed, Func<bool> isTruncation)
    {
        var failures = checker.Comparisons.Select(comparison => comparison.WorstFailure);
        var error = Math.Max(checker.RelativeError, GradCheckReport.LargestOf(failures));
        var modesAgree = checker.ModeError is null or < ProbablyFrom;
        if (error >= SuspiciousFrom && modesAgree && checker.Comparisons.All(comparison => comparison.WithinRounding))
        {
            return new(
                GradCheckVerdict.StepTooSmall,
                "The differences cannot tell: all disagreement lies within their own rounding error. Enlarge Epsilon.");
        }

        if (error >= SuspiciousFrom && modesAgree && isTruncation())
        {
            return new(
                GradCheckVerdict.StepTooLarge,
                "The derivative is right, the differences are not: their disagreement falls with the step as the error of the formula " +
                "does. Reduce Epsilon, or use a formula of higher order.");
        }

        var missed = passed ? "" : " The tolerances are tighter than differences with this step can meet.";
        return error switch
        {
            < SuspiciousFrom when !modesAgree => new(
                GradCheckVerdict.Suspicious,
                "Reverse and forward mode disagree, though both are exact: the rule of an op is slightly wrong in one of them."),
            < ProbablyFrom => new(
                GradCheckVerdict.Correct,
                "The derivative is correct: it agrees with differences as closely as they can tell." + missed),
            < SuspiciousFrom => new(
                GradCheckVerdict.ProbablyCorrect,
                "The derivative is probably correct: rounding and truncation of the differences explain an error of this size." + missed),
            < WrongFrom => new(
                GradCheckVerdict.Suspicious,
                "The derivative is suspicious: too far off for a smooth function and a fitting step, too close for most mistakes. " +
                "Try another step and another point; a kink near by can do this."),
            _ when passed => new(
                GradCheckVerdict.Wrong,
                "The derivative differs by more than a thousandth, but by so little in absolute terms that Atol lets it pass: where " +
                "derivatives are this small, lower Atol to check them."),
            _ => new(
                GradCheckVerdict.Wrong,
                "The derivative is wrong: it is not that of the function's values. Only a kink or a jump within the step looks the same: " +
                "try another point."),
        };
    }
}
