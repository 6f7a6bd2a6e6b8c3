namespace Grad.Functional;

/// <summary>One call of Ad: the beginnings of its traced values, and whether it still runs.</summary>
internal sealed class Recording : IDisposable
{
    private static long s_births;
    private volatile bool _closed;

    /// <summary>Greater than that of every call that had begun before, on whatever thread.</summary>
    public long Birth { get; } = Interlocked.Increment(ref s_births);

    public bool IsOpen => !_closed;

    /// <summary>Ends the call: who kept one of its traced values keeps a constant.</summary>
    public void Dispose() => _closed = true;
}
