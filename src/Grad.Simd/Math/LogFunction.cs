using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Natural logarithm. Method: <c>x = 2ⁿ·m</c>, and for the eighth of [1, 2) in which the mantissa m lies a c near the reciprocal, from a table (<see cref="LogReciprocals"/>):
/// <c>n·ln 2 − log c + log(1 + r)</c> with <c>r = c·m − 1</c> in [−1/16, 1/8], by one fused multiply-add, and exact, as c has five places and |r| is at most 1/16 where c is neither 1 nor ½. ln 2 and −log c are in two parts, the first ones on a grid on which
/// their sum is exact; near 1, from below too, they are nothing, and r is x − 1. <c>log(1 + r) = r + r²·q(r)</c>, q a minimax polynomial (Remez exchange), relative
/// error of the logarithm 2⁻⁵⁶ (double, degree 10), 2⁻²⁸ (float, degree 4). Range: all; −0 and 0 give −infinity, negative numbers NaN. Max ULP, with and without
/// fused multiply-add: 1.
/// </summary>
/// <remarks>
/// Where a function needs the logarithm of a number in parts, or its own in parts, it is by a quotient: <c>1 + f = x·2^shift</c> with f in [−¼, ½), and
/// <c>f + c(f) − shift·ln 2</c>, the error of the first sum kept; doubles: <c>c = s·(½f² + R(s²)) − ½f²</c> with <c>s = f/(2 + f)</c> (the form is that of FreeBSD's
/// e_log.c), R to 2⁻⁶¹; floats: <c>c = f³·p(f) − ½f²</c>, p by sollya's fpminimax, 2⁻²⁷.
/// </remarks>
internal static class LogFunction
{
    private const double LeastNormal64 = 2.2250738585072014e-308;
    private const double LeastNormal32 = 1.1754943508222875e-38;

