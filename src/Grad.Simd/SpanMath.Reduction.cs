using System.Numerics;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>Σ x[i]</c>; 0 for no elements.</summary>
    /// <remarks>
    /// The same bits at every memory offset; <c>|error| ≤ (25 + log₂ n)·u·Σ|x[i]|</c> to first order, u half an ulp of one. See
    /// <see cref="Fold"/>.
    /// </remarks>
    /// <param name="x">The terms.</param>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Fold.Sum(x);

    /// <summary><c>Σ x[i]·y[i]</c>; 0 for no elements.</summary>
    /// <remarks>
    /// The same bits at every memory offset; <c>|error| ≤ (26 + log₂ n)·u·Σ|x[i]·y[i]|</c> to first order, u half an ulp of one, short of
    /// underflow. See <see cref="Fold"/>.
    /// </remarks>
    /// <param name="x">The first factors.</param>
    /// <param name="y">The second factors.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Fold.Dot(x, y);

    /// <summary><c>Σ x[i] / n</c>.</summary>
    /// <remarks><see cref="Sum"/>, divided once.</remarks>
    /// <param name="x">The numbers, at least one.</param>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static T Mean<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.IsEmpty)
            throw new ArgumentException("Mean needs at least one element, but got none. Test for emptiness first.", nameof(x));
        return Fold.Sum(x) / T.CreateChecked(x.Length);
    }
}
