using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>The function of one input that returns value and gradient; it can be passed on to Ad again.</summary>
    public static Func<NDArray<T>, (NDArray<T> Value, NDArray<T> Grad)> ValueAndGrad<T>(Func<NDArray<T>, NDArray<T>> f, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return x => ValueAndGrad(f, x, options: options);
    }

    /// <inheritdoc cref="ValueAndGrad{T}(Func{NDArray{T}, NDArray{T}}, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Func<NDArray<double>, (NDArray<double> Value, NDArray<double> Grad)> ValueAndGrad(
        Func<NDArray<double>, NDArray<double>> f, GradOptions? options = null) =>
        ValueAndGrad<double>(f, options);

    /// <summary>The same for an f that returns something besides its value.</summary>
    public static Func<NDArray<T>, (NDArray<T> Value, NDArray<T> Grad, TAux Aux)> ValueAndGrad<T, TAux>(
        Func<NDArray<T>, (NDArray<T> Value, TAux Aux)> f, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return x => ValueAndGrad(f, x, options: options);
    }

    /// <summary>The function of two inputs that returns value and gradients; it can be passed on to Ad again.</summary>
    public static Func<NDArray<T>, NDArray<T>, (NDArray<T> Value, (NDArray<T>, NDArray<T>) Grads)> ValueAndGrad<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>> f, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (x, y) => ValueAndGrad(f, x, y, options: options);
    }

    /// <inheritdoc cref="ValueAndGrad{T}(Func{NDArray{T}, NDArray{T}, NDArray{T}}, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Func<NDArray<double>, NDArray<double>, (NDArray<double> Value, (NDArray<double>, NDArray<double>) Grads)> ValueAndGrad(
        Func<NDArray<double>, NDArray<double>, NDArray<double>> f, GradOptions? options = null) =>
        ValueAndGrad<double>(f, options);

    /// <summary>The same for an f that returns something besides its value.</summary>
    public static Func<NDArray<T>, NDArray<T>, (NDArray<T> Value, (NDArray<T>, NDArray<T>) Grads, TAux Aux)> ValueAndGrad<T, TAux>(
        Func<NDArray<T>, NDArray<T>, (NDArray<T> Value, TAux Aux)> f, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (x, y) => ValueAndGrad(f, x, y, options: options);
    }

    /// <summary>The function of three inputs that returns value and gradients; it can be passed on to Ad again.</summary>
    public static Func<NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T> Value, (NDArray<T>, NDArray<T>, NDArray<T>) Grads)> ValueAndGrad<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (x, y, z) => ValueAndGrad(f, x, y, z, options: options);
    }

    /// <inheritdoc cref="ValueAndGrad{T}(Func{NDArray{T}, NDArray{T}, NDArray{T}, NDArray{T}}, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Func<NDArray<double>, NDArray<double>, NDArray<double>, (NDArray<double> Value, (NDArray<double>, NDArray<double>, NDArray<double>) Grads)>
        ValueAndGrad(Func<NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>> f, GradOptions? options = null) =>
        ValueAndGrad<double>(f, options);

    /// <summary>The same for an f that returns something besides its value.</summary>
    public static Func<NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T> Value, (NDArray<T>, NDArray<T>, NDArray<T>) Grads, TAux Aux)>
        ValueAndGrad<T, TAux>(Func<NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T> Value, TAux Aux)> f, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (x, y, z) => ValueAndGrad(f, x, y, z, options: options);
    }

    /// <summary>The function of four inputs that returns value and gradients; it can be passed on to Ad again.</summary>
    public static Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T> Value, (NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>) Grads)>
        ValueAndGrad<T>(Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (x, y, z, w) => ValueAndGrad(f, x, y, z, w, options: options);
    }

    /// <inheritdoc cref="ValueAndGrad{T}(Func{NDArray{T}, NDArray{T}, NDArray{T}, NDArray{T}, NDArray{T}}, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Func<NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>, (NDArray<double> Value, (NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>) Grads)>
        ValueAndGrad(Func<NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>> f, GradOptions? options = null) =>
        ValueAndGrad<double>(f, options);

    /// <summary>The same for an f that returns something besides its value.</summary>
    public static Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T> Value, (NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>) Grads, TAux Aux)>
        ValueAndGrad<T, TAux>(Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T> Value, TAux Aux)> f, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (x, y, z, w) => ValueAndGrad(f, x, y, z, w, options: options);
    }

    /// <summary>The function of a tree of arrays that returns value and gradient.</summary>
    public static Func<TTree, (NDArray<T> Value, TTree Grad)> ValueAndGrad<TTree, T>(Func<TTree, NDArray<T>> f, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return x => ValueAndGrad(f, x, options: options);
    }
}
