using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>The second derivatives of a function that returns a single number, of shape x.Shape ++ x.Shape: forward over reverse.</summary>
    /// <exception cref="ArgumentException">f returns more than one number.</exception>
    public static NDArray<T> Hessian<T>(Func<NDArray<T>, NDArray<T>> f, NDArray<T> x, GradOptions? options = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (NDArray<T>)Jacobians.Hessian(p => f((NDArray<T>)p[0]), x, options);
    }

    /// <summary>The function that returns the Hessian.</summary>
    public static Func<NDArray<T>, NDArray<T>> Hessian<T>(Func<NDArray<T>, NDArray<T>> f, GradOptions? options = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return x => Hessian(f, x, options);
    }

    /// <inheritdoc cref="Hessian{T}(Func{NDArray{T}, NDArray{T}}, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Func<NDArray<double>, NDArray<double>> Hessian(Func<NDArray<double>, NDArray<double>> f, GradOptions? options = null) =>
        Hessian<double>(f, options);
}
