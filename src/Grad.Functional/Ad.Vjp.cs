using System.Numerics;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>Value and vᵀJ: reverse mode once, with the cotangent v of the output.</summary>
    /// <exception cref="ArgumentException">v has neither the output's shape nor rank 0.</exception>
    public static (NDArray<T> Value, NDArray<T> Product) Vjp<T>(Func<NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> v, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(v);
        var (value, grads) = Derivatives.Gradient("Ad.Vjp", p => f((NDArray<T>)p[0]), [x], UnusedInputs.Zeros, v, options);
        return ((NDArray<T>)value, (NDArray<T>)grads[0]);
    }

    /// <summary>The value of a function of one input, and its pullback, v ↦ vᵀJ: callable many times, f ran once.</summary>
    public static (NDArray<T> Value, Func<NDArray<T>, NDArray<T>> Pullback) Vjp<T>(
        Func<NDArray<T>, NDArray<T>> f, NDArray<T> x, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (value, pullback) = Derivatives.Pullback(p => f((NDArray<T>)p[0]), [x], options);
        return ((NDArray<T>)value, v =>
        {
            var grads = pullback(v);
            return (NDArray<T>)grads[0];
        }
        );
    }

    /// <summary>The value of a function of two inputs, and its pullback, v ↦ vᵀJ: callable many times, f ran once.</summary>
    public static (NDArray<T> Value, Func<NDArray<T>, (NDArray<T>, NDArray<T>)> Pullback) Vjp<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (value, pullback) = Derivatives.Pullback(p => f((NDArray<T>)p[0], (NDArray<T>)p[1]), [x, y], options);
        return ((NDArray<T>)value, v =>
        {
            var grads = pullback(v);
            return ((NDArray<T>)grads[0], (NDArray<T>)grads[1]);
        }
        );
    }

    /// <summary>The value of a function of three inputs, and its pullback, v ↦ vᵀJ: callable many times, f ran once.</summary>
    public static (NDArray<T> Value, Func<NDArray<T>, (NDArray<T>, NDArray<T>, NDArray<T>)> Pullback) Vjp<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, NDArray<T> z, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (value, pullback) = Derivatives.Pullback(p => f((NDArray<T>)p[0], (NDArray<T>)p[1], (NDArray<T>)p[2]), [x, y, z], options);
        return ((NDArray<T>)value, v =>
        {
            var grads = pullback(v);
            return ((NDArray<T>)grads[0], (NDArray<T>)grads[1], (NDArray<T>)grads[2]);
        }
        );
    }

    /// <summary>The value of a function of four inputs, and its pullback, v ↦ vᵀJ: callable many times, f ran once.</summary>
    public static (NDArray<T> Value, Func<NDArray<T>, (NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>)> Pullback) Vjp<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, NDArray<T> z, NDArray<T> w, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (value, pullback) = Derivatives.Pullback(p => f((NDArray<T>)p[0], (NDArray<T>)p[1], (NDArray<T>)p[2], (NDArray<T>)p[3]), [x, y, z, w], options);
        return ((NDArray<T>)value, v =>
        {
            var grads = pullback(v);
            return ((NDArray<T>)grads[0], (NDArray<T>)grads[1], (NDArray<T>)grads[2], (NDArray<T>)grads[3]);
        }
        );
    }
}
