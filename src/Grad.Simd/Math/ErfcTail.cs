using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// What is smooth in the tail of the normal distribution: <c>m(z) = e^(z²)·erfc z</c> for z ≥ 0, in two parts, and its product with an exponential. Method:
/// <c>m(z) = p(t)/(z + k)</c>, <c>t = (z − k)/(z + k)</c> (the variable is that of Shepherd and Laframboise, Math. Comp. 36 (1981)). p is a polynomial fitted by
/// weighted least squares at Chebyshev nodes, coefficient after coefficient rounded: relative error 2⁻⁵⁸ (double, degree 23), 2⁻²⁷ (float, degree 9). z + k
/// is kept in two parts, by the slope of m.
/// </summary>
internal static class ErfcTail
{
    private const double Center64 = 3.078125;
    private const double Center32 = 3;

    /// <summary>The product of 2ⁿ and the result is <c>(m + rest)·e^−(square + squareRest)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Product64<V>(V m, V rest, V square, V squareRest, out V n) where V : struct, IHardwareLane<V, double>
    {
        var r = ExpFunction.Reduce64(-square, out n);
        r += ExpFunction.Rest64(-square, n, r) - squareRest;
        var e = V.MultiplyAdd(r * r, ExpFunction.Quotient64(r), r);
        return m + V.MultiplyAdd(m, e, V.MultiplyAdd(rest, e, rest));
    }

    /// <summary>m(x/√2), and what it has more than the result; x up to 10⁶ (double) or 250 (float).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SmoothOverRoot64<V>(V x, out V rest) where V : struct, IHardwareLane<V, double>
    {
        // z = x/√2 in two parts.
        var scale = V.Constant(0.7071067811865476);
        var z = x * scale;
        var zRest = V.MultiplyAdd(x, -4.833646656726457e-17, ProductError.Float64(x, scale, z));
        return Smooth64(z, zRest, out rest);
    }

    /// <summary>m(z + zRest), and what it has more than the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Smooth64<V>(V z, V zRest, out V rest) where V : struct, IHardwareLane<V, double>
    {
        // The sum and what its rounding lost.
        var sum = z + Center64;
        var part = sum - Center64;
        var sumRest = (z - part) + (Center64 - (sum - part)) + zRest;

        // m in two parts: each rounding on the way is one more unit in the last place.
        var inverse = 1 / sum;
        var inverseRest = ProductError.Less64(V.Constant(1), inverse, sum);
        var t = Ratio64(sum - (2 * Center64), sum, inverse);
        var q = V.MultiplyAdd(t, Polynomial64(t), -0.8932262614540846);
        var p = V.MultiplyAdd(t, q, 1.0764090930655679);
        var pRest = V.MultiplyAdd(t, q, 1.0764090930655679 - p);
        var m = inverse * p;
        var mRest = V.MultiplyAdd(m, inverseRest, V.MultiplyAdd(inverse, pRest, ProductError.Float64(inverse, p, m)));
        // m rises at the rate 2·z·m − 2/√π.
        var rise = V.MultiplyAdd(z + z, m, -1.1283791670955126);
        rest = V.MultiplyAdd(sumRest, rise, mRest);
        return m;
    }

    /// <summary>The product of 2ⁿ and the result is <c>(m + rest)·e^−(square + squareRest)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Product32<V>(V m, V rest, V square, V squareRest, out V n) where V : struct, IHardwareLane<V, float>
    {
        var r = ExpFunction.Reduce32(-square, out n);
        r += ExpFunction.Rest32(-square, n, r) - squareRest;
        var e = V.MultiplyAdd(r * r, ExpFunction.Quotient32(r), r);
        return m + V.MultiplyAdd(m, e, V.MultiplyAdd(rest, e, rest));
    }

    /// <summary>m(x/√2), and what it has more than the result; x up to 10⁶ (double) or 250 (float).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SmoothOverRoot32<V>(V x, out V rest) where V : struct, IHardwareLane<V, float>
    {
        // z = x/√2 in two parts.
        var scale = V.Constant(0.7071067690849304);
        var z = x * scale;
        var zRest = V.MultiplyAdd(x, 1.2101617485882343e-08, ProductError.Float32(x, scale, z));
        return Smooth32(z, zRest, out rest);
    }

