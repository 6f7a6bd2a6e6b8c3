using System.Runtime.InteropServices;

namespace Grad.Simd;

public static partial class Fold
{
    /// <summary>The sum of the elements as if in twice the precision, rounded once; 0 for none.</summary>
    /// <remarks>
    /// <c>|error| ≤ u·|sum| + n²·u²·Σ|x[i]|</c> to first order, u half an ulp of one: right to the last place unless nearly everything cancels. Some two to
    /// four times the time of <see cref="Sum"/> in the first cache, none in memory. Infinities and NaN as in <see cref="Sum"/>.
    /// </remarks>
    /// <param name="x">The terms.</param>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static T SumCompensated<T>(ReadOnlySpan<T> x)
        where T : unmanaged
    {
        T result = default;
        var loop = new CompensatedSum<T>(ref MemoryMarshal.GetReference(x), x.Length, ref result);
        if (x.Length > 0 || !(typeof(T) == typeof(double) || typeof(T) == typeof(float)))
            Widest.Run<CompensatedSum<T>, T>(ref loop, x.Length);
        return result;
    }
}
