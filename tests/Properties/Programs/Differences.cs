namespace Properties.Programs;

/// <summary>
/// The values that central differences are made of: at a step, half of it, a quarter and so on to both sides, three at a time.
/// </summary>
internal sealed class CentralValues
{
    // The smallest step is 1/256 of the largest: below that rounding takes over.
    private const int MaxWindows = 3;

    // The differences of the values to both sides, not the values: a sum of several functions' must not round a small one away.
    private readonly List<double> _spreads = [];

    private CentralValues(double step, double noise) => (Step, Noise) = (step, noise);

    /// <summary>The largest step.</summary>
    public double Step { get; }

    /// <summary>A bound of the rounding error in each value.</summary>
    public double Noise { get; }

    /// <summary>The number of differences.</summary>
    public int Count => _spreads.Count;

    public static CentralValues Of(double step, double noise, Func<double, double> value) =>
        OfMany(step, [noise], distance => [value(distance)])[0];

    /// <summary>
    /// The same for a function of many values. As long as one of them varies too fast for the steps, smaller ones are taken.
    /// </summary>
    public static CentralValues[] OfMany(double step, double[] noise, Func<double, double[]> values)
    {
        var all = Array.ConvertAll(noise, noise => new CentralValues(step, noise));
        do
        {
            for (var i = 0; i < Difference.Window; i++)
            {
                var distance = step / (1 << all[0].Count);
                var (plus, minus) = (values(distance), values(-distance));
                for (var k = 0; k < all.Length; k++)
                {
                    all[k]._spreads.Add(plus[k] - minus[k]);
                }
            }
        }
        while (all[0].Count < MaxWindows * Difference.Window && all.Any(Difference.IsTooCoarse));
        return all;
    }

    /// <summary>The differences of the sum of several functions' values, each times a number.</summary>
    public static CentralValues Combine(CentralValues[] values, double[] factors)
    {
        var sum = new CentralValues(values[0].Step, values.Zip(factors, (value, factor) => Math.Abs(factor) * value.Noise).Sum());
        for (var i = 0; i < values[0].Count; i++)
        {
            sum._spreads.Add(values.Zip(factors, (value, factor) => factor * value._spreads[i]).Sum());
        }

        return sum;
    }

    /// <summary>The i-th central difference.</summary>
    public double Quotient(int i) => _spreads[i] / (2 * Step / (1 << i));
}

/// <summary>A derivative found by differences alone, and how wrong it may be.</summary>
/// <remarks>
/// Central differences D(h), D(h/2), D(h/4) have errors in h², h⁴, …; two Richardson steps take the first two away:
/// R₁ = (4D(h/2) − D(h))/3, R₂ = (4D(h/4) − D(h/2))/3, R = (16R₂ − R₁)/15 = (64D(h/4) − 20D(h/2) + D(h))/45.
/// What truncation leaves is far below |R₂ − R₁|, the error of the step before, where the differences converge as they should: by
/// four each time. Four times that is granted; where they do not even halve, all that they move. A value that is wrong by δ makes D(h)
/// wrong by δ/h at most, so R by (64·4 + 20·2 + 1)/45 · δ/h = 6.6 δ/h. Of several such triples the one with the least error counts.
/// </remarks>
internal readonly record struct Difference(double Value, double Error)
{
    /// <summary>
    /// The largest step for numbers of size 1: truncation, of order h⁶, and rounding, of order 1/h, are both far below 10⁻⁶.
    /// </summary>
    public const double Step = 1.0 / 4096;

    /// <summary>What is always granted, relative to the derivative.</summary>
    public const double Tolerance = 1e-6;

    /// <summary>How many differences one result takes.</summary>
    public const int Window = 3;

    private const double TruncationFactor = 4;
    private const double NoiseFactor = ((64 * 4) + (20 * 2) + 1) / 45.0;

    /// <summary>Whether the error estimate is what decides.</summary>
    public bool IsUncertain => Error > Tolerance * Math.Abs(Value);

    public static Difference Richardson(CentralValues values)
    {
        var best = new Difference(0, double.PositiveInfinity);
        for (var first = 0; first < values.Count; first += Window)
        {
            var (value, truncation, rounding) = Extrapolate(values, first);
            best = truncation + rounding < best.Error ? new Difference(value, truncation + rounding) : best;
        }

        return best;
    }

    /// <summary>Whether smaller steps promise more: truncation, not rounding, leaves more than the tolerance.</summary>
    public static bool IsTooCoarse(CentralValues values)
    {
        var (value, truncation, rounding) = Extrapolate(values, values.Count - Window);
        return truncation > Math.Max(Tolerance * Math.Abs(value), rounding);
    }

    /// <summary>
    /// The error of a derivative as a part of what is allowed: up to 1 it agrees. NaN and infinity never do, and with a difference whose
    /// error has no bound nothing does.
    /// </summary>
    public double Miss(double derivative)
    {
        var (miss, allowed) = (Math.Abs(derivative - Value), Math.Max(Tolerance * Math.Abs(Value), Error));
        return !double.IsFinite(miss) || !double.IsFinite(allowed) ? double.PositiveInfinity : miss == 0 ? 0 : miss / allowed;
    }

    private static (double Value, double Truncation, double Rounding) Extrapolate(CentralValues values, int first)
    {
        var (d0, d1, d2) = (values.Quotient(first), values.Quotient(first + 1), values.Quotient(first + 2));
        var (r1, r2) = (((4 * d1) - d0) / 3, ((4 * d2) - d1) / 3);
        var (before, after) = (Math.Abs(d1 - d0), Math.Abs(d2 - d1));
        var truncation = after <= before / 2 ? TruncationFactor * Math.Abs(r2 - r1) : before + after;
        return (((16 * r2) - r1) / 15, truncation, NoiseFactor * values.Noise / (values.Step / (1 << first)));
    }
}
