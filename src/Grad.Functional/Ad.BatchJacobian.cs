using System.Numerics;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>
    /// The Jacobian of each sample, [N, …output, …input], of an f written over a batch: from [N, …input] to [N, …output], where no sample
    /// looks at another.
    /// </summary>
    /// <remarks>f runs once; as many seeds do as one sample has outputs (or inputs, if those are fewer).</remarks>
    /// <exception cref="ArgumentException">f does not keep the leading axis.</exception>
    public static NDArray<T> BatchJacobian<T>(Func<NDArray<T>, NDArray<T>> f, NDArray<T> x, GradOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return (NDArray<T>)Jacobians.PerSample(p => f((NDArray<T>)p[0]), x, options);
    }
}
