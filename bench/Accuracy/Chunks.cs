namespace Accuracy;

/// <summary>A sweep over as many chunks of drawn arguments as are asked for, begun with the special ones; it goes on where an earlier one ended.</summary>
internal static class Chunks
{
    // Written down so often that little is lost.
    private const long ChunksALine = 1 << 10;

    public static Measured Measure(string function, ISweep sweep, int size, Func<long, Measured> drawn, Func<Measured> special)
    {
        var total = Measured.Known(function, sweep.Type, 0, sweep.Options) ?? Measured.Begin(function, sweep.Type, 0).With(special());
        long chunks = Math.Max(1, (sweep.Options.Points + size - 1) / size);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = sweep.Options.Threads };
        while (total.Next < chunks)
        {
            long end = Math.Min(total.Next + ChunksALine, chunks);
            var gate = new Lock();
            var part = Measured.Begin(function, sweep.Type, 0);
            Parallel.For(total.Next, end, parallel, () => Measured.Begin("", "", 0), (chunk, _, found) => found.With(drawn(chunk)), found =>
            {
                lock (gate)
                    part = part.With(found);
            });
            total = (total.With(part) with { Next = end }).Marked(sweep.Options);
            total.Append();
        }

        return total;
    }
}
