namespace Grad.Simd;

/// <summary>One thread's view of a piece of shared work: it takes pieces here, lowest first.</summary>
internal unsafe ref struct TeamShare
{
    private readonly int _pieces;
    private readonly CancellationToken _token;

    // What others would be called to help with; null if nobody is to be.
    private readonly void* _work;
    private readonly delegate*<void*, ref TeamShare, void> _run;
    private readonly int _degree;
    private readonly long _start;

    /// <summary>The share of a thread that works alone.</summary>
    public TeamShare(int pieces, CancellationToken token) => (_pieces, _token, Piece) = (pieces, token, -1);

    /// <summary>The share of the thread that began the work, and may call others.</summary>
    public TeamShare(int pieces, CancellationToken token, int degree, long start, void* work, delegate*<void*, ref TeamShare, void> run)
        : this(pieces, token)
    {
        (_degree, _start) = (degree, start);
        _work = work;
        _run = run;
    }

    /// <summary>The share of a thread that helps.</summary>
    public TeamShare(TeamJob job) => (Job, Piece) = (job, -1);

    /// <summary>The piece that was taken last; −1 if none has been.</summary>
    public int Piece { get; private set; }

    /// <summary>What the members of the team have in common; null as long as the thread works alone.</summary>
    public TeamJob? Job { get; private set; }

    /// <summary>Takes the next piece.</summary>
    /// <returns>False if there is none, or if the rest is not to be done.</returns>
    /// <exception cref="OperationCanceledException">The token is cancelled, and the thread works alone.</exception>
    public bool TryTake(out int piece)
    {
        if (Job is null)
        {
            piece = ++Piece;
            if (piece >= _pieces)
                return false;
            _token.ThrowIfCancellationRequested();
            if (_work is not null)
                Job = TeamJob.TryCall(piece, _pieces, _degree, _start, _work, _run, _token);
            return true;
        }

        if (!Job.TryTake(out piece))
            return false;
        Piece = piece;
        return true;
    }
}
