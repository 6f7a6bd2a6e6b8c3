using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Hyperbolic tangent. Method: below |x| = 5/8 <c>x + x·x²·p(x²)</c>, above <c>1 − 2/(e^(2|x|) + 1)</c>, where what is taken away is below 0.45; then the sign of
/// x. p is a minimax polynomial (Remez exchange): relative error 2⁻⁶¹ (double, degree 11), 2⁻²⁷ (float, degree 4). Range: all; zeros keep their sign.
/// Max ULP, with and without fused multiply-add: 1.7.
/// </summary>
internal static class TanhFunction
{
    private const double Near = 0.625;

    /// <summary>Hyperbolic tangent of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        // Beyond 20 the result is 1 to the last place.
        var magnitude = V.AtMost(V.Abs(x), 20);
        var s = magnitude * magnitude;
        var s2 = s * s;
        var s4 = s2 * s2;
        // The highest part first, which keeps few values alive: four vectors side by side fill the registers.
        var p = Polynomial.Cubic(s, s2, -0.00023702504389925313, 9.158007959075837e-05, -3.0207576123880225e-05, 6.0508683973747625e-06);
        p = V.MultiplyAdd(p, s4, Polynomial.Cubic(s, s2, -0.0088632343404749, 0.003592114238657212, -0.0014557273086735093, 0.000589457017166688));
        p = V.MultiplyAdd(p, s4, Polynomial.Cubic(s, s2, -0.33333333333333315, 0.13333333333329966, -0.05396825396615337, 0.021869488470810796));
        var near = V.MultiplyAdd(magnitude * s, p, magnitude);
        var far = 1 - (2 / (ExpFunction.Inner64(magnitude + magnitude) + 1));
        return V.CopySign(V.Select(V.LessThan(magnitude, V.Constant(Near)), near, far), x);
    }

    /// <summary>Hyperbolic tangent of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.AtMost(V.Abs(x), 10);
        var s = magnitude * magnitude;
        var s2 = s * s;
        var p = Polynomial.Cubic(s, s2, -0.3333328068256378, 0.13331416249275208, -0.05373793840408325, 0.02063412219285965);
        p = V.MultiplyAdd(s2 * s2, -0.005700102541595697, p);
        var near = V.MultiplyAdd(magnitude * s, p, magnitude);
        var far = 1 - (2 / (ExpFunction.Inner32(magnitude + magnitude) + 1));
        return V.CopySign(V.Select(V.LessThan(magnitude, V.Constant(Near)), near, far), x);
    }
}
