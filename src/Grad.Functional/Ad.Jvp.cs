using System.Numerics;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>Value and Jt: forward mode once, with the tangent t of the input.</summary>
    /// <exception cref="ArgumentException">t has neither the input's shape nor rank 0.</exception>
    public static (NDArray<T> Value, NDArray<T> Tangent) Jvp<T>(Func<NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> t, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (value, tangent) = Derivatives.Push(p => f((NDArray<T>)p[0]), x, t, options);
        return ((NDArray<T>)value, (NDArray<T>)tangent);
    }
}
