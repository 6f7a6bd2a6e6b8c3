using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Digamma, the logarithmic derivative of the gamma function. Method: about its positive zero z <c>ψ(x) = (x − z)·r(x − z)</c>, |x − z| ≤ ½, z in two
/// parts, so that the zero keeps full relative accuracy; to either side by the recurrence <c>ψ(x) = ψ(x + 1) − 1/x</c>; from z + 1½ on
/// <c>log x − 1/(2x) − d(1/x²)/x²</c>. Negative x by the reflection <c>ψ(−y) = ψ(y) + 1/y + π·cot πy</c>. r and d are minimax polynomials (Remez;
/// coefficient after coefficient rounded, bench/Accuracy/Fits): relative error of the result 2⁻⁵⁵ (double, degrees 22 and 10), 2⁻²⁴·⁵ (float, 9 and 4).
/// Range: all; ∓∞ at ±0, NaN at negative integers and −∞. Max ULP, with and without fused multiply-add: 3.5; for negative x in units
/// of the larger of the result and 1 + log(1 + |x|), whose differences cancel at the zeros there.
/// </summary>
internal static class DigammaFunction
{
    private const double LeastNormal64 = 2.2250738585072014e-308;
    private const double LeastNormal32 = 1.1754943508222875e-38;

    // The zero, and the ends of its neighbourhood.
    private const double Zero64 = 1.4616321449683622;
    private const double ZeroRest64 = 9.549995429965697e-17;
    private const double Zero32 = 1.4616321325302124;
    private const double ZeroRest32 = 1.243815006546356e-08;
    private const double Below = 0.9616321449683623;
    private const double Above = 1.9616321449683623;
    private const double Far = 2.9616321449683623;

