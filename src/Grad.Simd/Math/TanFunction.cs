using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// Tangent. Method: <c>|x| = θ + r</c> with θ at or near <c>n·π/8</c> and |r| below ¼; with <c>t = tan r = r + r·s·p(s)</c>, <c>s = r²</c>, and
/// <c>tan θ = a/b</c> from tables of half a circle (<see cref="TanNumerators"/>, <see cref="TanDenominators"/>), <c>tan |x| = (a + b·t)/(b − a·t)</c>.
/// p is a minimax polynomial: relative error of t 2⁻⁵⁷ (double, degree 6), 2⁻²⁸ (float, degree 2). Range: all; |x| from 2²⁰ (double) or 2¹³ (float) on, without fused
/// multiply-add from 2¹⁸ or 2¹¹, is reduced by <see cref="LargeAngle"/> in vectors that hold such. Max ULP, with and without fused multiply-add: 2.
/// </summary>
/// <remarks>
/// For even n θ is n·π/8, and either t has but one rounding beside the quotient's, or a is b. For odd n numerator, denominator and t are rounded, and
/// where the result is just below ¼ or 4 all count: so θ is 7/128 or 3/128 nearer to the multiple of π/2 than n·π/8 is, which makes t small there; and
/// a and b are multiples of a fraction that is tan θ to more places than the type has, of such a size that their sums there have mantissas near 2.
/// </remarks>
internal static class TanFunction
{
    /// <summary>Tangent of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.AllWithin(x, SinCosFunction.Reach64))
        {
            return Outside64(x);
        }
        var r = Angle64(V.Abs(x), out var n, out var rest);
        return Quotient64(r, rest, n, x);
    }

    /// <summary>Tangent of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.AllWithin(x, SinCosFunction.Reach32))
        {
            return Outside32(x);
        }
        var r = Angle32(V.Abs(x), out var n, out var rest);
        return Quotient32(r, rest, n, x);
    }

    /// <summary><c>|x| − θ</c>; n is left in the lowest bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Angle64<V>(V magnitude, out V n, out V rest) where V : struct, IHardwareLane<V, double>
    {
        n = V.MultiplyAdd(0.3183098861837907, magnitude, Binary64.EighthShift);
        return SinCosFunction.LessMultipleOfPi64(magnitude, n - Binary64.EighthShift, V.LookUp<TanOffsets>(n), out rest);
    }

    /// <summary><c>|x| − θ</c>; n is left in the lowest bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Angle32<V>(V magnitude, out V n, out V rest) where V : struct, IHardwareLane<V, float>
    {
        n = V.MultiplyAdd(0.3183098733425140, magnitude, Binary32.EighthShift);
        return SinCosFunction.LessMultipleOfPi32(magnitude, n - Binary32.EighthShift, V.LookUp<TanOffsets>(n), out rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quotient64<V>(V r, V rest, V n, V sign) where V : struct, IHardwareLane<V, double>
    {
        var s = r * r;
        var p = V.MultiplyAdd(0.0016126036685893677, s, 0.0035759434187041693);
        p = V.MultiplyAdd(s, p, 0.008864092712105528);
        p = V.MultiplyAdd(s, p, 0.0218694636884716);
        p = V.MultiplyAdd(s, p, 0.05396825435267233);
        p = V.MultiplyAdd(s, p, 0.13333333333051695);
        p = V.MultiplyAdd(s, p, 0.3333333333333403);
        return OfSum<V, double>(r + V.MultiplyAdd(r * s, p, rest), n, sign);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quotient32<V>(V r, V rest, V n, V sign) where V : struct, IHardwareLane<V, float>
    {
        // Of large arguments the rest is some units of r.
        var sum = r + rest;
        var s = sum * sum;
        var p = V.MultiplyAdd(0.05671007186174393, s, 0.13323213160037994);
        p = V.MultiplyAdd(s, p, 0.33333438634872437);
        return OfSum<V, float>(r + V.MultiplyAdd(sum * s, p, rest), n, sign);
    }

    /// <summary>The tangent of θ and an angle whose tangent is t, times the sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OfSum<V, T>(V t, V n, V sign)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        V a = V.LookUp<TanNumerators>(n), b = V.LookUp<TanDenominators>(n);
        return V.FlipSign(Sum<V, T>(a, b, t) / Sum<V, T>(b, -a, t), sign);
    }

    /// <summary><c>a + b·t</c>, rounded once: a is the larger summand or zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum<V, T>(V a, V b, V t)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return V.MultiplyAdd(b, t, a);
        }
        var product = b * t;
        var sum = a + product;
        var splitter = typeof(T) == typeof(double) ? ProductError.Splitter64 : ProductError.Splitter32;
        return sum + (((a - sum) + product) + ProductError.Of(b, t, product, splitter));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        var small = V.LessThan(magnitude, V.Constant(SinCosFunction.Reach64));
        var large = LargeAngle.LessMultipleOfPi64(magnitude, 8, out var largeN, out var largeRest);
        large = Offset<V, double>(large, V.LookUp<TanOffsets>(largeN), ref largeRest);
        var r = V.Select(small, Angle64(magnitude, out var n, out var rest), large);
        return Quotient64(r, V.Select(small, rest, largeRest), V.Select(small, n, largeN), x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(x);
        var small = V.LessThan(magnitude, V.Constant(SinCosFunction.Reach32));
        var large = LargeAngle.LessMultipleOfPi32(magnitude, 8, out var largeN, out var largeRest);
        large = Offset<V, float>(large, V.LookUp<TanOffsets>(largeN), ref largeRest);
        var r = V.Select(small, Angle32(magnitude, out var n, out var rest), large);
        return Quotient32(r, V.Select(small, rest, largeRest), V.Select(small, n, largeN), x);
    }

    /// <summary>r + offset; what its rounding loses joins the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Offset<V, T>(V r, V offset, ref V rest)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        var sum = r + offset;
        var other = sum - r;
        rest += (r - (sum - other)) + (offset - other);
        return sum;
    }
}
