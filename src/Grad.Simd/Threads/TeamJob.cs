using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Grad.Simd;

/// <summary>
/// Work that a thread has called others to. A thread has one, and uses it again: after the first time nothing is allocated. Helpers that the pool has not
/// started by the time all pieces are taken are not waited for, so that a busy pool delays nobody.
/// </summary>
internal sealed unsafe class TeamJob
{
    // What must be left for each helper, in ticks: a few times what it takes to wake a thread of the pool, or to call one that is awake still.
    private static readonly long s_leastToWake = Stopwatch.Frequency / 25_000, s_leastToCall = Stopwatch.Frequency / 100_000;

    // A thread of the pool that has nothing to do stays awake for about so long.
    private static readonly long s_awake = Stopwatch.Frequency / 20_000;
    private static long s_lastHelp;

    [ThreadStatic]
    private static TeamJob? s_own;

    private readonly List<Helper> _helpers = [];
    private readonly Lock _failing = new();
    private int _called;
    private int _pieces;
    private int _taken;
    private void* _work;
    private delegate*<void*, ref TeamShare, void> _run;
    private CancellationToken _token;
    private volatile bool _isStopped;
    private int _failedPiece;
    private ExceptionDispatchInfo? _failure;

    /// <summary>
    /// Calls others to help, if what is left looks long enough by what has been done: that they come takes some time, too.
    /// </summary>
    /// <param name="piece">The piece that the caller is about to do; those before it are done.</param>
    /// <param name="pieces">All pieces.</param>
    /// <param name="degree">The most threads, the caller's among them.</param>
    /// <param name="start">When the caller began; 0 to call others without a look at the time.</param>
    /// <param name="work">The work, which stands still in memory.</param>
    /// <param name="run">Does it.</param>
    /// <param name="token">Ends it.</param>
    public static TeamJob? TryCall(
        int piece, int pieces, int degree, long start, void* work, delegate*<void*, ref TeamShare, void> run, CancellationToken token)
    {
        int left = pieces - piece;
        int helpers = Math.Min(degree, left) - 1;
        if (start != 0)
        {
            long now = Stopwatch.GetTimestamp();
            double expected = piece == 0 ? 0 : (double)(now - start) / piece * left;
            helpers = (int)Math.Min(helpers, expected / (now - Volatile.Read(ref s_lastHelp) < s_awake ? s_leastToCall : s_leastToWake));
        }

        if (helpers < 1)
            return null;
        var job = s_own ??= new TeamJob();
        job._work = work;
        job._run = run;
        (job._token, job._pieces, job._taken) = (token, pieces, piece + 1);
        (job._isStopped, job._failedPiece, job._failure) = (false, int.MaxValue, null);
        while (job._helpers.Count < helpers)
            job._helpers.Add(new Helper(job));
        for (job._called = 0; job._called < helpers; job._called++)
            job._helpers[job._called].Call();
        return job;
    }

    /// <summary>Takes the next piece, if there is one to be done yet.</summary>
    public bool TryTake(out int piece)
    {
        if (_isStopped || _token.IsCancellationRequested)
        {
            piece = 0;
            return false;
        }

        piece = Interlocked.Increment(ref _taken) - 1;
        return piece < _pieces;
    }

    /// <summary>
    /// Notes what went wrong with a piece, and that no more are to be taken. Those before it have been: so the lowest piece that fails is known in the end.
    /// </summary>
    public void Fail(int piece, Exception exception)
    {
        lock (_failing)
        {
            if (piece < _failedPiece)
                (_failedPiece, _failure) = (piece, ExceptionDispatchInfo.Capture(exception));
        }

        _isStopped = true;
    }

    /// <summary>Waits until nobody works any more, and throws what the lowest piece threw.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before all pieces were taken.</exception>
    public void Finish()
    {
        for (int i = 0; i < _called; i++)
            _helpers[i].Dismiss();
        var failure = _failure;
        _failure = null;
        failure?.Throw();
        if (_taken < _pieces)
            throw new OperationCanceledException(_token);
        _token = default;
    }

    private void Help()
    {
        var share = new TeamShare(this);
        Team.IsInside = true;
        try
        {
            _run(_work, ref share);
        }
        catch (Exception exception)
        {
            Fail(share.Piece, exception);
        }
        finally
        {
            Team.IsInside = false;
            Volatile.Write(ref s_lastHelp, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>A place in the pool's queue. Once there it stays until the pool comes to it, wanted or not; called again meanwhile, it need not queue again.</summary>
    private sealed class Helper(TeamJob job) : IThreadPoolWorkItem
    {
        private const int Idle = 0, Queued = 1, Unwanted = 2, Working = 3;

        private readonly ManualResetEventSlim _finished = new(false);
        private int _state;

        public void Call()
        {
            while (true)
            {
                if (Interlocked.CompareExchange(ref _state, Queued, Unwanted) == Unwanted)
                    return;
                if (Interlocked.CompareExchange(ref _state, Queued, Idle) == Idle)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                    return;
                }
            }
        }

        /// <summary>Sends it away if it has not begun, else waits until it has finished.</summary>
        public void Dismiss()
        {
            if (Interlocked.CompareExchange(ref _state, Unwanted, Queued) == Queued)
                return;
            while (Volatile.Read(ref _state) == Working)
            {
                // It says so first that it is idle, then that it has finished: what an earlier time left set does no harm.
                _finished.Reset();
                if (Volatile.Read(ref _state) == Working)
                    _finished.Wait();
            }
        }

        public void Execute()
        {
            while (true)
            {
                if (Interlocked.CompareExchange(ref _state, Working, Queued) == Queued)
                    break;
                if (Interlocked.CompareExchange(ref _state, Idle, Unwanted) == Unwanted)
                    return;
            }

            job.Help();
            Volatile.Write(ref _state, Idle);
            _finished.Set();
        }
    }
}
