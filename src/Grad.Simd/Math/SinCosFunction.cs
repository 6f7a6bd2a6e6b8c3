using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// Sine and cosine. Method: <c>|x| = n·π/8 + r</c>, |r| ≤ π/16, and, with y and c the sine and the cosine of n·π/8 from a table of half a circle
/// (<see cref="EighthSines"/>, <see cref="EighthCosines"/>), <c>sin |x| = ±(y + (c·r + r²·(c·r·p(r²) + y·q(r²))))</c>, <c>cos x = ±(c + (−y·r + r²·(−y·r·p(r²) + c·q(r²))))</c>, the sign
/// by the fourth bit of n. Of one argument both have the reduction, p, q and the table in common. π is taken in parts: with a fused multiply-add three
/// full ones, without it short ones whose products with n are exact. 1 + r²·p is a minimax polynomial of (sin r)/r: error 2⁻⁵⁷ (double, p of degree 3),
/// 2⁻³¹ (float, 1). 1 + r²·q is one of cos r: error 2⁻⁵³ (double, q of degree 3), 2⁻²⁸ (float, 1); that of doubles is low by 2⁻⁵⁵ where r is large,
/// since what is rounded off sin(π/8) and cos(π/8) leaves the least values of that entry high. Range: all; |x| from 2²⁰ (double) or 2¹³ (float) on,
/// without a fused multiply-add from 2¹⁸ or 2¹¹, is reduced by <see cref="LargeAngle"/> in vectors that hold such. Max ULP: 2 (double), 1.7 (float).
/// </summary>
internal static partial class SinCosFunction
{
    /// <summary>The |x| from which on the reduction of doubles does not hold.</summary>
    public static double Reach64 => Fma.IsSupported || AdvSimd.IsSupported ? 1048576 : 262144;
    /// <summary>The same for floats.</summary>
    public static double Reach32 => Fma.IsSupported || AdvSimd.IsSupported ? 8192 : 2048;

