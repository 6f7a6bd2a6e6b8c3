namespace Grad.Simd;

/// <summary>How many threads may work on something at once, and until when; by default the caller's alone.</summary>
internal readonly struct TeamSize
{
    private readonly int _others;

    private TeamSize(int others, CancellationToken token) => (_others, Token) = (others, token);

    /// <summary>The most threads, the caller's among them.</summary>
    public int Degree => _others + 1;

    /// <summary>Ends the work between pieces of it.</summary>
    public CancellationToken Token { get; }

    /// <summary>What the callers of public methods ask for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The degree is less than 1.</exception>
    public static TeamSize Of(int maxDegreeOfParallelism, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDegreeOfParallelism, 1);
        cancellationToken.ThrowIfCancellationRequested();
        return new TeamSize(maxDegreeOfParallelism - 1, cancellationToken);
    }
}
