using System.Globalization;
using System.Text;

namespace Properties.Programs;

/// <summary>What came of many programs; filled from several threads.</summary>
internal sealed class ProgramTally
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Discard, int> _discarded = [];
    private readonly Dictionary<string, int> _drawn = [];
    private readonly Dictionary<int, int> _sizes = [];
    private readonly Comparisons[] _orders = new Comparisons[ProgramCheck.MaxOrder + 1];
    private readonly Dictionary<Mutant, int> _reverse = [];
    private readonly Dictionary<Mutant, int> _forward = [];
    private readonly Dictionary<FloatVerdict, int> _floats = [];
    private int _widenedOtherwise;
    private double _worstFloat;
    private int _withIdleNonFinites;

    /// <summary>Programs that were compared with differences.</summary>
    public int Judged { get; private set; }

    /// <summary>Programs of which a derivative differs by more than is allowed.</summary>
    public int Unexplained { get; private set; }

    public double DiscardedShare => (double)Discarded / Math.Max(Judged + Discarded, 1);

    public double DetectedInReverse => Detected(_reverse);

    public double DetectedInForward => Detected(_forward);

    public IEnumerable<string> NeverDrawn => OpCatalog.Names.Where(name => !_drawn.ContainsKey(name));

    private int Discarded => _discarded.Values.Sum();

    public void Add(ProgramCheck check)
    {
        lock (_lock)
        {
            if (check.Discard != Discard.None)
            {
                Count(_discarded, check.Discard);
                return;
            }

            Judged++;
            _withIdleNonFinites += check.HasIdleNonFinites ? 1 : 0;
            Unexplained += check.Faults.Count > 0 ? 1 : 0;
            Count(_sizes, check.Program.Steps.Count(step => step.Op is not null));
            foreach (var name in check.Program.Steps.Where(step => step.Op is not null).Select(step => step.Op!.Name).Distinct())
            {
                Count(_drawn, name);
            }

            for (var order = 1; order < _orders.Length; order++)
            {
                _orders[order] = _orders[order].With(check.Orders[order]);
            }

            if (check.Float.Verdict != FloatVerdict.NotTried)
            {
                Count(_floats, check.Float.Verdict);
                _widenedOtherwise += check.Float.IsWidenedExactly ? 0 : 1;
                _worstFloat = Math.Max(_worstFloat, check.Float.WorstMiss);
            }
        }
    }

    public void Add((Mutant Reverse, Mutant Forward) mutants)
    {
        lock (_lock)
        {
            Count(_reverse, mutants.Reverse);
            Count(_forward, mutants.Forward);
        }
    }

    /// <summary>The report: counts and worst cases.</summary>
    public string Report()
    {
        var text = new StringBuilder();
        Line("programs", $"{Judged:N0} judged, {Unexplained} unexplained");
        Line("", $"of up to {_sizes.Keys.DefaultIfEmpty().Max()} ops, {Median()} in the middle, with their reduction to a number");
        Line("", $"{_withIdleNonFinites:N0} hold NaN or infinity in a branch not taken");
        Line("discarded", $"{DiscardedShare:P1} of those drawn: {Reasons()}");
        for (var order = 1; order < _orders.Length; order++)
        {
            var compared = _orders[order];
            Line($"order {order}", $"{compared.Count:N0} derivatives, {compared.Zeros:N0} zero, {compared.Uncertain:N0} within their error estimate,");
            Line("", $"{compared.Cancelled:N0} of these but for the rounding of the derivative itself, whose terms cancel");
            Line("", $"worst relative error of the rest {compared.WorstRelative:G2}; of all {compared.WorstMiss:P0} of what is allowed");
        }

        Line("mutants", $"{DetectedInReverse:P2} of {Tried(_reverse):N0} detected in reverse mode");
        Line("", $"{DetectedInForward:P2} of {Tried(_forward):N0} detected in forward mode");
        Line("", $"{_reverse.GetValueOrDefault(Mutant.Impossible):N0} programs have no op with an influence");
        Line("float", $"{_floats.Values.Sum():N0} programs, {_widenedOtherwise} widened otherwise");
        Line("", $"{Floats(FloatVerdict.Explained):N0} explained by rounding, the worst at {_worstFloat:P0} of the bound");
        Line("", $"{Floats(FloatVerdict.Unexplained)} unexplained, {Floats(FloatVerdict.ElsewhereInFloat):N0} overflow or branch otherwise");
        Line("ops drawn", $"{string.Join(" · ", OpCatalog.Names.Select(Drawn))}");
        return text.ToString();

        void Line(string heading, FormattableString line) => text.AppendLine($"{heading,-12}{line.ToString(CultureInfo.InvariantCulture)}");

        string Drawn(string name) => FormattableString.Invariant($"{name} {_drawn.GetValueOrDefault(name):N0}");

        int Floats(FloatVerdict verdict) => _floats.GetValueOrDefault(verdict);
    }

    private string Reasons() =>
        string.Join(", ", _discarded.OrderBy(pair => pair.Key).Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value:N0}")));

    private int Median()
    {
        var left = Judged / 2;
        return _sizes.OrderBy(pair => pair.Key).FirstOrDefault(pair => (left -= pair.Value) < 0).Key;
    }

    private static int Tried(Dictionary<Mutant, int> mutants) =>
        mutants.GetValueOrDefault(Mutant.Detected) + mutants.GetValueOrDefault(Mutant.Missed);

    private static double Detected(Dictionary<Mutant, int> mutants) =>
        (double)mutants.GetValueOrDefault(Mutant.Detected) / Math.Max(Tried(mutants), 1);

    private static void Count<TKey>(Dictionary<TKey, int> counts, TKey key) where TKey : notnull =>
        counts[key] = counts.GetValueOrDefault(key) + 1;
}