    /// <summary>Sine of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SinFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.AllWithin(x, Reach64))
        {
            return OutsideSin64(x);
        }
        return Sin64(x);
    }

    /// <summary>Cosine of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V CosFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.AllWithin(x, Reach64))
        {
            return OutsideCos64(x);
        }
        return Cos64(x);
    }

    /// <summary>Sine of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SinFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.AllWithin(x, Reach32))
        {
            return OutsideSin32(x);
        }
        return Sin32(x);
    }

    /// <summary>Cosine of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V CosFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.AllWithin(x, Reach32))
        {
            return OutsideCos32(x);
        }
        return Cos32(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sin64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        // The sine of |x|, so that −0 keeps its sign.
        var r = Angle64(V.Abs(x), out var n);
        return Sin64(r, n, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Cos64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var r = Angle64(V.Abs(x), out var n);
        return Cos64(r, n);
    }

    /// <summary><c>|x| − n·π/8</c>; n is left in the lowest bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Angle64<V>(V magnitude, out V n) where V : struct, IHardwareLane<V, double>
    {
        n = V.MultiplyAdd(0.3183098861837907, magnitude, Binary64.EighthShift);
        return LessMultipleOfPi64(magnitude, n - Binary64.EighthShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sin64<V>(V r, V n, V sign) where V : struct, IHardwareLane<V, double>
    {
        var p = Series64(r, out var square, out var q);
        var product = V.LookUp<EighthCosines>(n) * r;
        var y = Sum<V, double>(V.LookUp<EighthSines>(n), product, square, p, q);
        return V.FlipSign(V.FlipSign(y, V.FourthBitToSign(n)), sign);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Cos64<V>(V r, V n) where V : struct, IHardwareLane<V, double>
    {
        var p = Series64(r, out var square, out var q);
        var product = -V.LookUp<EighthSines>(n) * r;
        return V.FlipSign(Sum<V, double>(V.LookUp<EighthCosines>(n), product, square, p, q), V.FourthBitToSign(n));
    }

    /// <summary>p, q and their argument.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Series64<V>(V r, out V square, out V q) where V : struct, IHardwareLane<V, double>
    {
        square = r * r;
        var p = V.MultiplyAdd(2.753378358124423e-06, square, -0.00019841262216381016);
        p = V.MultiplyAdd(square, p, 0.008333333332359551);
        p = V.MultiplyAdd(square, p, -0.1666666666666628);
        q = V.MultiplyAdd(2.4773972726102535e-05, square, -0.0013888879142476209);
        q = V.MultiplyAdd(square, q, 0.04166666665268629);
        q = V.MultiplyAdd(square, q, -0.4999999999999358);
        return p;
    }

    /// <summary><c>x + (y·r + r²·(y·r·p + x·q))</c>: first what is small.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum<V, T>(V x, V product, V square, V p, V q)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged => x + V.MultiplyAdd(square, V.MultiplyAdd(product, p, x * q), product);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sin32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        // The sine of |x|, so that −0 keeps its sign.
        var r = Angle32(V.Abs(x), out var n);
        return Sin32(r, n, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Cos32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var r = Angle32(V.Abs(x), out var n);
        return Cos32(r, n);
    }

    /// <summary><c>|x| − n·π/8</c>; n is left in the lowest bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Angle32<V>(V magnitude, out V n) where V : struct, IHardwareLane<V, float>
    {
        n = V.MultiplyAdd(0.3183098733425140, magnitude, Binary32.EighthShift);
        return LessMultipleOfPi32(magnitude, n - Binary32.EighthShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sin32<V>(V r, V n, V sign) where V : struct, IHardwareLane<V, float>
    {
        var p = Series32(r, out var square, out var q);
        var product = V.LookUp<EighthCosines>(n) * r;
        var y = Sum<V, float>(V.LookUp<EighthSines>(n), product, square, p, q);
        return V.FlipSign(V.FlipSign(y, V.FourthBitToSign(n)), sign);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Cos32<V>(V r, V n) where V : struct, IHardwareLane<V, float>
    {
        var p = Series32(r, out var square, out var q);
        var product = -V.LookUp<EighthSines>(n) * r;
        return V.FlipSign(Sum<V, float>(V.LookUp<EighthCosines>(n), product, square, p, q), V.FourthBitToSign(n));
    }

    /// <summary>p, q and their argument.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Series32<V>(V r, out V square, out V q) where V : struct, IHardwareLane<V, float>
    {
        square = r * r;
        var p = V.MultiplyAdd(0.008322625420987606, square, -0.16666653752326965);
        q = V.MultiplyAdd(0.041592005640268326, square, -0.49999910593032837);
        return p;
    }

    /// <summary><c>x − n·π</c> for n below 2¹⁹ in eighths; without fused multiply-add n has at most 20 bits.</summary>
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

    /// <summary><c>x − n·π</c> for n below 2¹² in eighths; without fused multiply-add n has at most 13 bits.</summary>
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideSin64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var r = AnyAngle64(V.Abs(x), out var n);
        return Sin64(r, n, x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideCos64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var r = AnyAngle64(V.Abs(x), out var n);
        return Cos64(r, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AnyAngle64<V>(V magnitude, out V n) where V : struct, IHardwareLane<V, double>
    {
        var small = V.LessThan(magnitude, V.Constant(Reach64));
        var large = LargeAngle.LessMultipleOfPi64(magnitude, 8, out var largeN, out _);
        var r = V.Select(small, Angle64(magnitude, out n), large);
        n = V.Select(small, n, largeN);
        return r;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideSin32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var r = AnyAngle32(V.Abs(x), out var n);
        return Sin32(r, n, x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideCos32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var r = AnyAngle32(V.Abs(x), out var n);
        return Cos32(r, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AnyAngle32<V>(V magnitude, out V n) where V : struct, IHardwareLane<V, float>
    {
        var small = V.LessThan(magnitude, V.Constant(Reach32));
        var large = LargeAngle.LessMultipleOfPi32(magnitude, 8, out var largeN, out _);
        var r = V.Select(small, Angle32(magnitude, out n), large);
        n = V.Select(small, n, largeN);
        return r;
    }
}
