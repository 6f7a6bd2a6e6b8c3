using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// The length of the vector (x, y), and x over its square. Method: <c>√(x² + y²)</c>, products and sum each rounded, so that x and y may change places;
/// where a square, or what of the lesser counts beside the greater, would overflow or underflow, both are scaled by one power of two. The quotient is scaled back
/// last. Range: all; an infinite operand gives an infinite length, beside NaN too. Max ULP, with and without fused multiply-add: 1.25; of the quotient 4.
/// </summary>
internal static class HypotFunction
{
    private const double LeastSquare64 = 1e-280;
    private const double EndOfSquares64 = 1e305;
    private const double Great64 = 3.273390607896142e+150;
    private const double Small64 = 3.054936363499605e-151;
    private const double Up64 = 4.149515568880993e+180;
    private const double Down64 = 2.409919865102884e-181;

    private const double LeastSquare32 = 1e-30;
    private const double EndOfSquares32 = 1e38;
    private const double Great32 = 1.152921504606847e+18;
    private const double Small32 = 1.734723475976807e-18;
    private const double Up32 = 1.2379400392853803e+27;
    private const double Down32 = 8.077935669463161e-28;

    /// <summary>Length of vectors of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x, V y) where V : struct, IHardwareLane<V, double>
    {
        var square = (x * x) + (y * y);
        return V.AllInRange(square, LeastSquare64, EndOfSquares64) ? V.Sqrt(square) : Outside64(x, y);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x, V y) where V : struct, IHardwareLane<V, double>
    {
        var length = Scaled(x, y, Great64, Small64, Up64, Down64, out _, out var back) * back;
        var infinity = V.Constant(double.PositiveInfinity);
        return V.Select(V.Or(V.Equal(V.Abs(x), infinity), V.Equal(V.Abs(y), infinity)), infinity, length);
    }

    /// <summary><c>x/(x² + y²)</c> of doubles, 0 at the origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ReciprocalRealFloat64<V>(V x, V y) where V : struct, IHardwareLane<V, double>
    {
        var length = Scaled(x, y, Great64, Small64, Up64, Down64, out var scale, out _);
        return V.Select(V.Equal(length, V.Constant(0)), V.Constant(0), x * scale / (length * length) * scale);
    }

    /// <summary>Length of vectors of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x, V y) where V : struct, IHardwareLane<V, float>
    {
        var square = (x * x) + (y * y);
        return V.AllInRange(square, LeastSquare32, EndOfSquares32) ? V.Sqrt(square) : Outside32(x, y);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x, V y) where V : struct, IHardwareLane<V, float>
    {
        var length = Scaled(x, y, Great32, Small32, Up32, Down32, out _, out var back) * back;
        var infinity = V.Constant(double.PositiveInfinity);
        return V.Select(V.Or(V.Equal(V.Abs(x), infinity), V.Equal(V.Abs(y), infinity)), infinity, length);
    }

    /// <summary><c>x/(x² + y²)</c> of floats, 0 at the origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ReciprocalRealFloat32<V>(V x, V y) where V : struct, IHardwareLane<V, float>
    {
        var length = Scaled(x, y, Great32, Small32, Up32, Down32, out var scale, out _);
        return V.Select(V.Equal(length, V.Constant(0)), V.Constant(0), x * scale / (length * length) * scale);
    }

    /// <summary>The length times the scale; the square of the result neither overflows nor underflows. NaN if either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled<V>(V x, V y, double great, double small, double up, double down, out V scale, out V back)
        where V : struct, ILane<V>
    {
        V width = V.Abs(x), height = V.Abs(y);
        var steep = V.LessThan(width, height);
        V a = V.Select(steep, height, width), b = V.Select(steep, width, height);
        // Scaled up below the small limit and down above the great one.
        V isGreat = V.LessThan(V.Constant(great), a), isSmall = V.LessThan(a, V.Constant(small));
        scale = V.Select(isGreat, V.Constant(down), V.Select(isSmall, V.Constant(up), V.Constant(1)));
        back = V.Select(isGreat, V.Constant(up), V.Select(isSmall, V.Constant(down), V.Constant(1)));
        a *= scale;
        b *= scale;
        return V.Sqrt((a * a) + (b * b));
    }
}
