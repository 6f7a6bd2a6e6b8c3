using System.Diagnostics;

namespace Bench;

/// <summary>Times of two contenders, measured in turns so that what slows the machine slows both.</summary>
/// <param name="Ours">Nanoseconds a call of ours, the median.</param>
/// <param name="Peer">Nanoseconds a call of the peer, the median.</param>
/// <param name="Ratio">The median of the rounds' ratios, ours to the peer's.</param>
internal readonly record struct Alternating(double Ours, double Peer, double Ratio)
{
    private const int Rounds = 61;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_sample = TimeSpan.FromMilliseconds(4);

    public static Alternating Measure(Action ours, Action peer) => OfSamples(Sampler(ours), Sampler(peer));

    /// <param name="ours">Takes one sample of ours, in nanoseconds a call.</param>
    /// <param name="peer">Takes one sample of the peer.</param>
    public static Alternating OfSamples(Func<double> ours, Func<double> peer)
    {
        var (first, second, ratios) = (new double[Rounds], new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            (first[round], second[round]) = (ours(), peer());
            ratios[round] = first[round] / second[round];
        }

        return new Alternating(Median(first), Median(second), Median(ratios));
    }

    /// <summary>The median time of a call, alone.</summary>
    public static double Measure(Action action)
    {
        var sample = Sampler(action);
        return Median([.. Enumerable.Range(0, Rounds).Select(_ => sample())]);
    }

    /// <summary>Warms up by time (the runtime compiles hot methods again after a while), then samples as many calls as fill a sample.</summary>
    public static Func<double> Sampler(Action action)
    {
        long calls = 0;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_warmUp)
        {
            action();
            calls++;
        }

        var perSample = Math.Max(1, (long)(calls * (s_sample / s_warmUp)));
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

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
