using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>The Jacobian of a function of one input, of shape output.Shape ++ input.Shape.</summary>
    /// <remarks>f runs once, and one derivative with all one-hot seeds as a batch gives the whole; entries that are zero stay exactly zero.</remarks>
    /// <param name="f">The function; it may return any shape.</param>
    /// <param name="x">Where to differentiate.</param>
    /// <param name="mode">Reverse costs one row for each output, Forward one column for each input; Auto takes the fewer.</param>
    /// <param name="options">Degree of parallelism, cancellation, memory budget; without, those of the call around this one hold.</param>
    public static NDArray<T> Jacobian<T>(
        Func<NDArray<T>, NDArray<T>> f, NDArray<T> x, JacobianMode mode = JacobianMode.Auto, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var blocks = Jacobians.Full("Ad.Jacobian", p => f((NDArray<T>)p[0]), [x], mode, options);
        return (NDArray<T>)blocks[0];
    }

    /// <summary>The Jacobians of a function of two inputs, one block for each.</summary>
    public static (NDArray<T>, NDArray<T>) Jacobian<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, JacobianMode mode = JacobianMode.Auto, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var blocks = Jacobians.Full("Ad.Jacobian", p => f((NDArray<T>)p[0], (NDArray<T>)p[1]), [x, y], mode, options);
        return ((NDArray<T>)blocks[0], (NDArray<T>)blocks[1]);
    }

    /// <summary>The Jacobians of a function of three inputs, one block for each.</summary>
    public static (NDArray<T>, NDArray<T>, NDArray<T>) Jacobian<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, NDArray<T> z, JacobianMode mode = JacobianMode.Auto, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var blocks = Jacobians.Full("Ad.Jacobian", p => f((NDArray<T>)p[0], (NDArray<T>)p[1], (NDArray<T>)p[2]), [x, y, z], mode, options);
        return ((NDArray<T>)blocks[0], (NDArray<T>)blocks[1], (NDArray<T>)blocks[2]);
    }

    /// <summary>The Jacobians of a function of four inputs, one block for each.</summary>
    public static (NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>) Jacobian<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, NDArray<T> z, NDArray<T> w, JacobianMode mode = JacobianMode.Auto, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var blocks = Jacobians.Full("Ad.Jacobian", p => f((NDArray<T>)p[0], (NDArray<T>)p[1], (NDArray<T>)p[2], (NDArray<T>)p[3]), [x, y, z, w], mode, options);
        return ((NDArray<T>)blocks[0], (NDArray<T>)blocks[1], (NDArray<T>)blocks[2], (NDArray<T>)blocks[3]);
    }

    /// <summary>The function of one input that returns the Jacobian.</summary>
    public static Func<NDArray<T>, NDArray<T>> Jacobian<T>(
        Func<NDArray<T>, NDArray<T>> f, JacobianMode mode = JacobianMode.Auto, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return x => Jacobian(f, x, mode, options);
    }

    /// <summary>The function of two inputs that returns the Jacobians.</summary>
    public static Func<NDArray<T>, NDArray<T>, (NDArray<T>, NDArray<T>)> Jacobian<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>> f, JacobianMode mode = JacobianMode.Auto, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (x, y) => Jacobian(f, x, y, mode, options);
    }

    /// <summary>The function of three inputs that returns the Jacobians.</summary>
    public static Func<NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T>, NDArray<T>, NDArray<T>)> Jacobian<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, JacobianMode mode = JacobianMode.Auto, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (x, y, z) => Jacobian(f, x, y, z, mode, options);
    }

    /// <summary>The function of four inputs that returns the Jacobians.</summary>
    public static Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>)> Jacobian<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, JacobianMode mode = JacobianMode.Auto, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (x, y, z, w) => Jacobian(f, x, y, z, w, mode, options);
    }

    /// <inheritdoc cref="Jacobian{T}(Func{NDArray{T}, NDArray{T}}, JacobianMode, GradOptions?)"/>
    [OverloadResolutionPriority(1)]
    public static Func<NDArray<double>, NDArray<double>> Jacobian(
        Func<NDArray<double>, NDArray<double>> f, JacobianMode mode = JacobianMode.Auto, GradOptions? options = null) =>
        Jacobian<double>(f, mode, options);
}
