using System.Diagnostics;

namespace Bench;

/// <summary>Times of two contenders, measured in turns so that what slows the machine slows both.</summary>
/// <param name="Ours">Nanoseconds a call of ours, the median.</param>
/// <param name="Peer">Nanoseconds a call of the peer, the median.</param>
/// <param name="Ratio">The median of the rounds' ratios, ours to the peer's.</param>
internal readonly record struct Alternating(double Ours, double Peer, double Ratio)
{
    private const int MostRounds = 61, FewestRounds = 7;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(250), s_longestWarmUp = TimeSpan.FromMilliseconds(2_500);

    // TensorPrimitives stays at a third of its speed for up to a second, in tiers that look settled.
    private static readonly TimeSpan s_shortestWarmUp = TimeSpan.FromMilliseconds(1_250);
    private static readonly TimeSpan s_sample = TimeSpan.FromMilliseconds(4);

    // What takes long in every sample is sampled less often.
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(2.5);

    public static Alternating Measure(Action ours, Action peer) => OfSamples(Sampler(ours), Sampler(peer));

    /// <param name="ours">Takes one sample of ours, in nanoseconds a call.</param>
    /// <param name="peer">Takes one sample of the peer.</param>
    public static Alternating OfSamples(Func<double> ours, Func<double> peer)
    {
        var (first, second, ratios) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var _ in Rounds())
        {
            first.Add(ours());
            second.Add(peer());
            ratios.Add(first[^1] / second[^1]);
        }

        return new Alternating(Median(first), Median(second), Median(ratios));
    }

    /// <summary>The median time of a call, alone.</summary>
    public static double Measure(Action action)
    {
        var sample = Sampler(action);
        return Median([.. Rounds().Select(_ => sample())]);
    }

    /// <summary>
    /// Warms up by time, until calls get no faster (the runtime compiles hot methods again after a while), then samples as many calls as fill a sample.
    /// </summary>
    public static Func<double> Sampler(Action action)
    {
        var (time, before, start) = (double.PositiveInfinity, double.PositiveInfinity, Stopwatch.GetTimestamp());
        do
        {
            (before, time) = (time, WarmUp(action));
        }
        while (Stopwatch.GetElapsedTime(start) is var elapsed && (elapsed < s_shortestWarmUp || (time < 0.95 * before && elapsed < s_longestWarmUp)));

        var perSample = Math.Max(1, (long)(s_sample.TotalNanoseconds / time));
        return () =>
        {
            var begin = Stopwatch.GetTimestamp();
            for (var i = 0L; i < perSample; i++)
            {
                action();
            }

            return Stopwatch.GetElapsedTime(begin).TotalNanoseconds / perSample;
        };
    }

    private static double WarmUp(Action action)
    {
        long calls = 0;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_warmUp)
        {
            action();
            calls++;
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    private static IEnumerable<int> Rounds()
    {
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < FewestRounds || (round < MostRounds && Stopwatch.GetElapsedTime(start) < s_enough); round++)
        {
            yield return round;
        }
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
