using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Inverses of the error function, of its complement, and of the normal distribution function: one body, given x and the tail <c>q = 1 − |x|</c>, each exact
/// where it is small, and √2 times that. Method: with <c>w = −log(1 − x²)</c> up to 5 (the variable is that of M. Giles, Approximating the erfinv
/// function, GPU Computing Gems 2 (2011)) <c>x·(√π/2 + w·q(w))</c>, q a minimax polynomial by Remez's exchange: relative error 2⁻⁵⁹ (double, degree 21), 2⁻²⁶
/// (float, degree 8); beyond, with <c>s = √(−log q)</c>, <c>s − n(s)/d(s)</c>, a rational of degrees 9 and 10 (double), 4 and 4 (float) by weighted least squares:
/// 2⁻⁵⁶ and 2⁻³⁰. Range: all; ±∞ at the ends, NaN beyond them, tails down to the least subnormal. Max ULP, with and without fused multiply-add: 3.
/// </summary>
internal static class InverseErfFunction
{
    // From this 1 − x² on, about e⁻⁵, the central form.
    private const double LeastProduct = 0.00674;
    // No finite logarithm reaches it.
    private const double Deepest = 800;

    /// <summary>Inverse of the error function, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ErfFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        return Of64(x, V.Constant(0), 1 - V.Abs(x), isNormal: false);
    }

    /// <summary>Inverse of the complementary error function, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ErfcFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var share = 1 - x;
        return Of64(share, (1 - share) - x, Lesser(x, 2 - x), isNormal: false);
    }

    /// <summary>Inverse of the normal distribution function, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var twice = x * 2;
        var share = twice - 1;
        return Of64(share, twice - (1 + share), Lesser(twice, (1 - x) * 2), isNormal: true);
    }

    /// <summary>erf⁻¹(x + rest) or √2 times it, given 1 − |x + rest|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Of64<V>(V x, V rest, V tail, bool isNormal) where V : struct, IHardwareLane<V, double>
    {
        var product = tail * (2 - tail);
        if (!V.All(V.LessThanOrEqual(V.Constant(LeastProduct), product)))
        {
            return Outside64(x, rest, tail, isNormal);
        }
        var mantissa = V.Mantissa(product, out var n);
        var y = Central64(x, rest, -LogFunction.OfMantissa64(mantissa, n), out var yRest);
        return V.CopySign(isNormal ? TimesRootTwo64(y, yRest) : y + yRest, x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x, V rest, V tail, bool isNormal) where V : struct, IHardwareLane<V, double>
    {
        var product = tail * (2 - tail);
        var isCentral = V.LessThanOrEqual(V.Constant(LeastProduct), product);
        var w = -V.Log(V.Select(isCentral, product, tail));
        var y = Central64(x, rest, V.AtMost(w, 5), out var yRest);
        var far = Far64(V.AtMost(w, Deepest), out var farRest);
        y = V.Select(isCentral, y, V.FlipSign(far, x));
        yRest = V.Select(isCentral, yRest, V.FlipSign(farRest, x));
        var sum = isNormal ? TimesRootTwo64(y, yRest) : y + yRest;
        // The logarithm of what is left is infinite at the ends and NaN beyond.
        return V.CopySign(V.Select(V.LessThan(w, V.Constant(Deepest)), sum, w), x);
    }

    /// <summary><c>(x + xRest)·(√π/2 + w·q(w))</c> for w up to 5, and what it has more than the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Central64<V>(V x, V xRest, V w, out V rest) where V : struct, IHardwareLane<V, double>
    {
        var t = w - 2.5;
        var t2 = t * t;
        var t4 = t2 * t2;
        var t8 = t4 * t4;
        var q0 = Polynomial.Cubic(t, t2, 0.24607297026321356, 0.00022692259238137343, -0.0017616961267059906, 0.00020359528755799);
        var q4 = Polynomial.Cubic(t, t2, 5.861990714383236e-06, -4.343228125316001e-06, 3.7064341160515043e-07, 4.323272280325417e-08);
        var q8 = Polynomial.Cubic(t, t2, -1.1926367747646953e-08, 4.2607949269178364e-10, 1.924897559921332e-10, -2.9153090923706713e-11);
        var q12 = Polynomial.Cubic(t, t2, -7.799208800558974e-13, 6.765894694697098e-13, -5.6369524202009955e-14, -7.901773649629569e-15);
        var q16 = Polynomial.Cubic(t, t2, 2.005885251178373e-15, -4.380060234573782e-17, -3.684633780266108e-17, 4.016856861996327e-18);
        var q20 = V.MultiplyAdd(-6.755015455697816e-20, t, 3.3822512113240374e-19);
        var high = V.MultiplyAdd(V.MultiplyAdd(q20, t4, q16), t8, V.MultiplyAdd(q12, t4, q8));
        var q = V.MultiplyAdd(high, t8, V.MultiplyAdd(q4, t4, q0));
        var ratio = V.MultiplyAdd(w, q, 0.886226925452758);
        var ratioRest = V.MultiplyAdd(w, q, 0.886226925452758 - ratio) + -3.8332932499128993e-17;
        var y = x * ratio;
        rest = V.MultiplyAdd(x, ratioRest, V.MultiplyAdd(xRest, ratio, ProductError.Float64(x, ratio, y)));
        return y;
    }

    /// <summary><c>s − n(s)/d(s)</c> for <c>s = √w</c>, and what it has more than the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Far64<V>(V w, out V rest) where V : struct, IHardwareLane<V, double>
    {
        var s = V.Sqrt(w);
        var s2 = s * s;
        var s4 = s2 * s2;
        var n0 = Polynomial.Cubic(s, s2, 0.007793653401483788, 0.9465806297364445, 1.2718650858228528, 1.7079314025182053);
        var n4 = Polynomial.Cubic(s, s2, 1.1869193554494262, 0.26017059345027266, 0.020452214841042496, 0.0005865309048653143);
        var d0 = Polynomial.Cubic(s, s2, 1.0, 1.985504429612115, 3.8121766199309586, 3.6564568747676574);
        var d4 = Polynomial.Cubic(s, s2, 3.050784874870468, 1.1775718287719594, 0.17741459973565565, 0.010595119434599287);
        var n8 = V.MultiplyAdd(9.899902638618642e-09, s, 5.366149604459788e-06);
        var d8 = V.MultiplyAdd(s2, V.Constant(2.3381664517907204e-09), V.MultiplyAdd(1.7322059490439017e-06, s, 0.00024006364086415286));
        var less = V.MultiplyAdd(V.MultiplyAdd(n8, s4, n4), s4, n0) / V.MultiplyAdd(V.MultiplyAdd(d8, s4, d4), s4, d0);
        var y = s - less;
        rest = (s - y) - less;
        return y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TimesRootTwo64<V>(V y, V rest) where V : struct, IHardwareLane<V, double> =>
        V.MultiplyAdd(y, 1.4142135623730951, V.MultiplyAdd(y, -9.667293313452913e-17, rest * 1.4142135623730951));

    /// <summary>Inverse of the error function, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ErfFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        return Of32(x, V.Constant(0), 1 - V.Abs(x), isNormal: false);
    }

    /// <summary>Inverse of the complementary error function, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ErfcFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var share = 1 - x;
        return Of32(share, (1 - share) - x, Lesser(x, 2 - x), isNormal: false);
    }

    /// <summary>Inverse of the normal distribution function, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var twice = x * 2;
        var share = twice - 1;
        return Of32(share, twice - (1 + share), Lesser(twice, (1 - x) * 2), isNormal: true);
    }

    /// <summary>erf⁻¹(x + rest) or √2 times it, given 1 − |x + rest|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Of32<V>(V x, V rest, V tail, bool isNormal) where V : struct, IHardwareLane<V, float>
    {
        var product = tail * (2 - tail);
        if (!V.All(V.LessThanOrEqual(V.Constant(LeastProduct), product)))
        {
            return Outside32(x, rest, tail, isNormal);
        }
        var mantissa = V.Mantissa(product, out var n);
        var y = Central32(x, rest, -LogFunction.OfMantissa32(mantissa, n), out var yRest);
        return V.CopySign(isNormal ? TimesRootTwo32(y, yRest) : y + yRest, x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x, V rest, V tail, bool isNormal) where V : struct, IHardwareLane<V, float>
    {
        var product = tail * (2 - tail);
        var isCentral = V.LessThanOrEqual(V.Constant(LeastProduct), product);
        var w = -V.Log(V.Select(isCentral, product, tail));
        var y = Central32(x, rest, V.AtMost(w, 5), out var yRest);
        var far = Far32(V.AtMost(w, Deepest), out var farRest);
        y = V.Select(isCentral, y, V.FlipSign(far, x));
        yRest = V.Select(isCentral, yRest, V.FlipSign(farRest, x));
        var sum = isNormal ? TimesRootTwo32(y, yRest) : y + yRest;
        // The logarithm of what is left is infinite at the ends and NaN beyond.
        return V.CopySign(V.Select(V.LessThan(w, V.Constant(Deepest)), sum, w), x);
    }

    /// <summary><c>(x + xRest)·(√π/2 + w·q(w))</c> for w up to 5, and what it has more than the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Central32<V>(V x, V xRest, V w, out V rest) where V : struct, IHardwareLane<V, float>
    {
        var t = w - 2.5;
        var t2 = t * t;
        var t4 = t2 * t2;
        var q0 = Polynomial.Cubic(t, t2, 0.24607297778129578, 0.00022692439961247146, -0.0017617340199649334, 0.00020359476911835372);
        var q4 = Polynomial.Cubic(t, t2, 5.905636044190032e-06, -4.3464851842145436e-06, 3.5222498695475224e-07, 4.536239117669538e-08);
        var q = V.MultiplyAdd(V.MultiplyAdd(t4, V.Constant(-8.756368075069076e-09), q4), t4, q0);
        var ratio = V.MultiplyAdd(w, q, 0.8862269520759583);
        var ratioRest = V.MultiplyAdd(w, q, 0.8862269520759583 - ratio) + -2.6623199644859596e-08;
        var y = x * ratio;
        rest = V.MultiplyAdd(x, ratioRest, V.MultiplyAdd(xRest, ratio, ProductError.Float32(x, ratio, y)));
        return y;
    }

    /// <summary><c>s − n(s)/d(s)</c> for <c>s = √w</c>, and what it has more than the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Far32<V>(V w, out V rest) where V : struct, IHardwareLane<V, float>
    {
        var s = V.Sqrt(w);
        var s2 = s * s;
        var s4 = s2 * s2;
        var n = V.MultiplyAdd(s4, V.Constant(9.571364353178069e-05), Polynomial.Cubic(s, s2, -0.05687177926301956, 1.1208114624023438, 0.6878583431243896, 0.04533757269382477));
        var d = V.MultiplyAdd(s4, V.Constant(0.01808777265250683), Polynomial.Cubic(s, s2, 1.0, 1.4845528602600098, 1.9662318229675293, 0.48134273290634155));
        var less = n / d;
        var y = s - less;
        rest = (s - y) - less;
        return y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TimesRootTwo32<V>(V y, V rest) where V : struct, IHardwareLane<V, float> =>
        V.MultiplyAdd(y, 1.4142135381698608, V.MultiplyAdd(y, 2.4203234971764687e-08, rest * 1.4142135381698608));

    /// <summary>The lesser of two numbers that are both NaN or neither.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Lesser<V>(V x, V y) where V : struct, ILane<V> => V.Select(V.LessThan(x, y), x, y);
}
