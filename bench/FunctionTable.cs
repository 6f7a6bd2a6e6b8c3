using System.Diagnostics;
using System.Globalization;

namespace Bench;

/// <summary>Every elementary function beside its peers as a table in markdown: the least of many short samples, contenders in turns.</summary>
/// <remarks>
/// The least, since TensorPrimitives and at times our own loops run at a fraction of their speed for a while: each at its best is what is compared. All
/// contenders warm up together before the first is measured, so that the runtime compiles them at the same time.
/// </remarks>
internal static class FunctionTable
{
    private const int Rounds = 41, Passes = 16, ShortLength = 1_024, LongLength = 1_000_000;
    private const double Sample = 60_000;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(300);
    private static readonly string[] s_peers = ["TensorPrimitives", "libmvec", "SLEEF"];

    /// <param name="filter">Beginnings of names, "exp" or "log f64"; none means all. A number is the length, both unless told.</param>
    public static int Run(string[] filter)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string[] names = [.. filter.Where(part => !int.TryParse(part, out _))];
        int[] lengths = [.. filter.Where(part => int.TryParse(part, out _)).Select(int.Parse)];
        WarmUp([.. Contests(ShortLength, names)]);
        foreach (var n in lengths.Length > 0 ? lengths : [ShortLength, LongLength])
        {
            Console.WriteLine($"\n| n = {n:N0} | ours | {string.Join(" | ", s_peers)} |\n|---|---|---|---|---|");
            foreach (var contest in Contests(n, names))
            {
                Console.WriteLine($"| {contest.Name} | {Line(contest, n)} |");
            }
        }

        return 0;
    }

    private static IEnumerable<Functions.Contest> Contests(int n, string[] names) =>
        from contest in Functions.All<double>(n).Concat(Functions.All<float>(n))
        where names.Length == 0 || names.Any(name => $"{contest.Name} ".StartsWith($"{name} ", StringComparison.OrdinalIgnoreCase))
        select contest;

    private static IEnumerable<Action> Contenders(Functions.Contest contest) =>
        contest.Peers.Select(peer => peer.Run).Prepend(contest.Ours).OfType<Action>();

    // Methods are compiled anew in the background some time after they were called often: passes over all, with pauses.
    private static void WarmUp(Functions.Contest[] contests)
    {
        for (var pass = 0; pass < Passes; pass++)
        {
            foreach (var contender in contests.SelectMany(Contenders))
            {
                for (var call = 0; call < 60; call++)
                {
                    contender();
                }
            }

            Thread.Sleep(s_pause);
        }
    }

    private static string Line(Functions.Contest contest, int n)
    {
        Action[] contenders = [.. Contenders(contest)];
        var calls = Array.ConvertAll(contenders, contender => (int)Math.Ceiling(Sample / Math.Min(Time(contender, 1), Time(contender, 1))));
        var least = Array.ConvertAll(contenders, _ => double.PositiveInfinity);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                least[i] = Math.Min(least[i], Time(contenders[i], calls[i]));
            }
        }

        var ours = least[0] / n;
        var (cells, next) = (new List<string> { $"{ours:F3}" }, 1);
        foreach (var name in s_peers)
        {
            var isThere = contest.Peers.Any(peer => peer.Name == name && peer.Run is not null);
            cells.Add(isThere ? Cell(ours, least[next++] / n) : "–");
        }

        return string.Join(" | ", cells);
    }

    private static string Cell(double ours, double peer) =>
        ours < peer ? $"{peer:F3} ({ours / peer:F2})" : $"{peer:F3} (**{ours / peer:F2}**)";

    // Nanoseconds a call.
    private static double Time(Action action, int calls)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var call = 0; call < calls; call++)
        {
            action();
        }

        return (Stopwatch.GetTimestamp() - begin) * 1e9 / Stopwatch.Frequency / calls;
    }
}
