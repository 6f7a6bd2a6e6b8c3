using System.Diagnostics;
using System.Globalization;

namespace Bench;

/// <summary>Every elementary function beside its peers as a table in markdown: the least of many short samples over processes, contenders in turns.</summary>
/// <remarks>
/// The least, since TensorPrimitives and at times our own loops run at a fraction of their speed for a while, or for all of a process: each at its best
/// is what is compared. All contenders of a process warm up together before the first is measured, so that the runtime compiles them at the same time.
/// </remarks>
internal static class FunctionTable
{
    private const int Processes = 3, Rounds = 41, Passes = 16, ShortLength = 1_024, LongLength = 1_000_000;
    private const double Sample = 60_000;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(300);
    private static readonly string[] s_peers = ["TensorPrimitives", "libmvec", "SLEEF"];

    /// <param name="args">
    /// Beginnings of names, "exp" or "log f64"; none means all. A number is the length, both unless told. A process's own part begins with "times".
    /// </param>
    public static int Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var isPart = args is ["times", ..];
        args = isPart ? args[1..] : args;
        string[] names = [.. args.Where(part => !int.TryParse(part, out _))];
        int[] lengths = [.. args.Where(part => int.TryParse(part, out _)).Select(int.Parse)];
        lengths = lengths.Length > 0 ? lengths : [ShortLength, LongLength];
        if (isPart)
        {
            PrintTimes(names, lengths);
        }
        else
        {
            PrintTable(names, lengths);
        }

        return 0;
    }

    // Nanoseconds an element, a line for each contender of each contest: ours, then the peers that are there.
    private static void PrintTimes(string[] names, int[] lengths)
    {
        WarmUp([.. Contests(ShortLength, names)]);
        foreach (var time in from n in lengths from contest in Contests(n, names) from time in Times(contest) select time / n)
        {
            Console.WriteLine(time);
        }
    }

    private static void PrintTable(string[] names, int[] lengths)
    {
        var least = Enumerable.Range(0, Processes)
            .Select(_ => ChildProcess.Lines([nameof(Functions).ToLowerInvariant(), "times", .. names, .. lengths.Select(n => $"{n}")]))
            .Select(lines => Array.ConvertAll(lines, double.Parse))
            .Aggregate((least, times) => [.. least.Zip(times, Math.Min)]);
        var next = 0;
        foreach (var n in lengths)
        {
            Console.WriteLine($"\n| n = {n:N0} | ours | {string.Join(" | ", s_peers)} |\n|---|---|---|---|---|");
            foreach (var contest in Contests(n, names))
            {
                var ours = least[next++];
                var cells = s_peers.Select(peer => IsThere(contest, peer) ? Cell(ours, least[next++]) : "–");
                Console.WriteLine($"| {contest.Name} | {ours:F3} | {string.Join(" | ", cells)} |");
            }
        }
    }

    private static bool IsThere(Functions.Contest contest, string name) => contest.Peers.Any(peer => peer.Name == name && peer.Run is not null);

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

    private static double[] Times(Functions.Contest contest)
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

        return least;
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
