using System.Numerics;

namespace Grad.Simd;

public static partial class Fold
{
    // In elements: a block stays in the first cache while it is read twice.
    private const int MomentBlock = 1024;

    /// <summary>The mean and the variance <c>Σ(x[i] − mean)² / n</c>, in one pass over memory.</summary>
    /// <remarks>
    /// Block by block: the mean, then the squares of what is left, and blocks are joined pairwise (T. Chan, G. Golub and R. LeVeque, Algorithms for Computing
    /// the Sample Variance, 1983). So a large mean takes no digits of a small variance: the relative error of the variance is within
    /// <c>(30 + log₂ n)·u·(1 + |mean|/σ)</c> to first order, u half an ulp of one. Of equal numbers it is 0, but for the rounding of their mean.
    /// </remarks>
    /// <param name="x">The numbers, at least one.</param>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static (T Mean, T Variance) MeanVariance<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Contract.NotEmpty(x.Length, nameof(MeanVariance));
        if (typeof(T) != typeof(double) && typeof(T) != typeof(float))
            Contract.ThrowElementType<T>();
        Span<T> rest = stackalloc T[MomentBlock];
        var (mean, squares) = Moments(x, rest);
        return (mean, squares / T.CreateChecked(x.Length));
    }

    // By halves, on whole blocks, so that the tree depends on the length alone.
    private static (T Mean, T Squares) Moments<T>(ReadOnlySpan<T> x, Span<T> rest)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Length <= MomentBlock)
        {
            T mean = Sum(x) / T.CreateChecked(x.Length);
            var deviations = rest[..x.Length];
            SpanMath.Subtract(x, mean, deviations);

            // What the rounding of the mean left in the deviations goes out again, to second order.
            T left = Sum<T>(deviations);
            return (mean, Dot<T>(deviations, deviations) - (left * left / T.CreateChecked(x.Length)));
        }

        int half = ((x.Length / 2) + MomentBlock - 1) / MomentBlock * MomentBlock;
        var (first, firstSquares) = Moments(x[..half], rest);
        var (second, secondSquares) = Moments(x[half..], rest);
        T share = T.CreateChecked(x.Length - half) / T.CreateChecked(x.Length), step = second - first;
        return (first + (step * share), firstSquares + secondSquares + (step * step * (share * T.CreateChecked(half))));
    }
}
