using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Circular functions of a part of the half circle, for the reflections of the gamma function and its kin: of πr, |r| ≤ ½, in s = r². Minimax
/// polynomials (Remez; bench/Accuracy/Fits): relative error of the function 2⁻⁶⁰ and 2⁻⁵⁷ (double, degrees 7 and 11), 2⁻³³ and 2⁻³⁰ (float, 4 and 5).
/// </summary>
internal static class CircularFraction
{
    /// <summary><c>sin πr/(πr) − 1</c>, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SinLess64<V>(V s) where V : struct, IHardwareLane<V, double>
    {
        var s2 = s * s;
        var p0 = Polynomial.Cubic(s, s2, -1.6449340668482264, 0.8117424252833467, -0.19075182412170463, 0.026147847808523594);
        var p4 = Polynomial.Cubic(s, s2, -0.0023460809189654428, 0.0001484279458821725, -6.972344082191666e-06, 2.45263676504988e-07);
        return s * V.MultiplyAdd(p4, s2 * s2, p0);
    }

    /// <summary><c>sin πr/(πr) − 1</c>, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SinLess32<V>(V s) where V : struct, IHardwareLane<V, float>
    {
        var s2 = s * s;
        var p0 = Polynomial.Cubic(s, s2, -1.644934058189392, 0.8117420673370361, -0.1907465159893036, 0.026111429557204247);
        return s * V.MultiplyAdd(s2 * s2, -0.0022279794793576, p0);
    }

    /// <summary><c>π·cot πr</c> of doubles, with full relative accuracy at its zeros; infinite at 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cot64<V>(V r) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(r);
        var s = r * r;
        var s2 = s * s;
        var s4 = s2 * s2;
        var p0 = Polynomial.Cubic(s, s2, -3.2898681336964506, -2.1646464674233625, -2.0346861237882163, -2.008154727469558);
        var p4 = Polynomial.Cubic(s, s2, -2.0019884141543187, -2.0005150077080756, -1.9996518532678234, -2.006611693585824);
        var p8 = Polynomial.Cubic(s, s2, -1.9375411022168745, -2.393338306756687, -0.4542361935085507, -5.25486150146933);
        var p = V.MultiplyAdd(V.MultiplyAdd(p8, s4, p4), s4, p0);
        var inverse = 1 / r;
        var rest = V.MultiplyAdd(r, p, ProductError.Less64(V.Constant(1), r, inverse) * inverse);
        var near = V.Select(V.LessThan(V.Constant(1e-30), magnitude), inverse + rest, inverse);

        // Sine of the complement over sine.
        var other = 0.5 - magnitude;
        var cosine = V.MultiplyAdd(other, SinLess64(other * other), other);
        var sine = V.MultiplyAdd(r, SinLess64(s), r);
        return V.Select(V.LessThan(magnitude, V.Constant(0.375)), near, 3.141592653589793 * cosine / sine);
    }

    /// <summary><c>π·cot πr</c> of floats, with full relative accuracy at its zeros; infinite at 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cot32<V>(V r) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(r);
        var s = r * r;
        var s2 = s * s;
        var p0 = Polynomial.Cubic(s, s2, -3.289867877960205, -2.164679527282715, -2.0332419872283936, -2.0371615886688232);
        var p = V.MultiplyAdd(V.MultiplyAdd(-3.3657686710357666, s, -1.7115349769592285), s2 * s2, p0);
        var inverse = 1 / r;
        var rest = V.MultiplyAdd(r, p, ProductError.Less32(V.Constant(1), r, inverse) * inverse);
        var near = V.Select(V.LessThan(V.Constant(1e-15), magnitude), inverse + rest, inverse);

        // Sine of the complement over sine.
        var other = 0.5 - magnitude;
        var cosine = V.MultiplyAdd(other, SinLess32(other * other), other);
        var sine = V.MultiplyAdd(r, SinLess32(s), r);
        return V.Select(V.LessThan(magnitude, V.Constant(0.375)), near, 3.1415927410125732 * cosine / sine);
    }
}
