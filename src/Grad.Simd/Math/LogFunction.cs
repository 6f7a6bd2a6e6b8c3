using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Natural logarithm. Method: <c>1 + f = x·2^shift</c> with f in [−¼, ½), and <c>f + c(f) − shift·ln 2</c>, ln 2 in two
/// parts of which the first has a product with the shift that is exact, and the error of the first sum kept. Doubles: <c>c = s·(½f² + R(s²)) − ½f²</c>
/// with <c>s = f/(2 + f)</c>, where a quotient, beside which all else is computed, saves a polynomial of twice the length (the form is that of FreeBSD's
/// e_log.c); R is a minimax polynomial (Remez exchange), relative error of the logarithm 2⁻⁶¹. Floats: <c>c = f³·p(f) − ½f²</c>, p by sollya's
/// fpminimax, 2⁻²⁷. No table: the same at every width. Range: all; −0 and 0 give −infinity, negative numbers NaN. Max ULP, with and without
/// fused multiply-add: 1.
/// </summary>
internal static class LogFunction
{
    private const double LeastNormal64 = 2.2250738585072014e-308;
    private const double LeastNormal32 = 1.1754943508222875e-38;

    /// <summary>Natural logarithm of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            var fraction = V.Significand(x, out var places) - 1;
            return Sum64(places, fraction);
        }
        if (!V.AllInRange(x, LeastNormal64, double.PositiveInfinity))
        {
            return Outside64(x);
        }
        var f = V.Significand(x, out var shift) - 1;
        return Sum64(shift, f);
    }

    /// <summary>Natural logarithm of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            var fraction = V.Significand(x, out var places) - 1;
            return Sum32(places, fraction);
        }
        if (!V.AllInRange(x, LeastNormal32, double.PositiveInfinity))
        {
            return Outside32(x);
        }
        var f = V.Significand(x, out var shift) - 1;
        return Sum32(shift, f);
    }

    /// <summary><c>log(1 + f) − shift·ln 2</c> for f in [−¼, ½).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sum64<V>(V shift, V f) where V : struct, IHardwareLane<V, double>
    {
        // In an order that keeps few values alive: four vectors side by side fill the registers.
        var s = f / (f + 2);
        var tail = Tail64(s);
        // The first part of ln 2 has 42 bits and the shift at most 11, so that only the sum rounds, by the error. The signs are such
        // that f = −0 gives −0.
        var multiple = shift * 0.6931471805598903;
        var high = f - multiple;
        var low = V.MultiplyAdd(shift, -5.497923018708371e-14, f - (high + multiple));
        var half = f * f * 0.5;
        low = V.MultiplyAdd(s, half + tail, low) - half;
        return high + (Unsafe.SizeOf<V>() >= WideLane.Size ? V.Limit(low, 1) : low);
    }

    /// <summary><c>log(1 + f + rest) − shift·ln 2</c> for f in [−¼, ½) and a rest that is small beside f.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sum64<V>(V shift, V f, V rest) where V : struct, IHardwareLane<V, double> => Parts64(shift, f, rest, out var low) + low;

    /// <summary>The R with <c>log(1 + f) = f + (s·(½f² + R) − ½f²)</c> and <c>s = f/(2 + f)</c>, for f in [−¼, ½).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tail64<V>(V s) where V : struct, IHardwareLane<V, double>
    {
        var z = s * s;
        var z2 = z * z;
        var r = V.MultiplyAdd(z2, V.MultiplyAdd(0.13838564402918763, z, 0.13174262208942272), V.MultiplyAdd(0.15391072407234052, z, 0.18181667089173295));
        r = V.MultiplyAdd(z2, r, V.MultiplyAdd(0.2222222427619046, z, 0.285714285560073));
        return z * V.MultiplyAdd(z2, r, V.MultiplyAdd(0.4000000000005594, z, 0.666666666666666));
    }

    /// <inheritdoc cref="Sum64{V}(V, V, V)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sum32<V>(V shift, V f, V rest) where V : struct, IHardwareLane<V, float> => Parts32(shift, f, rest, out var low) + low;

    /// <summary>A rest over 1 + f to some hundredths, which is enough for a rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OverOnePlus<V>(V f, V rest) where V : struct, ILane<V> => V.MultiplyAdd(-(rest * f), V.MultiplyAdd(-0.7, f, 1), rest);

    /// <summary><c>log(1 + f) − shift·ln 2</c> for f in [−¼, ½).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sum32<V>(V shift, V f) where V : struct, IHardwareLane<V, float>
    {
        var f2 = f * f;
        var p = Quotient32(f, f2);
        var multiple = shift * 0.693145751953125;
        var high = f - multiple;
        var error = f - (high + multiple);
        var low = V.MultiplyAdd(shift, -1.428606765330187e-06, error);
        low = V.MultiplyAdd(f2, V.MultiplyAdd(f, p, -0.5), low);
        return high + (Unsafe.SizeOf<V>() >= WideLane.Size ? V.Limit(low, 1) : low);
    }

    /// <summary>The p with <c>log(1 + f) = f − ½f² + f³·p(f)</c> for f in [−¼, ½), given the square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Quotient32<V>(V f, V f2) where V : struct, IHardwareLane<V, float>
    {
        var p0 = Polynomial.Cubic(f, f2, 0.3333345055580139, -0.2500009834766388, 0.1999080628156662, -0.16647164523601532);
        var p4 = Polynomial.Cubic(f, f2, 0.1447882056236267, -0.1316298544406891, 0.10464530438184738, -0.04507360979914665);
        return V.MultiplyAdd(p4, f2 * f2, p0);
    }

    /// <summary><c>log(1 + f + rest) − shift·ln 2</c> as the sum of the result and a low part, with some bits more than either has; f and rest as above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Parts64<V>(V shift, V f, V rest, out V low) where V : struct, IHardwareLane<V, double>
    {
        var s = f / (f + 2);
        var tail = Tail64(s);
        var multiple = shift * 0.6931471805598903;
        var high = f - multiple;
        low = V.MultiplyAdd(shift, -5.497923018708371e-14, (f - (high + multiple)) + OverOnePlus(f, rest));
        var half = f * f * 0.5;
        low = V.MultiplyAdd(s, half + tail, low) - half;
        return high;
    }

    /// <inheritdoc cref="Parts64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Parts32<V>(V shift, V f, V rest, out V low) where V : struct, IHardwareLane<V, float>
    {
        var f2 = f * f;
        var p = Quotient32(f, f2);
        var multiple = shift * 0.693145751953125;
        var high = f - multiple;
        low = V.MultiplyAdd(shift, -1.428606765330187e-06, (f - (high + multiple)) + OverOnePlus(f, rest));
        low = V.MultiplyAdd(f2, V.MultiplyAdd(f, p, -0.5), low);
        return high;
    }

    /// <summary>The shift and f with <c>1 + f = x·2^shift</c>, subnormal x included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AnyShift64<V>(V x, out V f) where V : struct, IHardwareLane<V, double>
    {
        var subnormal = V.LessThan(x, V.Constant(LeastNormal64));
        f = V.Significand(V.Select(subnormal, x * 18014398509481984.0, x), out var shift) - 1;
        return V.Select(subnormal, shift + 54, shift);
    }

    /// <inheritdoc cref="AnyShift64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AnyShift32<V>(V x, out V f) where V : struct, IHardwareLane<V, float>
    {
        var subnormal = V.LessThan(x, V.Constant(LeastNormal32));
        f = V.Significand(V.Select(subnormal, x * 33554432.0, x), out var shift) - 1;
        return V.Select(subnormal, shift + 25, shift);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> =>
        Cases(x, Sum64(AnyShift64(x, out var f), f));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> =>
        Cases(x, Sum32(AnyShift32(x, out var f), f));

    /// <summary>y for positive finite x; elsewhere what a logarithm is there: x where infinite or NaN, −∞ at zeros, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cases<V>(V x, V y) where V : struct, ILane<V>
    {
        var zero = V.Constant(0);
        var below = V.Select(V.Equal(x, zero), V.Constant(double.NegativeInfinity), V.Constant(double.NaN));
        return V.Select(V.LessThan(x, V.Constant(double.PositiveInfinity)), V.Select(V.LessThan(zero, x), y, below), x);
    }
}
