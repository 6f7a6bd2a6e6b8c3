using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>The function of one input that returns the gradient; it can be passed on to Ad again.</summary>
    public static Func<NDArray<T>, NDArray<T>> Grad<T>(Func<NDArray<T>, NDArray<T>> f, GradOptions? options = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return x => Grad(f, x, options: options);
    }

    /// <inheritdoc cref="Grad{T}(Func{NDArray{T}, NDArray{T}}, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Func<NDArray<double>, NDArray<double>> Grad(Func<NDArray<double>, NDArray<double>> f, GradOptions? options = null) => Grad<double>(f, options);

    /// <summary>The function of two inputs that returns the gradients, as a tuple; it can be passed on to Ad again.</summary>
    public static Func<NDArray<T>, NDArray<T>, (NDArray<T>, NDArray<T>)> Grad<T>(Func<NDArray<T>, NDArray<T>, NDArray<T>> f, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (x, y) => Grad(f, x, y, options: options);
    }

    /// <inheritdoc cref="Grad{T}(Func{NDArray{T}, NDArray{T}, NDArray{T}}, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Func<NDArray<double>, NDArray<double>, (NDArray<double>, NDArray<double>)> Grad(
        Func<NDArray<double>, NDArray<double>, NDArray<double>> f, GradOptions? options = null) =>
        Grad<double>(f, options);

    /// <summary>The function of three inputs that returns the gradients, as a tuple; it can be passed on to Ad again.</summary>
    public static Func<NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T>, NDArray<T>, NDArray<T>)> Grad<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (x, y, z) => Grad(f, x, y, z, options: options);
    }

    /// <inheritdoc cref="Grad{T}(Func{NDArray{T}, NDArray{T}, NDArray{T}, NDArray{T}}, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Func<NDArray<double>, NDArray<double>, NDArray<double>, (NDArray<double>, NDArray<double>, NDArray<double>)> Grad(
        Func<NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>> f, GradOptions? options = null) =>
        Grad<double>(f, options);

    /// <summary>The function of four inputs that returns the gradients, as a tuple; it can be passed on to Ad again.</summary>
    public static Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>)> Grad<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (x, y, z, w) => Grad(f, x, y, z, w, options: options);
    }

    /// <inheritdoc cref="Grad{T}(Func{NDArray{T}, NDArray{T}, NDArray{T}, NDArray{T}, NDArray{T}}, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Func<NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>, (NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>)>
        Grad(Func<NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>, NDArray<double>> f, GradOptions? options = null) =>
        Grad<double>(f, options);

    /// <summary>The function of a tree of arrays that returns the gradient as the same tree.</summary>
    public static Func<TTree, TTree> Grad<TTree, T>(Func<TTree, NDArray<T>> f, GradOptions? options = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return x => Grad(f, x, options: options);
    }
}
