using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Error function. Method: below |x| = 1 <c>x + x·(2/√π − 1 + x²·q(x²))</c>, above 1 less the tail of <see cref="ErfcFunction"/>, which is then below 0.16;
/// the sign of x. q interpolates at Chebyshev nodes: relative error 2⁻⁶⁰ (double, degree 11), 2⁻²⁷ (float, degree 5). Range: all; zeros keep their
/// sign, ±1 at the ends. Max ULP, with and without fused multiply-add: 1.6 (all floats: 1.503, near 1).
/// </summary>
internal static class ErfFunction
{
    /// <summary>Error function of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        // From the limit on the result is 1 to the last place.
        var magnitude = V.AtMost(V.Abs(x), 6);
        var tail = ErfcFunction.Tail64(magnitude, out var n) * V.PowerOfTwo(n);
        var s = magnitude * magnitude;
        var s2 = s * s;
        var s4 = s2 * s2;
        var q0 = Polynomial.Cubic(s, s2, -0.37612638903183754, 0.11283791670955111, -0.026866170645123838, 0.005223977625303518);
        var q4 = Polynomial.Cubic(s, s2, -0.0008548327010033328, 0.00012055332214716276, -1.4925622504489842e-05, 1.6461446656928561e-06);
        var q8 = Polynomial.Cubic(s, s2, -1.6355118610877705e-07, 1.4692484859133263e-08, -1.1500357159785296e-09, 6.174097221305255e-11);
        var q = V.MultiplyAdd(V.MultiplyAdd(q8, s4, q4), s4, q0);
        var near = V.MultiplyAdd(magnitude, V.MultiplyAdd(s, q, 0.12837916709551257), magnitude);
        return V.CopySign(V.Select(V.LessThan(magnitude, V.Constant(1)), near, 1 - tail), x);
    }

    /// <summary>Error function of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.AtMost(V.Abs(x), 4);
        var tail = ErfcFunction.Tail32(magnitude, out var n) * V.PowerOfTwo(n);
        var s = magnitude * magnitude;
        var s2 = s * s;
        var low = Polynomial.Cubic(s, s2, -0.37612638376109975, 0.1128375366163041, -0.026861699954947374, 0.005204578778761909);
        var q = V.MultiplyAdd(V.MultiplyAdd(8.379755581768224e-05, s, -0.0008161986540033511), s2 * s2, low);
        var near = V.MultiplyAdd(magnitude, V.MultiplyAdd(s, q, 0.12837916709551257), magnitude);
        return V.CopySign(V.Select(V.LessThan(magnitude, V.Constant(1)), near, 1 - tail), x);
    }
}