    /// <summary>Digamma of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.All(V.InRange(x, LeastNormal64, double.PositiveInfinity)))
        {
            return Outside64(x);
        }
        return Inside64(x, V.Constant(0), withPole: true);
    }

    /// <summary>Digamma of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.All(V.InRange(x, LeastNormal32, double.PositiveInfinity)))
        {
            return Outside32(x);
        }
        return Inside32(x, V.Constant(0), withPole: true);
    }

    /// <summary>ψ(x) of positive normal x; if so asked, left of the zero's neighbourhood without −1/x where the mask holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inside64<V>(V x, V isNegative, bool withPole) where V : struct, IHardwareLane<V, double>
    {
        var isBelow = V.LessThan(x, V.Constant(Below));
        var isAbove = V.LessThan(V.Constant(Above), x);
        var isNear = V.LessThan(x, V.Constant(Far));
        var zero = V.Constant(0);

        // All differences are exact, but below where x is small and the sum is not.
        var u = x - V.Select(V.And(isAbove, isNear), V.Constant(1), zero);
        var t = (u - V.Select(isBelow, V.Constant(Zero64 - 1), V.Constant(Zero64))) - ZeroRest64;
        var inverse = 1 / u;
        var pole = withPole ? inverse : V.Select(isNegative, zero, inverse);
        var part = V.Select(isBelow, -pole, V.Select(isAbove, inverse, zero));
        var rest = V.Select(isAbove, ProductError.Less64(V.Constant(1), u, inverse) * inverse, zero);
        var near = V.MultiplyAdd(t, 0.9676722454476212, part) + V.MultiplyAdd(t * t, Near64(t), V.MultiplyAdd(t, -3.387874303038943e-17, rest));

        var f = V.Significand(x, out var shift) - 1;
        var high = LogFunction.Parts64(shift, f, zero, out var low);
        var square = inverse * inverse;
        var far = high + (low - V.MultiplyAdd(square, Far64(square), 0.5 * inverse));
        return V.Select(isNear, near, far);
    }

    /// <inheritdoc cref="Inside64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inside32<V>(V x, V isNegative, bool withPole) where V : struct, IHardwareLane<V, float>
    {
        var isBelow = V.LessThan(x, V.Constant(Below));
        var isAbove = V.LessThan(V.Constant(Above), x);
        var isNear = V.LessThan(x, V.Constant(Far));
        var zero = V.Constant(0);

        // All differences are exact, but below where x is small and the sum is not.
        var u = x - V.Select(V.And(isAbove, isNear), V.Constant(1), zero);
        var t = (u - V.Select(isBelow, V.Constant(Zero32 - 1), V.Constant(Zero32))) - ZeroRest32;
        var inverse = 1 / u;
        var pole = withPole ? inverse : V.Select(isNegative, zero, inverse);
        var part = V.Select(isBelow, -pole, V.Select(isAbove, inverse, zero));
        var rest = V.Select(isAbove, ProductError.Less32(V.Constant(1), u, inverse) * inverse, zero);
        var near = V.MultiplyAdd(t, 0.9676722288131714, part) + V.MultiplyAdd(t * t, Near32(t), V.MultiplyAdd(t, 1.6634450261676648e-08, rest));

        var f = V.Significand(x, out var shift) - 1;
        var high = LogFunction.Parts32(shift, f, zero, out var low);
        var square = inverse * inverse;
        var far = high + (low - V.MultiplyAdd(square, Far32(square), 0.5 * inverse));
        return V.Select(isNear, near, far);
    }

    /// <summary>The r with <c>ψ(z + t) = ψ′(z)·t + t²·r(t)</c>, |t| ≤ ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Near64<V>(V t) where V : struct, IHardwareLane<V, double>
    {
        var t2 = t * t;
        var t4 = t2 * t2;
        var t8 = t4 * t4;
        var p0 = Polynomial.Cubic(t, t2, -0.4427631689835923, 0.2584997609556515, -0.16394270544233616, 0.10782405069114388);
        var p4 = Polynomial.Cubic(t, t2, -0.0721995612637782, 0.048804288173763054, -0.033161126124785265, 0.022597647841717063);
        var p8 = Polynomial.Cubic(t, t2, -0.015424775167685664, 0.010538800810593755, -0.007204385219817036, 0.004926645813574267);
        var p12 = Polynomial.Cubic(t, t2, -0.0033713367067073493, 0.002306428566197782, -0.001566658127926035, 0.0010705781097280981);
        var p16 = Polynomial.Cubic(t, t2, -0.0007823882942047202, 0.000538905857804714, -0.00022840481874371186, 0.00015013278000105125);
        var p20 = V.MultiplyAdd(0.00022836363323297952, t, -0.00032725228319882853);
        var high = V.MultiplyAdd(V.MultiplyAdd(p20, t4, p16), t8, V.MultiplyAdd(p12, t4, p8));
        return V.MultiplyAdd(high, t8, V.MultiplyAdd(p4, t4, p0));
    }

    /// <inheritdoc cref="Near64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Near32<V>(V t) where V : struct, IHardwareLane<V, float>
    {
        var t2 = t * t;
        var t4 = t2 * t2;
        var p0 = Polynomial.Cubic(t, t2, -0.4427632689476013, 0.2584999203681946, -0.16393448412418365, 0.10781504958868027);
        var p4 = Polynomial.Cubic(t, t2, -0.07238323241472244, 0.048969559371471405, -0.031522512435913086, 0.02129187621176243);
        var p8 = V.MultiplyAdd(0.015046356245875359, t, -0.02157793566584587);
        return V.MultiplyAdd(V.MultiplyAdd(p8, t4, p4), t4, p0);
    }

    /// <summary>x²·(log x − 1/(2x) − ψ(x)), of z = 1/x², from z + 1½ on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Far64<V>(V z) where V : struct, IHardwareLane<V, double>
    {
        var z2 = z * z;
        var z4 = z2 * z2;
        var p0 = Polynomial.Cubic(z, z2, 0.08333333333330652, -0.008333333320699118, 0.00396825180550747, -0.004166475723317127);
        var p4 = Polynomial.Cubic(z, z2, 0.007565631165060856, -0.020741092523780022, 0.07485153203502791, -0.2938189038134942);
        var p8 = V.MultiplyAdd(z2, V.Constant(2.769690370133218), V.MultiplyAdd(-2.3881779847736073, z, 1.0059839689751948));
        return V.MultiplyAdd(V.MultiplyAdd(p8, z4, p4), z4, p0);
    }

    /// <inheritdoc cref="Far64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Far32<V>(V z) where V : struct, IHardwareLane<V, float>
    {
        var z2 = z * z;
        var p0 = Polynomial.Cubic(z, z2, 0.0833333283662796, -0.008332764729857445, 0.0039457534439861774, -0.0037505081854760647);
        return V.MultiplyAdd(z2 * z2, 0.003596811555325985, p0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        var zero = V.Constant(0);
        var isOrdinary = V.InRange(magnitude, LeastNormal64, double.PositiveInfinity);
        var y = V.Select(isOrdinary, magnitude, V.Constant(1));
        var isNegative = V.LessThan(x, zero);
        var body = Inside64(y, isNegative, withPole: false);
        var r = y - V.RoundToEven(y);
        var reflected = V.Select(V.LessThan(y, V.Constant(Below)), body, body + 1 / y) + CircularFraction.Cot64(r);
        reflected = V.Select(V.Equal(r, zero), V.Constant(double.NaN), reflected);

        // What is not ordinary: −1/x up to the subnormals, infinity and NaN.
        var ends = V.Select(V.Equal(x, V.Constant(double.NegativeInfinity)), V.Constant(double.NaN), V.Select(V.LessThan(magnitude, V.Constant(1)), -1 / x, x));
        return V.Select(isOrdinary, V.Select(isNegative, reflected, body), ends);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(x);
        var zero = V.Constant(0);
        var isOrdinary = V.InRange(magnitude, LeastNormal32, double.PositiveInfinity);
        var y = V.Select(isOrdinary, magnitude, V.Constant(1));
        var isNegative = V.LessThan(x, zero);
        var body = Inside32(y, isNegative, withPole: false);
        var r = y - V.RoundToEven(y);
        var reflected = V.Select(V.LessThan(y, V.Constant(Below)), body, body + 1 / y) + CircularFraction.Cot32(r);
        reflected = V.Select(V.Equal(r, zero), V.Constant(double.NaN), reflected);

        // What is not ordinary: −1/x up to the subnormals, infinity and NaN.
        var ends = V.Select(V.Equal(x, V.Constant(double.NegativeInfinity)), V.Constant(double.NaN), V.Select(V.LessThan(magnitude, V.Constant(1)), -1 / x, x));
        return V.Select(isOrdinary, V.Select(isNegative, reflected, body), ends);
    }
}
