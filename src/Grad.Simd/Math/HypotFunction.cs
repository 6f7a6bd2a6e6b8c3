using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// The length of the vector (x, y). Method: <c>√(a² + b²)</c>, a the greater magnitude, both scaled by one power of two where a², or what of
/// b² counts beside it, would overflow or underflow. Range: all; an infinite operand gives infinity, beside NaN too. Max ULP: 1 with fused
/// multiply-add, 1.2 without.
/// </summary>
internal static class HypotFunction
{
    /// <summary>Length of vectors of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x, V y) where V : struct, IHardwareLane<V, double> =>
        Scaled<V, double>(x, y, 3.273390607896142e+150, 3.054936363499605e-151, 4.149515568880993e+180, 2.409919865102884e-181);

    /// <summary>Length of vectors of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x, V y) where V : struct, IHardwareLane<V, float> =>
        Scaled<V, float>(x, y, 1.152921504606847e+18, 1.734723475976807e-18, 1.2379400392853803e+27, 8.077935669463161e-28);

    // Scaled up beyond the small limit and down beyond the great one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled<V, T>(V x, V y, double great, double small, double up, double down)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        V width = V.Abs(x), height = V.Abs(y);
        var steep = V.LessThan(width, height);
        V a = V.Select(steep, height, width), b = V.Select(steep, width, height);
        V isGreat = V.LessThan(V.Constant(great), a), isSmall = V.LessThan(a, V.Constant(small));
        var scale = V.Select(isGreat, V.Constant(down), V.Select(isSmall, V.Constant(up), V.Constant(1)));
        var back = V.Select(isGreat, V.Constant(up), V.Select(isSmall, V.Constant(down), V.Constant(1)));
        a *= scale;
        b *= scale;
        var length = V.Sqrt(V.MultiplyAdd(a, a, b * b)) * back;
        var infinity = V.Constant(double.PositiveInfinity);
        return V.Select(V.Or(V.Equal(width, infinity), V.Equal(height, infinity)), infinity, length);
    }
}
