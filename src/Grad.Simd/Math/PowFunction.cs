using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// x to a constant power. Method: <see cref="System.Math.Pow"/> element by element, in double, rounded once to the element type;
/// the exponents 0, 1, 2 and −1 by at most one correctly rounded operation. Range: all. Error: that of the platform's pow for
/// double (below 1 ULP where it is glibc's), below 0.51 ULP for float.
/// </summary>
internal static class PowFunction
{
    /// <summary>The power of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x, double exponent) where V : struct, IHardwareLane<V, double> => exponent switch
    {
        0 => V.Constant(1),
        1 => x,
        2 => x * x,
        -1 => 1 / x,
        _ => PerElement.Map<V, double>(x, exponent, static (a, e) => Math.Pow(a, e)),
    };

    /// <summary>The power of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x, double exponent) where V : struct, IHardwareLane<V, float> => exponent switch
    {
        0 => V.Constant(1),
        1 => x,
        2 => x * x,
        -1 => 1 / x,
        _ => PerElement.Map<V, float>(x, exponent, static (a, e) => (float)Math.Pow(a, e)),
    };
}
