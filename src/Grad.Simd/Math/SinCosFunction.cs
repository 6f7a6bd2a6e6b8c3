using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// Sine and cosine. Method: <c>|x| = n·π + r</c>, n integral for the sine and half-integral for the cosine, |r| ≤ π/2; then
/// <c>±(r + r³·p(r²))</c>, the sign by the parity of n. π is taken in parts: with a fused multiply-add three full ones, without it
/// short ones whose products with n are exact. p is a minimax polynomial found with sollya's fpminimax: relative error 2⁻⁶¹
/// (double, degree 7), 2⁻²⁷ (float, degree 3). Range: all; |x| from 2²⁰ (double) or 2¹³ (float) on is reduced by <see cref="LargeAngle"/>
/// in vectors that hold such. Max ULP: 1.8 with fused multiply-add, 2 (double) and 2.1 (float) without.
/// </summary>
internal static partial class SinCosFunction
{
    /// <summary>The |x| from which on the reduction of doubles does not hold.</summary>
    public const double Limit64 = 1048576;
    /// <summary>The same for floats.</summary>
    public const double Limit32 = 8192;

    /// <summary>Sine of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SinFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.AllWithin(x, Limit64))
        {
            return OutsideSin64(x);
        }
        return Sin64(x);
    }

    /// <summary>Cosine of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V CosFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.AllWithin(x, Limit64))
        {
            return OutsideCos64(x);
        }
        return Cos64(x);
    }

    /// <summary>Sine of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SinFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.AllWithin(x, Limit32))
        {
            return OutsideSin32(x);
        }
        return Sin32(x);
    }

    /// <summary>Cosine of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V CosFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.AllWithin(x, Limit32))
        {
            return OutsideCos32(x);
        }
        return Cos32(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sin64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        // The sine of |x|, so that −0 keeps its sign.
        var r = SinAngle64(V.Abs(x), out var shifted);
        return V.FlipSign(V.FlipSignByLowBit(SinNearZero64(r), shifted), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Cos64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var r = CosAngle64(V.Abs(x), out var shifted);
        return V.FlipSignByLowBit(SinNearZero64(r), shifted);
    }

    /// <summary><c>|x| − n·π</c>; the shift leaves the parity of n in the lowest bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinAngle64<V>(V magnitude, out V shifted) where V : struct, IHardwareLane<V, double>
    {
        shifted = V.MultiplyAdd(0.3183098861837907, magnitude, Binary64.RoundingShift);
        return LessMultipleOfPi64(magnitude, shifted - Binary64.RoundingShift);
    }

    /// <summary>r of <c>|x| = (n − 1/2)·π + r</c>, which has the cosine sin r where n is even, −sin r where it is odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CosAngle64<V>(V magnitude, out V shifted) where V : struct, IHardwareLane<V, double>
    {
        shifted = V.MultiplyAdd(0.3183098861837907, magnitude, 0.5) + Binary64.RoundingShift;
        return LessMultipleOfPi64(magnitude, shifted - Binary64.RoundingShift - 0.5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sin32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        // The sine of |x|, so that −0 keeps its sign.
        var r = SinAngle32(V.Abs(x), out var shifted);
        return V.FlipSign(V.FlipSignByLowBit(SinNearZero32(r), shifted), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Cos32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var r = CosAngle32(V.Abs(x), out var shifted);
        return V.FlipSignByLowBit(SinNearZero32(r), shifted);
    }

    /// <summary><c>|x| − n·π</c>; the shift leaves the parity of n in the lowest bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinAngle32<V>(V magnitude, out V shifted) where V : struct, IHardwareLane<V, float>
    {
        shifted = V.MultiplyAdd(0.3183098733425140, magnitude, Binary32.RoundingShift);
        return LessMultipleOfPi32(magnitude, shifted - Binary32.RoundingShift);
    }

    /// <summary>r of <c>|x| = (n − 1/2)·π + r</c>, which has the cosine sin r where n is even, −sin r where it is odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CosAngle32<V>(V magnitude, out V shifted) where V : struct, IHardwareLane<V, float>
    {
        shifted = V.MultiplyAdd(0.3183098733425140, magnitude, 0.5) + Binary32.RoundingShift;
        return LessMultipleOfPi32(magnitude, shifted - Binary32.RoundingShift - 0.5);
    }

    /// <summary><c>x − n·π</c> for n below 2¹⁹, integral or half-integral.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LessMultipleOfPi64<V>(V x, V n) where V : struct, IHardwareLane<V, double>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            var r = V.MultiplyAdd(n, -3.141592653589793, x);
            r = V.MultiplyAdd(n, -1.2246467991473532e-16, r);
            return V.MultiplyAdd(n, 2.9947698097183397e-33, r);
        }
        // Parts of 33 bits, so that the products are exact. The first difference rounds if x is small (and then n·π is the larger),
        // the second if r is not small: their errors join the third product.
        var product = n * 3.1415926534682512;
        var first = x - product;
        var error = x - (product + first);
        product = n * 1.2154201012607932e-10;
        var second = first - product;
        error += (first - second) - product;
        return second - (n * 4.044532497422333e-21 - error) - n * 1.69568553207378e-31;
    }

    /// <summary><c>x − n·π</c> for n below 2¹², integral or half-integral.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LessMultipleOfPi32<V>(V x, V n) where V : struct, IHardwareLane<V, float>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            var r = V.MultiplyAdd(n, -3.1415927410125732, x);
            r = V.MultiplyAdd(n, 8.742277657347586e-08, r);
            return V.MultiplyAdd(n, 3.4302490200117637e-15, r);
        }
        // Parts of 11 bits, as above; the third difference rounds too.
        var product = n * 3.140625;
        var first = x - product;
        var error = x - (product + first);
        product = n * 0.0009675025939941406;
        var second = first - product;
        error += (first - second) - product;
        product = n * 1.5099067240953445e-07;
        var third = second - product;
        error += (second - third) - product;
        return third - (n * 5.126565838509123e-12 - error) - n * 1.2246468525851679e-16;
    }

    /// <summary><c>x − n·π</c> for n below 2¹⁹, integral or half-integral, and what its last rounding lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LessMultipleOfPi64<V>(V x, V n, out V rest) where V : struct, IHardwareLane<V, double>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            // Either of the summands may be the larger.
            var whole = V.MultiplyAdd(n, -3.141592653589793, x);
            var part = n * -1.2246467991473532e-16;
            var sum = whole + part;
            var other = sum - whole;
            var lost = (whole - (sum - other)) + (part - other);
            rest = V.MultiplyAdd(n, 2.9947698097183397e-33, V.MultiplyAdd(n, -1.2246467991473532e-16, -part) + lost);
            return sum;
        }
        var product = n * 3.1415926534682512;
        var first = x - product;
        var error = x - (product + first);
        product = n * 1.2154201012607932e-10;
        var second = first - product;
        error += (first - second) - product;
        product = n * 4.044532497422333e-21 - error;
        var third = second - product;
        rest = (second - third) - product - n * 1.69568553207378e-31;
        return third;
    }

    /// <summary><c>x − n·π</c> for n below 2¹², integral or half-integral, and what its last rounding lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LessMultipleOfPi32<V>(V x, V n, out V rest) where V : struct, IHardwareLane<V, float>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            // Either of the summands may be the larger.
            var whole = V.MultiplyAdd(n, -3.1415927410125732, x);
            var part = n * 8.742277657347586e-08;
            var sum = whole + part;
            var other = sum - whole;
            var lost = (whole - (sum - other)) + (part - other);
            rest = V.MultiplyAdd(n, 3.4302490200117637e-15, V.MultiplyAdd(n, 8.742277657347586e-08, -part) + lost);
            return sum;
        }
        var product = n * 3.140625;
        var first = x - product;
        var error = x - (product + first);
        product = n * 0.0009675025939941406;
        var second = first - product;
        error += (first - second) - product;
        product = n * 1.5099067240953445e-07;
        var third = second - product;
        error += (second - third) - product;
        product = n * 5.126565838509123e-12 - error;
        var fourth = third - product;
        rest = (third - fourth) - product - n * 1.2246468525851679e-16;
        return fourth;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinNearZero64<V>(V r) where V : struct, IHardwareLane<V, double>
    {
        var s = r * r;
        // From the third term on in Eve's form.
        var t = s - 84;
        var y = t * t;
        var p = V.MultiplyAdd(2.7216775930345327e-15, t, 3.78800245516509e-13);
        p = V.MultiplyAdd(y + 14195.705252901793, p, -1.4146455996576332e-08);
        p = V.MultiplyAdd(y + 21012.26015825214, p, 0.00010907198135467307);
        p = V.MultiplyAdd(s, p, 0.008333333333333208);
        p = V.MultiplyAdd(s, p, -0.16666666666666666);
        return V.MultiplyAdd(r * s, p, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinNearZero32<V>(V r) where V : struct, IHardwareLane<V, float>
    {
        var s = r * r;
        var q = Polynomial.Cubic(s, s * s, 0.008333410136401653, -0.00019845602218993008, 2.7661303647619206e-06, -2.555760403311069e-08);
        return V.MultiplyAdd(r * s, V.MultiplyAdd(s, q, -0.16666671633720398), r);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideSin64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        var small = V.LessThan(magnitude, V.Constant(Limit64));
        var large = LargeAngle.LessMultipleOfPi64(magnitude, 1, 0, out var largeShifted, out _);
        var r = V.Select(small, SinAngle64(magnitude, out var shifted), large);
        shifted = V.Select(small, shifted, largeShifted);
        return V.FlipSign(V.FlipSignByLowBit(SinNearZero64(r), shifted), x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideCos64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        var small = V.LessThan(magnitude, V.Constant(Limit64));
        var large = LargeAngle.LessMultipleOfPi64(magnitude, 1, 0.5, out var largeShifted, out _);
        var r = V.Select(small, CosAngle64(magnitude, out var shifted), large);
        shifted = V.Select(small, shifted, largeShifted);
        return V.FlipSignByLowBit(SinNearZero64(r), shifted);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideSin32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(x);
        var small = V.LessThan(magnitude, V.Constant(Limit32));
        var large = LargeAngle.LessMultipleOfPi32(magnitude, 1, 0, out var largeShifted, out _);
        var r = V.Select(small, SinAngle32(magnitude, out var shifted), large);
        shifted = V.Select(small, shifted, largeShifted);
        return V.FlipSign(V.FlipSignByLowBit(SinNearZero32(r), shifted), x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideCos32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(x);
        var small = V.LessThan(magnitude, V.Constant(Limit32));
        var large = LargeAngle.LessMultipleOfPi32(magnitude, 1, 0.5, out var largeShifted, out _);
        var r = V.Select(small, CosAngle32(magnitude, out var shifted), large);
        shifted = V.Select(small, shifted, largeShifted);
        return V.FlipSignByLowBit(SinNearZero32(r), shifted);
    }
}
