using Grad.Simd;
using Xunit;

namespace Properties.Threads;

/// <summary>Work spread over threads is done once, whole, by as many threads as asked for at most; what goes wrong reaches the caller, and only this time.</summary>
public sealed class TeamLaws : IDisposable
{
    private static readonly int[] s_degrees = [1, 2, 3, 16];

    // A dead lock is to fail, not to hang; on a busy machine the pool may be long in coming.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public TeamLaws() => Team.CallsAtOnce = true;

    public void Dispose() => Team.CallsAtOnce = false;

    [Fact]
    public void Every_piece_is_done_once()
    {
        foreach (int degree in s_degrees)
        {
            foreach (int pieces in (int[])[0, 1, 2, 3, 7, 64, 1_000])
            {
                int[] done = new int[pieces];
                Team.Run(new Each(piece => Interlocked.Increment(ref done[piece])), pieces, degree);
                Assert.All(done, times => Assert.Equal(1, times));
            }
        }
    }

    [Fact]
    public void Others_come_and_no_more_than_asked_for()
    {
        foreach (int degree in s_degrees)
        {
            // A piece waits until another thread has begun one too.
            using var others = new CountdownEvent(Math.Min(degree, 2));
            var threads = new HashSet<int>();
            Team.Run(
                new Each(_ =>
                {
                    bool isFirst;
                    lock (threads)
                        isFirst = threads.Add(Environment.CurrentManagedThreadId);
                    if (isFirst && others.CurrentCount > 0)
                        others.Signal();
                    Assert.True(others.Wait(s_patience), "No other thread came.");
                }),
                100,
                degree);
            Assert.InRange(threads.Count, Math.Min(degree, 2), degree);
            Assert.Contains(Environment.CurrentManagedThreadId, threads);
        }
    }

    [Fact]
    public void What_takes_no_time_stays_on_the_callers_thread()
    {
        Team.CallsAtOnce = false;
        int elsewhere = 0, self = Environment.CurrentManagedThreadId;
        for (int i = 0; i < 100; i++)
            Team.Run(new Each(_ => elsewhere += Environment.CurrentManagedThreadId == self ? 0 : 1), 4, 16);
        Assert.Equal(0, elsewhere);
    }

    [Fact]
    public void The_lowest_piece_that_fails_is_heard_of()
    {
        foreach (int degree in s_degrees)
        {
            for (int first = 0; first < 40; first++)
            {
                var failure = Assert.Throws<PieceFailed>(() => Team.Run(new Each(piece => FailFrom(first, piece)), 64, degree));
                Assert.Equal(first, failure.Piece);
                Assert.Contains(nameof(FailFrom), failure.StackTrace, StringComparison.Ordinal);
                AssertAllIsWell(degree);
            }
        }
    }

    [Fact]
    public void A_helpers_exception_is_rethrown_on_the_callers_thread()
    {
        int self = Environment.CurrentManagedThreadId;
        using var thrown = new ManualResetEventSlim();
        var failure = Assert.Throws<PieceFailed>(() => Team.Run(
            new Each(piece =>
            {
                if (Environment.CurrentManagedThreadId == self)
                {
                    Assert.True(thrown.Wait(s_patience), "No other thread came.");
                    return;
                }

                thrown.Set();
                FailFrom(0, piece);
            }),
            64,
            2));
        Assert.Contains(nameof(FailFrom), failure.StackTrace, StringComparison.Ordinal);
        AssertAllIsWell(2);
    }

    [Fact]
    public void Cancelled_work_stops_between_pieces()
    {
        foreach (int degree in s_degrees)
        {
            using var source = new CancellationTokenSource();
            int done = 0;
            var exception = Assert.ThrowsAny<OperationCanceledException>(() => Team.Run(
                new Each(piece =>
                {
                    if (piece == 10)
                        source.Cancel();
                    Interlocked.Increment(ref done);
                }),
                1_000_000,
                degree,
                source.Token));
            Assert.Equal(source.Token, exception.CancellationToken);
            Assert.InRange(done, 11, 999_999);
            AssertAllIsWell(degree);
        }
    }

    [Fact]
    public void Work_that_is_all_begun_when_it_is_cancelled_is_done()
    {
        foreach (int degree in s_degrees)
        {
            using var source = new CancellationTokenSource();
            int done = 0;
            Team.Run(
                new Each(piece =>
                {
                    Interlocked.Increment(ref done);
                    if (piece == 63)
                        source.Cancel();
                }),
                64,
                degree,
                source.Token);
            Assert.Equal(64, done);
        }
    }

    [Fact]
    public void Work_inside_a_piece_stays_on_its_thread()
    {
        int elsewhere = 0, done = 0;
        Team.Run(
            new Each(_ =>
            {
                int self = Environment.CurrentManagedThreadId;
                Team.CallsAtOnce = true;
                Team.Run(
                    new Each(_ =>
                    {
                        Interlocked.Add(ref elsewhere, Environment.CurrentManagedThreadId == self ? 0 : 1);
                        Interlocked.Increment(ref done);
                        Thread.Yield();
                    }),
                    50,
                    16);
            }),
            50,
            4);
        Assert.Equal(2_500, done);
        Assert.Equal(0, elsewhere);
        Assert.False(Team.IsInside);
    }

    [Fact]
    public void Nothing_is_allocated_once_a_thread_has_its_job()
    {
        long[] sums = new long[64];
        for (int round = 0; ; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 200; i++)
                Team.Run(new Square(sums), 64, 3);
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (bytes == 0)
                break;
            Assert.True(round < 20, $"200 runs allocate {bytes} bytes still.");
        }
    }

    [Fact]
    public void Many_threads_run_teams_at_once()
    {
        var threads = Enumerable.Range(0, 16).Select(seed => new Thread(() =>
        {
            Team.CallsAtOnce = true;
            long[] squares = new long[64];
            for (int i = 0; i < 200; i++)
            {
                Array.Clear(squares);
                Team.Run(new Square(squares), 64, 1 + seed % 4);
                for (int piece = 0; piece < squares.Length; piece++)
                    Assert.Equal((long)piece * piece, squares[piece]);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    private static void AssertAllIsWell(int degree)
    {
        Assert.False(Team.IsInside);
        long[] squares = new long[64];
        Team.Run(new Square(squares), 64, degree);
        Assert.Equal(63L * 63, squares[63]);
    }

    private static void FailFrom(int first, int piece)
    {
        if (piece >= first)
            throw new PieceFailed(piece);
    }

    private sealed class PieceFailed(int piece) : Exception
    {
        public int Piece => piece;
    }

    private readonly struct Each(Action<int> action) : ITeamWork
    {
        public void Work(scoped ref TeamShare share)
        {
            while (share.TryTake(out int piece))
                action(piece);
        }
    }

    private readonly struct Square(long[] squares) : ITeamWork
    {
        public void Work(scoped ref TeamShare share)
        {
            while (share.TryTake(out int piece))
                squares[piece] = (long)piece * piece;
        }
    }
}
