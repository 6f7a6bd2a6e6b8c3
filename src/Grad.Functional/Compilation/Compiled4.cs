namespace Grad.Functional;

/// <summary>
/// A function of four arguments that is traced once for each set of shapes and types, and then runs as a plan: fused, in
/// memory that is used again. Made by <c>Ad.Compile</c>. Any number of threads may use it at once.
/// </summary>
/// <typeparam name="T1">The type of argument 1: an array, or a tree of arrays.</typeparam>
/// <typeparam name="T2">The type of argument 2: an array, or a tree of arrays.</typeparam>
/// <typeparam name="T3">The type of argument 3: an array, or a tree of arrays.</typeparam>
/// <typeparam name="T4">The type of argument 4: an array, or a tree of arrays.</typeparam>
/// <typeparam name="TOut">The type of the result: an array, or a tree of arrays.</typeparam>
public sealed class Compiled<T1, T2, T3, T4, TOut>
{
    internal Compiled(Func<T1, T2, T3, T4, TOut> f, GradOptions? options)
    {
        ArgumentNullException.ThrowIfNull(f);
        Core = new(p => f(p.Item1, p.Item2, p.Item3, p.Item4), options);
    }

    /// <summary>The function, to be passed on: to other operators of Ad too, which trace through it.</summary>
    public Func<T1, T2, T3, T4, TOut> Function => Invoke;

    /// <summary>How often f was traced, and what its plans take.</summary>
    public CompiledStats Stats => Core.Stats;

    /// <summary>How it runs for the shapes of the last call of Invoke, or of the example: steps, tiers, memory. Print it.</summary>
    /// <exception cref="InvalidOperationException">No shapes are known yet.</exception>
    public PlanView Explain() => Core.Explain();

    internal CompiledFunction<(T1, T2, T3, T4), TOut> Core { get; }

    /// <summary>The function's value. New shapes or types are traced first.</summary>
    /// <exception cref="InvalidOperationException">
    /// f read a value while it was traced, when there is none; or it depends on state that has changed since.
    /// </exception>
    /// <exception cref="ArgumentException">Other shapes came than those of the example that it was compiled for.</exception>
    public TOut Invoke(T1 x, T2 y, T3 z, T4 w) => Core.Invoke((x, y, z, w), default);

    /// <summary>The function's value, with a token of its own in the place of that of the options.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled. The next call is not affected.</exception>
    /// <inheritdoc cref="Invoke(T1, T2, T3, T4)"/>
    public TOut Invoke(T1 x, T2 y, T3 z, T4 w, CancellationToken cancellationToken) => Core.Invoke((x, y, z, w), cancellationToken);

    /// <inheritdoc cref="Function"/>
    public static implicit operator Func<T1, T2, T3, T4, TOut>(Compiled<T1, T2, T3, T4, TOut> compiled)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        return compiled.Function;
    }
}
