namespace Grad.Functional;

/// <summary>How a call of Ad may run: on how many threads, until when, in how much memory. None of it changes a bit of the results.</summary>
/// <remarks>
/// An argument, never a setting: what is not given is the default. The options of a call hold for all that its function does on the calling
/// thread, calls of Ad without options of their own included. Arrays that are computed outside any call follow <see cref="Default"/>.
/// </remarks>
public sealed record GradOptions
{
    /// <summary>All processors, no cancellation, no budget: what holds when no options are given.</summary>
    public static GradOptions Default { get; } = new();

    /// <summary>
    /// The most threads that work at once, the caller's among them: 1 for that one alone. Others are asked for help only where work is large
    /// enough to gain by it, and never from inside work that is spread already. The default is the number of processors.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxDegreeOfParallelism
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxDegreeOfParallelism));
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>
    /// Ends the call with an <see cref="OperationCanceledException"/>. It is looked at before f runs and between pieces of work, of some tens of
    /// microseconds where the work can be cut; f itself is not interrupted. The next call is not affected.
    /// </summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>
    /// The most bytes of intermediates that may be alive together, results and arguments not counted. A call that would need more
    /// throws an <see cref="InsufficientMemoryException"/> that names what it needs. The default is no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public long MemoryBudget
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MemoryBudget));
            field = value;
        }
    } = long.MaxValue;
}
