namespace Grad.Functional;

/// <summary>The stretch of a thread's time in which certain options hold: a call of Ad, or a run of a compiled function.</summary>
internal struct OptionsScope : IDisposable
{
    [ThreadStatic]
    private static GradOptions? s_options;

    [ThreadStatic]
    private static CancellationToken s_token;

    private readonly GradOptions? _outerOptions;
    private readonly CancellationToken _outerToken;
    private bool _isOpen;

    private OptionsScope(GradOptions options, CancellationToken token)
    {
        (_outerOptions, _outerToken, _isOpen) = (s_options, s_token, true);
        (s_options, s_token) = (options, token);
    }

    /// <summary>The options that hold on this thread now.</summary>
    public static GradOptions Options => s_options ?? GradOptions.Default;

    /// <summary>The token that ends what this thread does.</summary>
    public static CancellationToken Token => s_token;

    /// <summary>Whether work is to be done in pieces: because others may help, or because it may have to end.</summary>
    public static bool IsDivided => Options.MaxDegreeOfParallelism > 1 || s_token.CanBeCanceled;

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
            (s_options, s_token, _isOpen) = (_outerOptions, _outerToken, false);
        }
    }
}