    /// <summary>Natural logarithm of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() < WideLane.Size && !V.AllInRange(x, LeastNormal64, double.PositiveInfinity))
        {
            return Outside64(x);
        }
        var mantissa = V.Mantissa(x, out var n);
        return OfMantissa64(mantissa, n);
    }

    /// <summary>Natural logarithm of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() < WideLane.Size && !V.AllInRange(x, LeastNormal32, double.PositiveInfinity))
        {
            return Outside32(x);
        }
        var mantissa = V.Mantissa(x, out var n);
        return OfMantissa32(mantissa, n);
    }

    /// <summary><c>n·ln 2 + log m</c> for m in [1, 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OfMantissa64<V>(V mantissa, V n) where V : struct, IHardwareLane<V, double>
    {
        var eighth = V.Eighth(mantissa);
        return OfExcess64(ProductError.Plus64(V.Constant(-1), mantissa, V.LookUp<LogReciprocals>(eighth)), n, eighth);
    }

    /// <summary><c>n·ln 2 − log c + log(1 + r)</c> with the c of an eighth, for r in [−1/16, 1/8], exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OfExcess64<V>(V r, V n, V eighth) where V : struct, IHardwareLane<V, double>
    {
        var high = OfEighth64(n, eighth, out var low);
        var r2 = r * r;
        return high + (r + V.MultiplyAdd(r2, Near64(r, r2), low));
    }

    /// <summary>The same where r is rounded, in two parts: there the error of the first sum would no longer be the only one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OfRoundedExcess64<V>(V r, V n, V eighth, out V low) where V : struct, IHardwareLane<V, double>
    {
        // The first part is zero or larger than r.
        var high = OfEighth64(n, eighth, out low);
        var sum = high + r;
        var r2 = r * r;
        low = V.MultiplyAdd(r2, Near64(r, r2), low + ((high - sum) + r));
        return sum;
    }

    /// <summary><c>n·ln 2 − log c</c> in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OfEighth64<V>(V n, V eighth, out V low) where V : struct, IHardwareLane<V, double>
    {
        low = V.MultiplyAdd(n, 5.497923018708371e-14, V.LookUp<LogLows>(eighth));
        return V.MultiplyAdd(n, 0.6931471805598903, V.LookUp<LogHighs>(eighth));
    }

    /// <summary>The q with <c>log(1 + r) = r + r²·q(r)</c>, for r in [−1/16, 1/8].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Near64<V>(V r, V r2) where V : struct, IHardwareLane<V, double>
    {
        var even = V.MultiplyAdd(-0.06073308201528415, r2, -0.10010789970315422);
        var odd = V.MultiplyAdd(0.08893600650358595, r2, 0.11113438237912636);
        even = V.MultiplyAdd(r2, even, -0.12500031552767504);
        odd = V.MultiplyAdd(r2, odd, 0.14285706036192083);
        even = V.MultiplyAdd(r2, even, -0.1666666643659774);
        odd = V.MultiplyAdd(r2, odd, 0.20000000011676533);
        even = V.MultiplyAdd(r2, even, -0.25000000000328354);
        odd = V.MultiplyAdd(r2, odd, 0.3333333333332775);
        even = V.MultiplyAdd(r2, even, -0.499999999999999);
        return V.MultiplyAdd(r, odd, even);
    }

    /// <summary><c>n·ln 2 + log m</c> for m in [1, 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OfMantissa32<V>(V mantissa, V n) where V : struct, IHardwareLane<V, float>
    {
        var eighth = V.Eighth(mantissa);
        return OfExcess32(ProductError.Plus32(V.Constant(-1), mantissa, V.LookUp<LogReciprocals>(eighth)), n, eighth);
    }

    /// <summary><c>n·ln 2 − log c + log(1 + r)</c> with the c of an eighth, for r in [−1/16, 1/8], exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OfExcess32<V>(V r, V n, V eighth) where V : struct, IHardwareLane<V, float>
    {
        var high = OfEighth32(n, eighth, out var low);
        var r2 = r * r;
        return high + (r + V.MultiplyAdd(r2, Near32(r, r2), low));
    }

    /// <summary>The same where r is rounded, in two parts: there the error of the first sum would no longer be the only one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OfRoundedExcess32<V>(V r, V n, V eighth, out V low) where V : struct, IHardwareLane<V, float>
    {
        // The first part is zero or larger than r.
        var high = OfEighth32(n, eighth, out low);
        var sum = high + r;
        var r2 = r * r;
        low = V.MultiplyAdd(r2, Near32(r, r2), low + ((high - sum) + r));
        return sum;
    }

    /// <summary><c>n·ln 2 − log c</c> in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OfEighth32<V>(V n, V eighth, out V low) where V : struct, IHardwareLane<V, float>
    {
        low = V.MultiplyAdd(n, 1.428606765330187e-06, V.LookUp<LogLows>(eighth));
        return V.MultiplyAdd(n, 0.693145751953125, V.LookUp<LogHighs>(eighth));
    }

    /// <summary>The q with <c>log(1 + r) = r + r²·q(r)</c>, for r in [−1/16, 1/8].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Near32<V>(V r, V r2) where V : struct, IHardwareLane<V, float>
    {
        var even = V.MultiplyAdd(-0.14429813623428345, r2, -0.25012460350990295);
        var odd = V.MultiplyAdd(0.2000282108783722, r2, 0.33333486318588257);
        even = V.MultiplyAdd(r2, even, -0.49999985098838806);
        return V.MultiplyAdd(r, odd, even);
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

    /// <summary>Natural logarithm of 2x, for positive normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OfTwice64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var mantissa = V.Mantissa(x, out var n);
        return OfMantissa64(mantissa, n + 1);
    }

    /// <summary>Natural logarithm of 2x, for positive normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OfTwice32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var mantissa = V.Mantissa(x, out var n);
        return OfMantissa32(mantissa, n + 1);
    }

    /// <summary>The mantissa and the exponent, of subnormal x too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AnyMantissa64<V>(V x, out V n) where V : struct, IHardwareLane<V, double>
    {
        var subnormal = V.LessThan(x, V.Constant(LeastNormal64));
        var mantissa = V.Mantissa(V.Select(subnormal, x * 18014398509481984.0, x), out n);
        n = V.Select(subnormal, n - 54, n);
        return mantissa;
    }

    /// <inheritdoc cref="AnyMantissa64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AnyMantissa32<V>(V x, out V n) where V : struct, IHardwareLane<V, float>
    {
        var subnormal = V.LessThan(x, V.Constant(LeastNormal32));
        var mantissa = V.Mantissa(V.Select(subnormal, x * 33554432.0, x), out n);
        n = V.Select(subnormal, n - 25, n);
        return mantissa;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> =>
        Cases(x, OfMantissa64(AnyMantissa64(x, out var n), n));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> =>
        Cases(x, OfMantissa32(AnyMantissa32(x, out var n), n));

    /// <summary>y for positive finite x; elsewhere what a logarithm is there: x where infinite or NaN, −∞ at zeros, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cases<V>(V x, V y) where V : struct, ILane<V>
    {
        var zero = V.Constant(0);
        var below = V.Select(V.Equal(x, zero), V.Constant(double.NegativeInfinity), V.Constant(double.NaN));
        return V.Select(V.LessThan(x, V.Constant(double.PositiveInfinity)), V.Select(V.LessThan(zero, x), y, below), x);
    }
}
