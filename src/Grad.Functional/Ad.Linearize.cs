using System.Numerics;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>The value, and the pushforward t ↦ Jt at this point: callable many times, f ran once.</summary>
    public static (NDArray<T> Value, Func<NDArray<T>, NDArray<T>> Pushforward) Linearize<T>(Func<NDArray<T>, NDArray<T>> f, NDArray<T> x, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (value, pushforward) = Derivatives.Linearize(p => f((NDArray<T>)p[0]), x, options);
        return ((NDArray<T>)value, t => (NDArray<T>)pushforward(t));
    }
}
