using System.Runtime.CompilerServices;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>
    /// The function, traced once for each set of shapes and types, fused and planned: for what runs many times. f may be any composition of
    /// operators of Ad: <c>Ad.Compile(Ad.ValueAndGrad(f))</c>.
    /// </summary>
    /// <remarks>
    /// f runs when shapes are new, not at every call: what it captures is a constant as it was then, and what else it does besides computing,
    /// prints or counts, happens only then. At the second, fourth, eighth, … of the first thousand calls f is recorded once more, and if it
    /// does something else by now, since it depends on state that has changed, that is an error. It has no values while it is
    /// traced: to choose by value use Where.
    /// The results have the bits that f has by itself.
    /// </remarks>
    /// <exception cref="ArgumentNullException">f is null.</exception>
    public static Compiled<T1, TOut> Compile<T1, TOut>(Func<T1, TOut> f, GradOptions? options = null) => new(f, options);

    /// <inheritdoc cref="Compile{T1, TOut}(Func{T1, TOut}, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Compiled<NDArray<double>, NDArray<double>> Compile(Func<NDArray<double>, NDArray<double>> f, GradOptions? options = null) => new(f, options);

    /// <summary>Traces f at once, for arguments of the shapes and types of the example and no others.</summary>
    /// <inheritdoc cref="Compile{T1, TOut}(Func{T1, TOut}, GradOptions?)"/>
    public static Compiled<T1, TOut> Compile<T1, TOut>(Func<T1, TOut> f, T1 x, GradOptions? options = null)
    {
        var compiled = new Compiled<T1, TOut>(f, options);
        compiled.Core.Fix(x);
        return compiled;
    }

    /// <inheritdoc cref="Compile{T1, TOut}(Func{T1, TOut}, GradOptions?)"/>
    public static Compiled<T1, T2, TOut> Compile<T1, T2, TOut>(Func<T1, T2, TOut> f, GradOptions? options = null) => new(f, options);

    /// <inheritdoc cref="Compile{T1, TOut}(Func{T1, TOut}, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Compiled<NDArray<double>, NDArray<double>, NDArray<double>> Compile(
        Func<NDArray<double>, NDArray<double>, NDArray<double>> f, GradOptions? options = null) => new(f, options);

    /// <summary>Traces f at once, for arguments of the shapes and types of the example and no others.</summary>
    /// <inheritdoc cref="Compile{T1, TOut}(Func{T1, TOut}, GradOptions?)"/>
    public static Compiled<T1, T2, TOut> Compile<T1, T2, TOut>(Func<T1, T2, TOut> f, T1 x, T2 y, GradOptions? options = null)
    {
        var compiled = new Compiled<T1, T2, TOut>(f, options);
        compiled.Core.Fix((x, y));
        return compiled;
    }

    /// <inheritdoc cref="Compile{T1, TOut}(Func{T1, TOut}, GradOptions?)"/>
    public static Compiled<T1, T2, T3, TOut> Compile<T1, T2, T3, TOut>(Func<T1, T2, T3, TOut> f, GradOptions? options = null) => new(f, options);

    /// <inheritdoc cref="Compile{T1, TOut}(Func{T1, TOut}, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Compiled<NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>> Compile(
        Func<NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>> f, GradOptions? options = null) => new(f, options);

    /// <summary>Traces f at once, for arguments of the shapes and types of the example and no others.</summary>
    /// <inheritdoc cref="Compile{T1, TOut}(Func{T1, TOut}, GradOptions?)"/>
    public static Compiled<T1, T2, T3, TOut> Compile<T1, T2, T3, TOut>(Func<T1, T2, T3, TOut> f, T1 x, T2 y, T3 z, GradOptions? options = null)
    {
        var compiled = new Compiled<T1, T2, T3, TOut>(f, options);
        compiled.Core.Fix((x, y, z));
        return compiled;
    }

    /// <inheritdoc cref="Compile{T1, TOut}(Func{T1, TOut}, GradOptions?)"/>
    public static Compiled<T1, T2, T3, T4, TOut> Compile<T1, T2, T3, T4, TOut>(Func<T1, T2, T3, T4, TOut> f, GradOptions? options = null) => new(f, options);

    /// <inheritdoc cref="Compile{T1, TOut}(Func{T1, TOut}, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Compiled<NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>> Compile(
        Func<NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>> f, GradOptions? options = null) => new(f, options);

    /// <summary>Traces f at once, for arguments of the shapes and types of the example and no others.</summary>
    /// <inheritdoc cref="Compile{T1, TOut}(Func{T1, TOut}, GradOptions?)"/>
    public static Compiled<T1, T2, T3, T4, TOut> Compile<T1, T2, T3, T4, TOut>(Func<T1, T2, T3, T4, TOut> f, T1 x, T2 y, T3 z, T4 w, GradOptions? options = null)
    {
        var compiled = new Compiled<T1, T2, T3, T4, TOut>(f, options);
        compiled.Core.Fix((x, y, z, w));
        return compiled;
    }
}
