namespace Properties.Programs;

/// <summary>Derivatives compared with differences.</summary>
/// <param name="Count">How many.</param>
/// <param name="Zeros">Those of them that are zero, which the differences are up to rounding.</param>
/// <param name="Uncertain">Those of the others where the error estimate allows more than the tolerance.</param>
/// <param name="Cancelled">Those that agree only to the rounding of their own terms, which cancel.</param>
/// <param name="WorstRelative">The largest relative error among the rest.</param>
/// <param name="WorstMiss">The largest error among all, as a part of what is allowed.</param>
internal readonly record struct Comparisons(int Count, int Zeros, int Uncertain, int Cancelled, double WorstRelative, double WorstMiss)
{
    public Comparisons With(Difference difference, double derivative, bool isCancelled)
    {
        var (isZero, isUncertain) = (derivative == 0, derivative != 0 && difference.IsUncertain);
        var relative = isZero || isUncertain ? 0 : Math.Abs(derivative - difference.Value) / Math.Abs(difference.Value);
        return With(new Comparisons(1, isZero ? 1 : 0, isUncertain ? 1 : 0, isCancelled ? 1 : 0, relative, difference.Miss(derivative)));
    }

    public Comparisons With(Comparisons other) => new(
        Count + other.Count,
        Zeros + other.Zeros,
        Uncertain + other.Uncertain,
        Cancelled + other.Cancelled,
        Math.Max(WorstRelative, other.WorstRelative),
        Math.Max(WorstMiss, other.WorstMiss));
}
