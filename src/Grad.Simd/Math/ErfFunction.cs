using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Error function. Method: below |x| = 1 <c>x + x·(2/√π − 1 + x²·q(x²))</c>, above <c>1 − e^(−x²)·p(t)/(|x| + k)</c>, <c>t = (|x| − 2)/(|x| + k)</c>; the
/// sign of x. Of doubles both are one polynomial, each coefficient and the variable chosen by side, times a factor, plus what is exact. Beside the 1 what is taken away is below
/// 0.16, so that it needs no second parts, and p is fitted with the weight that it has there (Remez exchange): absolute error 2⁻⁵⁷ (double, degree 11), 2⁻²⁹ (float, degree
/// 4). q interpolates at Chebyshev nodes: relative error 2⁻⁶⁰ (double, degree 11), 2⁻²⁷ (float, degree 5). Range: all; zeros keep their sign, ±1 at the
/// ends. Max ULP, with and without fused multiply-add: 1.7 (all floats 1.552, beside 1).
/// </summary>
internal static class ErfFunction
{
    /// <summary>Error function of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        // From the limit on the result is 1 to the last place.
        var magnitude = V.AtMost(V.Abs(x), 6);
        var s = magnitude * magnitude;
        var power = ExpFunction.Inner64(-s);
        var inverse = -1 / (magnitude + 4);
        var factor = V.Below(magnitude, 1, magnitude, inverse * power);
        // One polynomial, with the coefficients of either side.
        var v = V.Below(magnitude, 1, s, V.MultiplyAdd(6, inverse, 1));
        var p = V.Below(magnitude, 1, 6.174097221305255e-11, 0);
        p = V.Horner(
            magnitude, 1, p, v,
            -1.1500357159785296e-09, 1.4692484859133263e-08, -1.6355118610877705e-07, 1.6461446656928561e-06,
            -0.0015858998973562325, -0.016074515168390396, 0.02876950272997724, 0.03687849199625089);
        p = V.Horner(
            magnitude, 1, p, v,
            -1.4925622504489842e-05, 0.00012055332214716276, -0.0008548327010033328, 0.005223977625303518,
            -0.3078125835761608, 0.8781785286891398, -1.6891230034627605, 2.489287623747827);
        p = V.Horner(
            magnitude, 1, p, v,
            -0.026866170645123838, 0.11283791670955111, -0.37612638903183754, 0.12837916709551257,
            -2.9504466776385505, 2.8724233667734, -2.3122985688627185, 1.5323740578630334);
        return V.CopySign(V.MultiplyAdd(factor, p, V.Below(magnitude, 1, factor, V.Constant(1))), x);
    }

    /// <summary>Error function of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.AtMost(V.Abs(x), 4);
        var s = magnitude * magnitude;
        var s2 = s * s;
        var low = Polynomial.Cubic(s, s2, -0.37612638376109975, 0.1128375366163041, -0.026861699954947374, 0.005204578778761909);
        var q = V.MultiplyAdd(V.MultiplyAdd(8.379755581768224e-05, s, -0.0008161986540033511), s2 * s2, low);
        var near = V.MultiplyAdd(magnitude, V.MultiplyAdd(s, q, 0.12837916709551257), magnitude);
        return V.CopySign(V.Select(V.LessThan(magnitude, V.Constant(1)), near, Far32(magnitude, s)), x);
    }

    /// <summary>The error function from 1 on, given the square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Far32<V>(V x, V square) where V : struct, IHardwareLane<V, float>
    {
        var inverse = 1 / (x + 2);
        var t = V.MultiplyAdd(-4, inverse, 1);
        var t2 = t * t;
        var p = Polynomial.Cubic(t, t2, 1.0215829610824585, -0.6871602535247803, 0.27938592433929443, -0.03739723190665245);
        p = V.MultiplyAdd(t2 * t2, -0.02540186420083046, p);
        return 1 - (p * inverse * ExpFunction.Inner32(-square));
    }
}
