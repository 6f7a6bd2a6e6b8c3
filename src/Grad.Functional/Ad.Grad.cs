using System.Numerics;

namespace Grad.Functional;

/// <summary>
/// The operators: derivatives of functions, as functions. Nothing is changed, nothing accumulates, nothing needs freeing.
/// </summary>
public static partial class Ad
{
    /// <summary>The gradient of a function that returns a single number.</summary>
    /// <param name="f">The function, written on arrays; it runs once. Plain C# control flow on values is followed.</param>
    /// <param name="x">Where to differentiate.</param>
    /// <param name="unused">What an input gets that the result does not depend on.</param>
    /// <param name="gradOutputs">A seed v of the output's shape (or a single number): then f may return any shape, and the result is vᵀJ.</param>
    /// <param name="options">Degree of parallelism, cancellation, memory budget; without, those of the call around this one hold.</param>
    /// <returns>An array of the shape of <paramref name="x"/>; it carries a graph if an enclosing call can differentiate it.</returns>
    /// <exception cref="ArgumentException">
    /// f returns more than one number and no seed is given; the seed has another shape; the result depends on a number that f read out of
    /// a value derived from the input, and so not on the input.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token of the options was cancelled.</exception>
    /// <exception cref="InsufficientMemoryException">The intermediates would take more than the budget of the options; nothing has run then.</exception>
    public static NDArray<T> Grad<T>(
        Func<NDArray<T>, NDArray<T>> f, NDArray<T> x, UnusedInputs unused = UnusedInputs.Zeros, NDArray<T>? gradOutputs = null,
        GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (_, grads) = Derivatives.Gradient("Ad.Grad", p => f((NDArray<T>)p[0]), [x], unused, gradOutputs, options);
        return (NDArray<T>)grads[0];
    }

    /// <summary>The gradients of a function of two inputs, as a tuple.</summary>
    /// <inheritdoc cref="Grad{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, UnusedInputs, NDArray{T}?, GradOptions?)"/>
    public static (NDArray<T>, NDArray<T>) Grad<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, UnusedInputs unused = UnusedInputs.Zeros, NDArray<T>? gradOutputs = null,
        GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (_, grads) = Derivatives.Gradient("Ad.Grad", p => f((NDArray<T>)p[0], (NDArray<T>)p[1]), [x, y], unused, gradOutputs, options);
        return ((NDArray<T>)grads[0], (NDArray<T>)grads[1]);
    }

    /// <summary>The gradients of a function of three inputs, as a tuple.</summary>
    /// <inheritdoc cref="Grad{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, UnusedInputs, NDArray{T}?, GradOptions?)"/>
    public static (NDArray<T>, NDArray<T>, NDArray<T>) Grad<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, NDArray<T> z, UnusedInputs unused = UnusedInputs.Zeros, NDArray<T>? gradOutputs = null,
        GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (_, grads) = Derivatives.Gradient(
            "Ad.Grad", p => f((NDArray<T>)p[0], (NDArray<T>)p[1], (NDArray<T>)p[2]), [x, y, z], unused, gradOutputs, options);
        return ((NDArray<T>)grads[0], (NDArray<T>)grads[1], (NDArray<T>)grads[2]);
    }

    /// <summary>The gradients of a function of four inputs, as a tuple.</summary>
    /// <inheritdoc cref="Grad{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, UnusedInputs, NDArray{T}?, GradOptions?)"/>
    public static (NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>) Grad<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, NDArray<T> z, NDArray<T> w, UnusedInputs unused = UnusedInputs.Zeros, NDArray<T>? gradOutputs = null,
        GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (_, grads) = Derivatives.Gradient(
            "Ad.Grad", p => f((NDArray<T>)p[0], (NDArray<T>)p[1], (NDArray<T>)p[2], (NDArray<T>)p[3]), [x, y, z, w], unused, gradOutputs, options);
        return ((NDArray<T>)grads[0], (NDArray<T>)grads[1], (NDArray<T>)grads[2], (NDArray<T>)grads[3]);
    }

    /// <summary>The derivative of a function of one number.</summary>
    /// <exception cref="ArgumentException">f returns more than one number.</exception>
    public static T Grad<T>(Func<NDArray<T>, NDArray<T>> f, T x) where T : unmanaged, IFloatingPointIeee754<T> =>
        Grad(f, new NDArray<T>(x)).ToScalar();

    /// <summary>The derivative of a function of one number.</summary>
    /// <exception cref="ArgumentException">f returns more than one number.</exception>
    /// <exception cref="OperationCanceledException">The token of the options was cancelled.</exception>
    public static T Grad<T>(Func<NDArray<T>, NDArray<T>> f, T x, GradOptions? options) where T : unmanaged, IFloatingPointIeee754<T> =>
        Grad(f, new NDArray<T>(x), options: options).ToScalar();

    /// <summary>The gradients of a function of an array of arrays, one for each.</summary>
    /// <inheritdoc cref="Grad{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, UnusedInputs, NDArray{T}?, GradOptions?)"/>
    public static NDArray<T>[] Grad<T>(
        Func<NDArray<T>[], NDArray<T>> f, NDArray<T>[] inputs, UnusedInputs unused = UnusedInputs.Zeros, NDArray<T>? gradOutputs = null,
        GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(inputs);
        var (_, grads) = Derivatives.Gradient(
            "Ad.Grad", p => f(Array.ConvertAll(p, node => (NDArray<T>)node)), inputs, unused, gradOutputs, options);
        return Array.ConvertAll(grads, node => (NDArray<T>)node);
    }

    /// <summary>The gradient of a function of a tree of arrays (tuples, lists, arrays, <see cref="IArrayTree"/>), as the same tree.</summary>
    /// <inheritdoc cref="Grad{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, UnusedInputs, NDArray{T}?, GradOptions?)"/>
    public static TTree Grad<TTree, T>(
        Func<TTree, NDArray<T>> f, TTree x, UnusedInputs unused = UnusedInputs.Zeros, NDArray<T>? gradOutputs = null,
        GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var leaves = Leaves<TTree, T>(x);
        var (_, grads) = Derivatives.Gradient("Ad.Grad", p => f(Tree.Rebuild(x, p)), leaves, unused, gradOutputs, options);
        return Tree.Rebuild(x, grads);
    }

    private static Node[] Leaves<TTree, T>(TTree tree)
    {
        var leaves = Tree.Flatten(tree, "x");
        foreach (var leaf in leaves)
        {
            if (!leaf.IsDifferentiable)
            {
                throw new ArgumentException(
                    $"Ad.Grad differentiates with respect to arrays of {typeof(T).Name}, but a leaf of the input holds {leaf.ElementType.Name}. " +
                    "Capture such arrays in f instead of passing them.",
                    "x");
            }
        }

        return [.. leaves];
    }
}
