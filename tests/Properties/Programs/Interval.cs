using Grad.Functional;

namespace Properties.Programs;

/// <summary>
/// Where the elements of a value lie, roughly, computed in double or in float: found by trying an op on a few numbers, never by looking
/// at a program's values. It serves to choose operands that an op can take.
/// </summary>
internal readonly record struct Interval(double Low, double High)
{
    // Beyond these a program would soon overflow, or lose all digits of a difference.
    private const double MaxValue = 1e3;
    private const double MaxSlope = 1e3;

    // An op is singular at an end of its domain or at zero, if anywhere: so close to those a slope without bound shows.
    private const double Close = 1e-8;

    // An op of one operand, or one that jumps, is tried at more points than another: a remainder falls from its largest value to zero.
    private const int Parts = 12;
    private const int ManyParts = 60;

    // A slope that moves by this part of its size between neighbours so close has a jump: the tip of a cone.
    private const double SlopeJump = 0.1;

    private const double FloatUlp = 1.0 / (1 << 23);

    public static Interval Of(ReadOnlySpan<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }

        return low <= high ? new Interval(low, high) : new Interval(0, 0);
    }

    public Interval Hull(Interval other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary>
    /// The range of numbers that may each be wrong by so many units in the last place of float. A single number becomes an interval: so
    /// what is left of it by a difference may be zero, or on either side.
    /// </summary>
    public Interval Rounded(double ulps) => new(Low - (ulps * FloatUlp * Math.Abs(Low)), High + (ulps * FloatUlp * Math.Abs(High)));

    /// <summary>
    /// Whether an elementwise op can take operands from these ranges as they are: it is finite and of moderate slope there, and they
    /// do not reach an end of its domain, where a higher derivative may be infinite. It has no ends if it is tame far beyond the ranges, and
    /// its slope has no jump at zero.
    /// </summary>
    public static bool IsSafe(OpSample sample, ReadOnlySpan<Interval> operands)
    {
        if (!Try(sample, operands).IsTame)
        {
            return false;
        }

        var (wider, isInside) = (operands.ToArray(), true);
        for (var i = 0; i < wider.Length; i++)
        {
            var size = Math.Max(1, Math.Max(-operands[i].Low, operands[i].High));
            wider[i] = new Interval(-size, size);
            var spec = sample.Operands[i];
            isInside &= !spec.IsReal || (operands[i].Low > spec.Low && operands[i].High < spec.High);
        }

        return isInside || (!sample.HasPoles && Try(sample, wider, withoutJumps: true).IsTame);
    }

    /// <summary>
    /// The range of an elementwise op of numbers, and whether it is finite and of moderate slope on all of its operands' ranges; if asked for,
    /// without jumps of the slope.
    /// </summary>
    public static (Interval Range, bool IsTame) Try(OpSample sample, ReadOnlySpan<Interval> operands, bool withoutJumps = false)
    {
        var count = sample.Operands.Length;
        var (grids, nodes) = (new double[count][], new Node[count]);
        for (var i = 0; i < count; i++)
        {
            grids[i] = sample.Operands[i].IsReal ? operands[i].Grid(sample.Kink is null && count > 1 ? Parts : ManyParts) : [0, 1];

            // Each operand along an axis of its own: the op's broadcasting tries every combination.
            var extents = Enumerable.Repeat(1, count).ToArray();
            extents[i] = grids[i].Length;
            var grid = NDArray.Create<double>(grids[i], extents);
            nodes[i] = sample.Operands[i].IsReal ? grid : grid.Cast<bool>();
        }

        var result = (NDArray<double>)sample.Op.Apply(nodes);
        var values = result.AsSpan();
        var range = Of(values);
        var tame = !values.ContainsAnyExceptInRange(-MaxValue, MaxValue) && !values.Contains(double.NaN);
        var hasSlope = sample.Kink is null || sample.HasPoles;
        for (int axis = count - 1, stride = 1; axis >= 0; stride *= grids[axis--].Length)
        {
            var grid = grids[axis];
            if (sample.Operands[axis].IsReal)
            {
                tame = tame && (!hasSlope || (HasModerateSlope(values, grid, stride) && !(withoutJumps && HasJump(values, grid, stride))));
                range = range.Hull(Peaks(values, grid, stride, jumps: sample.Kink is not null));
            }
        }

        return (range, tame);
    }

    // Between the points a smooth op turns: a peak lies below the chords on both its sides, prolonged; a valley above them. So the sine of
    // an interval around π/2 is known to reach 1, where the arcsine ends. Where an op jumps, the piece on either side goes on as its own chord
    // does, the less steep one: so a remainder is known to reach zero, where the square root ends.
    private static Interval Peaks(ReadOnlySpan<double> values, double[] grid, int stride, bool jumps)
    {
        var range = Of(values);
        for (var i = 0; i < values.Length; i++)
        {
            var at = i / stride % grid.Length;
            if (at == 0 || at == grid.Length - 1)
            {
                continue;
            }

            var (before, after) = (values[i] - values[i - stride], values[i + stride] - values[i]);
            var (gapBefore, gapAfter) = (grid[at] - grid[at - 1], grid[at + 1] - grid[at]);
            if (before * after < 0)
            {
                var (beyondBefore, beyondAfter) = (Math.Abs(before) / gapBefore * gapAfter, Math.Abs(after) / gapAfter * gapBefore);
                var beyond = jumps ? Math.Min(beyondBefore, beyondAfter) : Math.Max(beyondBefore, beyondAfter);
                var peak = values[i] + (Math.Sign(before) * beyond);
                range = double.IsFinite(peak) ? range.Hull(new Interval(peak, peak)) : range;
            }
        }

        return range;
    }

    private static bool HasModerateSlope(ReadOnlySpan<double> values, double[] grid, int stride)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var at = i / stride % grid.Length;
            if (at > 0 && Math.Abs(values[i] - values[i - stride]) > MaxSlope * (grid[at] - grid[at - 1]))
            {
                return false;
            }
        }

        return true;
    }

    // Only neighbours of zero are so close on both sides.
    private static bool HasJump(ReadOnlySpan<double> values, double[] grid, int stride)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var at = i / stride % grid.Length;
            if (at > 0 && at < grid.Length - 1 && grid[at] == 0)
            {
                var before = (values[i] - values[i - stride]) / (grid[at] - grid[at - 1]);
                var after = (values[i + stride] - values[i]) / (grid[at + 1] - grid[at]);
                if (Math.Abs(after - before) > SlopeJump * Math.Max(1, Math.Abs(before)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Ascending and distinct: ends, their neighbours, even points, and zero with its neighbours.
    private double[] Grid(int parts)
    {
        if (Low == High)
        {
            return [Low];
        }

        var (low, width) = (Low, High - Low);
        var points = new List<double> { Low, High, Low + (Close * width), High - (Close * width) };
        points.AddRange(Enumerable.Range(1, parts - 1).Select(i => low + (i * width / parts)));
        if (Low < 0 && High > 0)
        {
            // A point that rounding alone keeps from zero has no slope to it.
            points.RemoveAll(point => Math.Abs(point) < Close * width);
            points.AddRange([0, Close * width, -Close * width]);
        }

        return [.. points.Distinct().Order()];
    }
}
