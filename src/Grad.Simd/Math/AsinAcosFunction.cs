using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Inverse sine and cosine. Method: up to |x| = ½ <c>asin x = x + x·s·p(s)</c> with <c>s = x²</c>; above,
/// <c>asin |x| = π/2 − 2·asin t</c> with <c>s = t² = (1 − |x|)/2</c>, which is exact; the inverse cosine is the same with other multiples of
/// π/2. Those come in two parts, and the error of their sum with t is kept. p is a minimax polynomial found with sollya's fpminimax on
/// s ≤ ¼: relative error of the inverse sine 2⁻⁵⁶ (double, degree 11), 2⁻²⁷ (float, degree 4). Range: [−1, 1], NaN beyond; the zeros at 0 and
/// at 1 keep full relative accuracy. Max ULP, with and without fused multiply-add: 1.3.
/// </summary>
internal static class AsinAcosFunction
{
    /// <summary>Inverse sine of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AsinFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        var twice = Halved<V, double>(magnitude, out var s, out var near);
        var whole = V.Select(near, V.Constant(1.5707963267948966), V.Constant(0));
        var rest = V.Select(near, V.Constant(6.123233995736766e-17), V.Constant(0));
        return V.CopySign(Sum64(V.Select(near, -twice, magnitude), s, whole, rest), x);
    }

    /// <summary>Inverse cosine of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AcosFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var twice = Halved<V, double>(V.Abs(x), out var s, out var near);
        var negative = V.LessThan(x, V.Constant(0));
        var whole = V.Select(near, V.Select(negative, V.Constant(3.141592653589793), V.Constant(0)), V.Constant(1.5707963267948966));
        var rest = V.Select(near, V.Select(negative, V.Constant(1.2246467991473532e-16), V.Constant(0)), V.Constant(6.123233995736766e-17));
        return Sum64(V.Select(near, V.FlipSign(twice, x), -x), s, whole, rest);
    }

    /// <summary>Inverse sine of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AsinFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(x);
        var twice = Halved<V, float>(magnitude, out var s, out var near);
        var whole = V.Select(near, V.Constant(1.5707963705062866), V.Constant(0));
        var rest = V.Select(near, V.Constant(-4.371138828673793e-08), V.Constant(0));
        return V.CopySign(Sum32(V.Select(near, -twice, magnitude), s, whole, rest), x);
    }

    /// <summary>Inverse cosine of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AcosFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var twice = Halved<V, float>(V.Abs(x), out var s, out var near);
        var negative = V.LessThan(x, V.Constant(0));
        var whole = V.Select(near, V.Select(negative, V.Constant(3.1415927410125732), V.Constant(0)), V.Constant(1.5707963705062866));
        var rest = V.Select(near, V.Select(negative, V.Constant(-8.742277657347586e-08), V.Constant(0)), V.Constant(-4.371138828673793e-08));
        return Sum32(V.Select(near, V.FlipSign(twice, x), -x), s, whole, rest);
    }

    /// <summary>2·√s for s = (1 − |x|)/2 where |x| is near 1, above ½; elsewhere s is x².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Halved<V, T>(V magnitude, out V s, out V near)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        near = V.Not(V.LessThanOrEqual(magnitude, V.Constant(0.5)));
        var half = V.MultiplyAdd(-0.5, magnitude, 0.5);
        s = V.Select(near, half, magnitude * magnitude);
        return 2 * V.Sqrt(half);
    }

    /// <summary><c>whole + rest + u + u·s·p(s)</c>, the whole zero or not below |u|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum64<V>(V u, V s, V whole, V rest) where V : struct, IHardwareLane<V, double>
    {
        var s2 = s * s;
        var s4 = s2 * s2;
        var p0 = Polynomial.Cubic(
            s, s2, 0.16666666666665383, 0.07500000000342938, 0.04464285682355325, 0.030381959328752983);
        var p4 = Polynomial.Cubic(
            s, s2, 0.02237175357676011, 0.017359770370647346, 0.013884605198431592, 0.012173238162995034);
        var p8 = Polynomial.Cubic(
            s, s2, 0.006511019993643676, 0.019573476863758914, -0.016293436461890538, 0.03195855079473715);
        var p = V.MultiplyAdd(V.MultiplyAdd(p8, s4, p4), s4, p0);
        var sum = whole + u;
        return sum + V.MultiplyAdd(u * s, p, u - (sum - whole) + rest);
    }

    /// <summary><c>whole + rest + u + u·s·p(s)</c>, the whole zero or not below |u|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum32<V>(V u, V s, V whole, V rest) where V : struct, IHardwareLane<V, float>
    {
        var s2 = s * s;
        var low = Polynomial.Cubic(
            s, s2, 0.16666753590106964, 0.07495252788066864, 0.04547591134905815, 0.024152817204594612);
        var p = V.MultiplyAdd(s2 * s2, 0.04221050441265106, low);
        var sum = whole + u;
        return sum + V.MultiplyAdd(u * s, p, u - (sum - whole) + rest);
    }
}
