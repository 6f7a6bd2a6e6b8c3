using System.Numerics;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The sum of the diagonal of a matrix [m, n], a single number; of a batch [..., m, n], one number for each matrix: [...].</summary>
    /// <remarks>The gradient is the identity. Whole numbers wrap. The graph of a function is <c>Ad.Trace</c>.</remarks>
    /// <exception cref="ArgumentException">The array has fewer than two axes.</exception>
    public static NDArray<T> Trace<T>(NDArray<T> x) where T : unmanaged, INumber<T> => Sum(Diagonal(x), axis: -1);
}
