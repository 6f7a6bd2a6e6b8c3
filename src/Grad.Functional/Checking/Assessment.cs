namespace Grad.Functional;

/// <summary>From a function and a point to a report.</summary>
internal static class Assessment
{
    private const string Operation = "GradCheck";

    public static GradCheckReport Of<T>(Func<Node[], Node> f, NDArray<T>[] inputs, string[] names, GradCheckOptions options)
        where T : unmanaged
    {
        options.Require();
        switch (inputs)
        {
            case []:
                throw new ArgumentException(
                    $"{Operation} needs at least one input, but got none. Give the arrays to differentiate by.", nameof(inputs));
            case NDArray<double>[] wide:
                return Of(f, wide, names, options, null);
            case NDArray<float>[] narrow:
                return Of(
                    WideFunction.Of(Operation, f),
                    Array.ConvertAll(narrow, input => input.Cast<double>()),
                    names,
                    options,
                    new Float32Function(f, narrow, names, options));
            default:
                throw new NotSupportedException(
                    $"{Operation} differentiates arrays of double or float, not of {typeof(T).Name}. Cast first.");
        }
    }

    private static GradCheckReport Of(
        Func<Node[], Node> f, NDArray<double>[] inputs, string[] names, GradCheckOptions options, Float32Function? narrow)
    {
        var origin = FreshTrace.Run(Operation, f, inputs);
        if (Judgement.OfRuns(origin, FreshTrace.Run(Operation, f, inputs)) is { } unusable)
        {
            return new GradCheckReport(options, unusable, [], null, null, []);
        }

        var checker = Checker.Run(f, inputs, names, options, origin);
        var judgement = Judgement.Of(
            checker, narrow?.HiddenRead(f, origin, checker.First), () => IsTruncation(checker, f, inputs, names, options, origin));
        List<string> notes = [];
        if (checker.TraceDifference is { } difference && judgement.Verdict != GradCheckVerdict.TraceDiffers)
        {
            notes.Add($"f does not do the same everywhere: {difference}.");
        }

        if (origin.StopsGradient)
        {
            notes.Add("f holds a StopGradient: there its derivative is deliberately not that of its values.");
        }

        if (narrow is not null)
        {
            var rounding = ReportText.Error(narrow.RoundingError(checker.First));
            notes.Add(
                "f was traced in float32 and checked in float64. Its derivative as computed in float32 differs from the one checked by " +
                $"{rounding}.");
        }

        var naive = narrow?.Naive(checker.First, checker.RelativeError);
        return new GradCheckReport(options, judgement, checker.Comparisons, checker.ModeError, naive, notes);
    }
    private static bool IsTruncation(
        Checker checker, Func<Node[], Node> f, NDArray<double>[] inputs, string[] names, GradCheckOptions options, FreshTrace origin)
    {
        const double Finer = 1.0 / 4;
        var finer = options with { Epsilon = Finer * options.Epsilon };
        if (!inputs.All(input => input.Data.ToArray().All(x => Steps.IsVisible(x, finer.Epsilon))))
        {
            return false;
        }

        // Exactly the power would hold in the limit only.
        var factor = 1.4 * Math.Pow(Finer, Stencil.Of(options.Formula).Order);
        var refined = Checker.Run(f, inputs, names, finer, origin);
        return checker.Comparisons.Zip(refined.Comparisons).All(pair => pair.Second.DiffersLessThan(pair.First, factor));
    }
}