    /// <summary>m(z + zRest), and what it has more than the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Smooth32<V>(V z, V zRest, out V rest) where V : struct, IHardwareLane<V, float>
    {
        // The sum and what its rounding lost.
        var sum = z + Center32;
        var part = sum - Center32;
        var sumRest = (z - part) + (Center32 - (sum - part)) + zRest;

        // m in two parts: each rounding on the way is one more unit in the last place.
        var inverse = 1 / sum;
        var inverseRest = ProductError.Less32(V.Constant(1), inverse, sum);
        var t = Ratio32(sum - (2 * Center32), sum, inverse);
        var q = V.MultiplyAdd(t, Polynomial32(t), -0.8833944797515869);
        var p = V.MultiplyAdd(t, q, 1.0740069150924683);
        var pRest = V.MultiplyAdd(t, q, 1.0740069150924683 - p);
        var m = inverse * p;
        var mRest = V.MultiplyAdd(m, inverseRest, V.MultiplyAdd(inverse, pRest, ProductError.Float32(inverse, p, m)));
        // m rises at the rate 2·z·m − 2/√π.
        var rise = V.MultiplyAdd(z + z, m, -1.128379225730896);
        rest = V.MultiplyAdd(sumRest, rise, mRest);
        return m;
    }

    /// <summary>The quotient, better than by the rounded inverse alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Ratio64<V>(V x, V y, V inverse) where V : struct, IHardwareLane<V, double>
    {
        var quotient = x * inverse;
        return V.MultiplyAdd(ProductError.Less64(x, quotient, y), inverse, quotient);
    }

    /// <summary>The quotient, better than by the rounded inverse alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Ratio32<V>(V x, V y, V inverse) where V : struct, IHardwareLane<V, float>
    {
        var quotient = x * inverse;
        return V.MultiplyAdd(ProductError.Less32(x, quotient, y), inverse, quotient);
    }

    /// <summary>p from its third term on, over t².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Polynomial64<V>(V t) where V : struct, IHardwareLane<V, double>
    {
        var t2 = t * t;
        var t4 = t2 * t2;
        var t8 = t4 * t4;
        var p2 = Polynomial.Cubic(
            t, t2, 0.6083993762186727, -0.3311453419341137, 0.13566612346264334, -0.03541826930375231);
        var p6 = Polynomial.Cubic(
            t, t2, 0.0014559214268740478, 0.0029929454109256107, -0.0008967248391823934, -0.00017987602117682555);
        var p10 = Polynomial.Cubic(
            t, t2, 0.00014193364366016148, 9.802875614641878e-06, -2.138325988509952e-05, -9.160699831850833e-07);
        var p14 = Polynomial.Cubic(
            t, t2, 3.4545381943254165e-06, 2.902577476322002e-07, -5.864728255119136e-07, -1.0817401310807757e-07);
        var p18 = Polynomial.Cubic(
            t, t2, 9.565729791265363e-08, 3.21416749305958e-08, -1.254526710434938e-08, -6.622384708117444e-09);
        var p22 = V.MultiplyAdd(6.658323349402573e-10, t, 8.765364960484742e-10);
        var high = V.MultiplyAdd(V.MultiplyAdd(p22, t4, p18), t8, V.MultiplyAdd(p14, t4, p10));
        return V.MultiplyAdd(high, t8, V.MultiplyAdd(p6, t4, p2));
    }

    /// <summary>p from its third term on, over t².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Polynomial32<V>(V t) where V : struct, IHardwareLane<V, float>
    {
        var t2 = t * t;
        var p2 = Polynomial.Cubic(
            t, t2, 0.5902281403541565, -0.31046614050865173, 0.11952992528676987, -0.026838935911655426);
        var p6 = Polynomial.Cubic(
            t, t2, -0.0012276532361283898, 0.003078524023294449, -0.0004836863081436604, -0.000325326866004616);
        return V.MultiplyAdd(p6, t2 * t2, p2);
    }
}
