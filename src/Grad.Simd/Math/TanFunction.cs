using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Tangent. Method: <c>|x| = n·π/2 + r</c> with the parts of π of <see cref="SinCosFunction"/>, |r| ≤ π/4; then <c>tan r = p/q</c> with
/// <c>p = r + r·s·a(s)</c>, <c>q = 1 + s·b(s)</c>, <c>s = r²</c>; the quotient is <c>p/q</c> where n is even and <c>−q/p</c> where it is odd:
/// one division. p/q is a minimax rational found with Remez' algorithm: relative error 2⁻⁶⁶ (double, a of degree 2 and b of degree 3), 2⁻³⁵
/// (float, both of degree 1). Range: all; |x| from 2²⁰ (double) or 2¹³ (float) on is reduced by <see cref="LargeAngle"/> in vectors that hold
/// such. Max ULP: 2.6 with fused multiply-add, 3.2 without.
/// </summary>
internal static class TanFunction
{
    /// <summary>Tangent of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.AllWithin(x, SinCosFunction.Limit64))
        {
            return Outside64(x);
        }
        return Tan64(x);
    }

    /// <summary>Tangent of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.AllWithin(x, SinCosFunction.Limit32))
        {
            return Outside32(x);
        }
        return Tan32(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Tan64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var r = Angle64(V.Abs(x), out var shifted, out var rest);
        return NearZero64(r, rest, shifted, x);
    }

    /// <summary><c>|x| − n·π/2</c>; the shift leaves the parity of n in the lowest bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Angle64<V>(V magnitude, out V shifted, out V rest) where V : struct, IHardwareLane<V, double>
    {
        shifted = V.MultiplyAdd(0.6366197723675814, magnitude, Binary64.RoundingShift);
        return SinCosFunction.LessMultipleOfPi64(magnitude, (shifted - Binary64.RoundingShift) * 0.5, out rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NearZero64<V>(V r, V rest, V shifted, V sign) where V : struct, IHardwareLane<V, double>
    {
        var s = r * r;
        var a = V.MultiplyAdd(s, V.MultiplyAdd(-1.7860726073013093e-05, s, 0.003424829322497818), -0.1333830180831438);
        var b = Polynomial.Cubic(
            s, s * s, -0.46671635141647716, 0.02566361312799026, -0.0003118055481275923, 4.981472083141025e-07);
        return Quotient<V, double>(r + V.MultiplyAdd(r * s, a, rest), V.MultiplyAdd(s, b, 1), shifted, sign);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Tan32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var r = Angle32(V.Abs(x), out var shifted, out var rest);
        return NearZero32(r, rest, shifted, x);
    }

    /// <summary><c>|x| − n·π/2</c>; the shift leaves the parity of n in the lowest bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Angle32<V>(V magnitude, out V shifted, out V rest) where V : struct, IHardwareLane<V, float>
    {
        shifted = V.MultiplyAdd(0.6366197466850281, magnitude, Binary32.RoundingShift);
        return SinCosFunction.LessMultipleOfPi32(magnitude, (shifted - Binary32.RoundingShift) * 0.5, out rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NearZero32<V>(V r, V rest, V shifted, V sign) where V : struct, IHardwareLane<V, float>
    {
        var s = r * r;
        var a = V.MultiplyAdd(0.0010747249471023679, s, -0.1113552451133728);
        var b = V.MultiplyAdd(0.015970900654792786, s, -0.4446885883808136);
        return Quotient<V, float>(r + V.MultiplyAdd(r * s, a, rest), V.MultiplyAdd(s, b, 1), shifted, sign);
    }

    /// <summary>p/q where the lowest bit of the pattern is clear, −q/p where it is set; times the sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quotient<V, T>(V p, V q, V pattern, V sign)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        var odd = V.LessThan(V.FlipSignByLowBit(V.Constant(1), pattern), V.Constant(0));
        return V.FlipSign(V.Select(odd, -q, p) / V.Select(odd, p, q), sign);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        var small = V.LessThan(magnitude, V.Constant(SinCosFunction.Limit64));
        var large = LargeAngle.LessMultipleOfPi64(magnitude, 2, out var largeShifted, out var largeRest);
        var r = V.Select(small, Angle64(magnitude, out var shifted, out var rest), large);
        return NearZero64(r, V.Select(small, rest, largeRest), V.Select(small, shifted, largeShifted), x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(x);
        var small = V.LessThan(magnitude, V.Constant(SinCosFunction.Limit32));
        var large = LargeAngle.LessMultipleOfPi32(magnitude, 2, out var largeShifted, out var largeRest);
        var r = V.Select(small, Angle32(magnitude, out var shifted, out var rest), large);
        return NearZero32(r, V.Select(small, rest, largeRest), V.Select(small, shifted, largeShifted), x);
    }
}
