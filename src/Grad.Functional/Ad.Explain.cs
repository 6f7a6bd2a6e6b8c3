namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>
    /// How f would be computed by Ad.Compile: which ops are fused, what each step reads and writes, in which tier it runs, the memory between steps.
    /// Print it. f may be any composition of operators of Ad: <c>Ad.Explain(Ad.Grad(f), x)</c> shows the plan of the gradient.
    /// </summary>
    /// <remarks>
    /// Calls of the operators themselves find a plan like it at the second call of a structure, and code is emitted for it when it has run often
    /// enough; the bits are the same throughout.
    /// </remarks>
    /// <param name="f">The function; it runs once, without values.</param>
    /// <param name="x">An argument like those that it is for: its shapes and types count, not its values.</param>
    /// <exception cref="InvalidOperationException">f read a value: there is none while it is traced.</exception>
    public static PlanView Explain<T1, TOut>(Func<T1, TOut> f, T1 x) => Compile(f, x).Core.Explain(f);

    /// <summary>How a function of two arguments would be computed.</summary>
    /// <inheritdoc cref="Explain{T1, TOut}(Func{T1, TOut}, T1)"/>
    public static PlanView Explain<T1, T2, TOut>(Func<T1, T2, TOut> f, T1 x, T2 y) => Compile(f, x, y).Core.Explain(f);

    /// <summary>How a function of three arguments would be computed.</summary>
    /// <inheritdoc cref="Explain{T1, TOut}(Func{T1, TOut}, T1)"/>
    public static PlanView Explain<T1, T2, T3, TOut>(Func<T1, T2, T3, TOut> f, T1 x, T2 y, T3 z) => Compile(f, x, y, z).Core.Explain(f);

    /// <summary>How a function of four arguments would be computed.</summary>
    /// <inheritdoc cref="Explain{T1, TOut}(Func{T1, TOut}, T1)"/>
    public static PlanView Explain<T1, T2, T3, T4, TOut>(Func<T1, T2, T3, T4, TOut> f, T1 x, T2 y, T3 z, T4 w) => Compile(f, x, y, z, w).Core.Explain(f);
}
