using System.Numerics;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>Value and gradient of a function that returns a single number, in one pass.</summary>
    /// <exception cref="ArgumentException">f returns more than one number, or a number that it read out of a traced value.</exception>
    public static (NDArray<T> Value, NDArray<T> Grad) ValueAndGrad<T>(Func<NDArray<T>, NDArray<T>> f, NDArray<T> x, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (value, grads) = Derivatives.Gradient("Ad.ValueAndGrad", p => f((NDArray<T>)p[0]), [x], options: options);
        return ((NDArray<T>)value, (NDArray<T>)grads[0]);
    }

    /// <summary>The same for an f that returns something besides its value, which comes back as it is.</summary>
    /// <inheritdoc cref="ValueAndGrad{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradOptions?)"/>
    public static (NDArray<T> Value, NDArray<T> Grad, TAux Aux) ValueAndGrad<T, TAux>(
        Func<NDArray<T>, (NDArray<T> Value, TAux Aux)> f, NDArray<T> x, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        TAux aux = default!;
        var (value, grads) = Derivatives.Gradient("Ad.ValueAndGrad", p => Keep(f((NDArray<T>)p[0]), out aux), [x], options: options);
        return ((NDArray<T>)value, (NDArray<T>)grads[0], aux);
    }

    /// <summary>Value and gradients of a function of two inputs, in one pass.</summary>
    /// <inheritdoc cref="ValueAndGrad{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradOptions?)"/>
    public static (NDArray<T> Value, (NDArray<T>, NDArray<T>) Grads) ValueAndGrad<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (value, grads) = Derivatives.Gradient("Ad.ValueAndGrad", p => f((NDArray<T>)p[0], (NDArray<T>)p[1]), [x, y], options: options);
        return ((NDArray<T>)value, ((NDArray<T>)grads[0], (NDArray<T>)grads[1]));
    }

    /// <summary>The same for an f that returns something besides its value, which comes back as it is.</summary>
    /// <inheritdoc cref="ValueAndGrad{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradOptions?)"/>
    public static (NDArray<T> Value, (NDArray<T>, NDArray<T>) Grads, TAux Aux) ValueAndGrad<T, TAux>(
        Func<NDArray<T>, NDArray<T>, (NDArray<T> Value, TAux Aux)> f, NDArray<T> x, NDArray<T> y, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        TAux aux = default!;
        var (value, grads) = Derivatives.Gradient("Ad.ValueAndGrad", p => Keep(f((NDArray<T>)p[0], (NDArray<T>)p[1]), out aux), [x, y], options: options);
        return ((NDArray<T>)value, ((NDArray<T>)grads[0], (NDArray<T>)grads[1]), aux);
    }

    /// <summary>Value and gradients of a function of three inputs, in one pass.</summary>
    /// <inheritdoc cref="ValueAndGrad{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradOptions?)"/>
    public static (NDArray<T> Value, (NDArray<T>, NDArray<T>, NDArray<T>) Grads) ValueAndGrad<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, NDArray<T> z, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (value, grads) = Derivatives.Gradient(
            "Ad.ValueAndGrad", p => f((NDArray<T>)p[0], (NDArray<T>)p[1], (NDArray<T>)p[2]), [x, y, z], options: options);
        return ((NDArray<T>)value, ((NDArray<T>)grads[0], (NDArray<T>)grads[1], (NDArray<T>)grads[2]));
    }

    /// <summary>The same for an f that returns something besides its value, which comes back as it is.</summary>
    /// <inheritdoc cref="ValueAndGrad{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradOptions?)"/>
    public static (NDArray<T> Value, (NDArray<T>, NDArray<T>, NDArray<T>) Grads, TAux Aux) ValueAndGrad<T, TAux>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T> Value, TAux Aux)> f, NDArray<T> x, NDArray<T> y, NDArray<T> z, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        TAux aux = default!;
        var (value, grads) = Derivatives.Gradient(
            "Ad.ValueAndGrad", p => Keep(f((NDArray<T>)p[0], (NDArray<T>)p[1], (NDArray<T>)p[2]), out aux), [x, y, z], options: options);
        return ((NDArray<T>)value, ((NDArray<T>)grads[0], (NDArray<T>)grads[1], (NDArray<T>)grads[2]), aux);
    }

    /// <summary>Value and gradients of a function of four inputs, in one pass.</summary>
    /// <inheritdoc cref="ValueAndGrad{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradOptions?)"/>
    public static (NDArray<T> Value, (NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>) Grads) ValueAndGrad<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, NDArray<T> z, NDArray<T> w, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (value, grads) = Derivatives.Gradient(
            "Ad.ValueAndGrad", p => f((NDArray<T>)p[0], (NDArray<T>)p[1], (NDArray<T>)p[2], (NDArray<T>)p[3]), [x, y, z, w], options: options);
        return ((NDArray<T>)value, ((NDArray<T>)grads[0], (NDArray<T>)grads[1], (NDArray<T>)grads[2], (NDArray<T>)grads[3]));
    }

    /// <summary>The same for an f that returns something besides its value, which comes back as it is.</summary>
    /// <inheritdoc cref="ValueAndGrad{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradOptions?)"/>
    public static (NDArray<T> Value, (NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>) Grads, TAux Aux) ValueAndGrad<T, TAux>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T> Value, TAux Aux)> f, NDArray<T> x, NDArray<T> y, NDArray<T> z, NDArray<T> w, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        TAux aux = default!;
        var (value, grads) = Derivatives.Gradient(
            "Ad.ValueAndGrad", p => Keep(f((NDArray<T>)p[0], (NDArray<T>)p[1], (NDArray<T>)p[2], (NDArray<T>)p[3]), out aux), [x, y, z, w], options: options);
        return ((NDArray<T>)value, ((NDArray<T>)grads[0], (NDArray<T>)grads[1], (NDArray<T>)grads[2], (NDArray<T>)grads[3]), aux);
    }

    /// <summary>Value and derivative of a function of one number.</summary>
    public static (T Value, T Grad) ValueAndGrad<T>(Func<NDArray<T>, NDArray<T>> f, T x, GradOptions? options = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (value, grad) = ValueAndGrad(f, new NDArray<T>(x), options);
        return (value.ToScalar(), grad.ToScalar());
    }

    /// <summary>Value and gradient of a function of a tree of arrays.</summary>
    public static (NDArray<T> Value, TTree Grad) ValueAndGrad<TTree, T>(Func<TTree, NDArray<T>> f, TTree x, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (value, grads) = Derivatives.Gradient("Ad.ValueAndGrad", p => f(Tree.Rebuild(x, p)), Leaves<TTree, T>(x), options: options);
        return ((NDArray<T>)value, Tree.Rebuild(x, grads));
    }

    /// <summary>The same for an f that returns something besides its value.</summary>
    public static (NDArray<T> Value, TTree Grad, TAux Aux) ValueAndGrad<TTree, T, TAux>(
        Func<TTree, (NDArray<T> Value, TAux Aux)> f, TTree x, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        TAux aux = default!;
        var (value, grads) = Derivatives.Gradient("Ad.ValueAndGrad", p => Keep(f(Tree.Rebuild(x, p)), out aux), Leaves<TTree, T>(x), options: options);
        return ((NDArray<T>)value, Tree.Rebuild(x, grads), aux);
    }

    private static NDArray<T> Keep<T, TAux>((NDArray<T> Value, TAux Aux) result, out TAux aux) where T : unmanaged
    {
        aux = result.Aux;
        return result.Value;
    }
}
