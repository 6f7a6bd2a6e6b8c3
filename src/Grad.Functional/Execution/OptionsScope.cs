namespace Grad.Functional;

/// <summary>The stretch of a thread's time in which certain options hold: a call of Ad, or a run of a compiled function.</summary>
internal struct OptionsScope : IDisposable
{
    [ThreadStatic]
    private static GradOptions? s_options;

    [ThreadStatic]
    private static CancellationToken s_token;

    // Bytes of values that a recording keeps since the scope was entered; counted only where there is a budget.
    [ThreadStatic]
    private static long s_kept;

    private readonly long _outerKept;
    private readonly GradOptions? _outerOptions;
    private readonly CancellationToken _outerToken;
    private bool _isOpen;

    private OptionsScope(GradOptions options, CancellationToken token)
    {
        (_outerOptions, _outerToken, _outerKept, _isOpen) = (s_options, s_token, s_kept, true);
        (s_options, s_token, s_kept) = (options, token, 0);
    }

    /// <summary>The options that hold on this thread now.</summary>
    public static GradOptions Options => s_options ?? GradOptions.Default;

    /// <summary>The token that ends what this thread does.</summary>
    public static CancellationToken Token => s_token;

    /// <summary>Whether work is to be done in pieces: because others may help, or because it may have to end.</summary>
    public static bool IsDivided => Options.MaxDegreeOfParallelism > 1 || s_token.CanBeCanceled;

    /// <summary>Whether memory is limited.</summary>
    public static bool HasBudget => s_options is { MemoryBudget: < long.MaxValue };

    /// <summary>Notes that values are to be kept until the call has ended.</summary>
    /// <param name="bytes">Their bytes.</param>
    /// <exception cref="InsufficientMemoryException">Together with those kept already they are more than the budget.</exception>
    public static void Keep(long bytes)
    {
        CheckBudget(s_kept + bytes);
        s_kept += bytes;
    }

    /// <summary>Refuses to begin what needs more memory than there may be.</summary>
    /// <param name="peak">The bytes of intermediates at their peak.</param>
    /// <exception cref="InsufficientMemoryException">They are more than the budget.</exception>
    public static void CheckBudget(long peak)
    {
        if (peak > Options.MemoryBudget)
        {
            throw new InsufficientMemoryException(FormattableString.Invariant(
                $"The intermediates of this computation need {peak:N0} bytes at their peak, but the memory budget is {Options.MemoryBudget:N0}. ") +
                "Work on smaller batches, or in float, or give a larger GradOptions.MemoryBudget.");
        }
    }

    /// <summary>Lets options hold until the scope is disposed, on the same thread; null leaves things as they are.</summary>
    /// <exception cref="OperationCanceledException">The token that holds then is cancelled.</exception>
    public static OptionsScope Enter(GradOptions? options) => Enter(options, options?.CancellationToken ?? default);

    /// <summary>The same with a token of its own. If it cannot be cancelled, the one that holds already goes on to hold.</summary>
    public static OptionsScope Enter(GradOptions? options, CancellationToken token)
    {
        if (options is null && !token.CanBeCanceled)
        {
            s_token.ThrowIfCancellationRequested();
            return default;
        }

        token = token.CanBeCanceled ? token : s_token;
        token.ThrowIfCancellationRequested();
        return new OptionsScope(options ?? Options, token);
    }

    public void Dispose()
    {
        if (_isOpen)
        {
            (s_options, s_token, s_kept, _isOpen) = (_outerOptions, _outerToken, _outerKept, false);
        }
    }
}
