using Grad.Simd;

namespace Grad.Functional;

/// <summary>Work on a range of places, none of which depends on another: those of the outermost axis, or elements.</summary>
internal interface IDividedWork
{
    /// <summary>Computes what belongs to the places from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    void Run(int first, int end);
}

/// <summary>Runs work in ranges, on several threads if the options that hold allow it and there is enough of it.</summary>
internal static class Divided
{
    // A range is to take some microseconds and more.
    private const int LeastElements = 1 << 13;
    private const int MostRanges = 1 << 10;

    /// <summary>Whether so many elements could be worth more than one thread, and more than one may be used.</summary>
    public static bool Pays(long elements) => elements >= 4 * LeastElements && OptionsScope.IsDivided;

    /// <summary>Runs all of the work.</summary>
    /// <param name="work">The work.</param>
    /// <param name="places">The places.</param>
    /// <param name="each">The elements that each takes.</param>
    /// <exception cref="OperationCanceledException">The token that holds was cancelled.</exception>
    public static void Run<TWork>(scoped TWork work, int places, long each) where TWork : struct, IDividedWork, allows ref struct
    {
        if (places < 2 || !Pays(places * each))
        {
            work.Run(0, places);
            return;
        }

        var ranges = (int)Math.Min(Math.Min(places, MostRanges), places * each / LeastElements);
        var parts = new Ranges<TWork>(work, places, ranges);
        Team.Run(parts, ranges, OptionsScope.Options.MaxDegreeOfParallelism, OptionsScope.Token);
    }

    private readonly ref struct Ranges<TWork>(TWork work, int places, int ranges) : ITeamWork where TWork : struct, IDividedWork, allows ref struct
    {
        private readonly TWork _work = work;

        public void Work(scoped ref TeamShare share)
        {
            while (share.TryTake(out var range))
            {
                _work.Run((int)((long)places * range / ranges), (int)((long)places * (range + 1) / ranges));
            }
        }
    }
}
