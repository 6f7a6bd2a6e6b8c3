using System.Numerics;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>The Hessian of a function that returns a single number, times v, at the cost of a few gradients: forward over reverse.</summary>
    /// <exception cref="ArgumentException">f returns more than one number; v has neither the shape of x nor rank 0.</exception>
    public static NDArray<T> HessianVectorProduct<T>(Func<NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> v, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (NDArray<T>)Derivatives.HessianVectorProduct(p => f((NDArray<T>)p[0]), x, v, options);
    }
}
