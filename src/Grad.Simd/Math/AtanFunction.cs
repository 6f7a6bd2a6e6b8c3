using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Inverse tangent, of one number and of two. Method: the lesser magnitude over the greater, <c>t</c> in [0, 1], and
/// <c>base ± (t + t·s·p(s))</c> with <c>s = t²</c>; the base is 0, π/2 or π by octant, in two parts, and the error of its sum with t is kept.
/// p is a minimax polynomial found with sollya's fpminimax: relative error of the result 2⁻⁵⁷ (double, degree 19), 2⁻²⁸ (float, degree 8).
/// No reduction below [0, 1]: the division takes as long as the polynomial, and t is then exact below 1. Range: all, zeros and infinities of
/// either sign included. Max ULP, with and without fused multiply-add: 1.6.
/// </summary>
internal static class AtanFunction
{
    // Below it, down to zero, and among infinities a quotient of two numbers is not what it is elsewhere.
    private const double Least64 = 1e-300;
    private const double Least32 = 1e-36;

    private const double HalfPi64 = 1.5707963267948966;
    private const double HalfPiRest64 = 6.123233995736766e-17;
    private const double Pi64 = 3.141592653589793;
    private const double PiRest64 = 1.2246467991473532e-16;

    private const double HalfPi32 = 1.5707963705062866;
    private const double HalfPiRest32 = -4.371138828673793e-08;
    private const double Pi32 = 3.1415927410125732;
    private const double PiRest32 = -8.742277657347586e-08;

    /// <summary>Inverse tangent of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var u = Ratio<V, double>(x, out var large);
        var whole = V.Select(large, V.Constant(HalfPi64), V.Constant(0));
        var rest = V.Select(large, V.Constant(HalfPiRest64), V.Constant(0));
        return V.CopySign(Sum64(u, whole, rest), x);
    }

    /// <summary>Inverse tangent of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var u = Ratio<V, float>(x, out var large);
        var whole = V.Select(large, V.Constant(HalfPi32), V.Constant(0));
        var rest = V.Select(large, V.Constant(HalfPiRest32), V.Constant(0));
        return V.CopySign(Sum32(u, whole, rest), x);
    }

    /// <summary>The angle of (x, y), of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V y, V x) where V : struct, IHardwareLane<V, double>
    {
        V height = V.Abs(y), width = V.Abs(x), steep = V.LessThan(width, height);
        V lesser = V.Select(steep, width, height), greater = V.Select(steep, height, width);
        return V.AllInRange(greater, Least64, double.PositiveInfinity) ? Angle64(lesser / greater, steep, y, x) : Outside64(y, x);
    }

    /// <summary>The angle of (x, y), of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V y, V x) where V : struct, IHardwareLane<V, float>
    {
        V height = V.Abs(y), width = V.Abs(x), steep = V.LessThan(width, height);
        V lesser = V.Select(steep, width, height), greater = V.Select(steep, height, width);
        return V.AllInRange(greater, Least32, double.PositiveInfinity) ? Angle32(lesser / greater, steep, y, x) : Outside32(y, x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V y, V x) where V : struct, IHardwareLane<V, double>
    {
        V height = V.Abs(y), width = V.Abs(x), steep = V.LessThan(width, height);
        return Angle64(AnyRatio(V.Select(steep, width, height), V.Select(steep, height, width)), steep, y, x);
    }

    /// <summary>The angle, from the lesser magnitude over the greater.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Angle64<V>(V t, V steep, V y, V x) where V : struct, IHardwareLane<V, double>
    {
        // With the sign that it has beside the multiple of π/2.
        var u = V.FlipSign(V.Select(steep, -t, t), x);
        var left = V.LessThan(V.CopySign(V.Constant(1), x), V.Constant(0));
        var whole = V.Select(steep, V.Constant(HalfPi64), V.Select(left, V.Constant(Pi64), V.Constant(0)));
        var rest = V.Select(steep, V.Constant(HalfPiRest64), V.Select(left, V.Constant(PiRest64), V.Constant(0)));
        return V.CopySign(Sum64(u, whole, rest), y);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V y, V x) where V : struct, IHardwareLane<V, float>
    {
        V height = V.Abs(y), width = V.Abs(x), steep = V.LessThan(width, height);
        return Angle32(AnyRatio(V.Select(steep, width, height), V.Select(steep, height, width)), steep, y, x);
    }

    /// <summary>The angle, from the lesser magnitude over the greater.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Angle32<V>(V t, V steep, V y, V x) where V : struct, IHardwareLane<V, float>
    {
        // With the sign that it has beside the multiple of π/2.
        var u = V.FlipSign(V.Select(steep, -t, t), x);
        var left = V.LessThan(V.CopySign(V.Constant(1), x), V.Constant(0));
        var whole = V.Select(steep, V.Constant(HalfPi32), V.Select(left, V.Constant(Pi32), V.Constant(0)));
        var rest = V.Select(steep, V.Constant(HalfPiRest32), V.Select(left, V.Constant(PiRest32), V.Constant(0)));
        return V.CopySign(Sum32(u, whole, rest), y);
    }

    /// <summary>|x|, or −1/|x| where |x| is above 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Ratio<V, T>(V x, out V large)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        var magnitude = V.Abs(x);
        large = V.LessThan(V.Constant(1), magnitude);
        return V.Select(large, V.Constant(-1), magnitude) / V.AtLeast(magnitude, 1);
    }

    /// <summary>The lesser magnitude over the greater; two zeros have the ratio 0, two infinities 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AnyRatio<V>(V lesser, V greater) where V : struct, ILane<V> => V.Select(
        V.Equal(lesser, greater),
        V.Select(V.Equal(greater, V.Constant(0)), V.Constant(0), V.Constant(1)),
        lesser / V.Select(V.Equal(greater, V.Constant(0)), V.Constant(1), greater));

    /// <summary><c>whole + rest + atan u</c> for |u| up to 1 and not above the whole, unless that is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum64<V>(V u, V whole, V rest) where V : struct, IHardwareLane<V, double>
    {
        var s = u * u;
        var s2 = s * s;
        var s4 = s2 * s2;
        var p0 = Polynomial.Cubic(
            s, s2, -0.33333333333333093, 0.19999999999955462, -0.14285714282803472, 0.11111111013682162);
        var p4 = Polynomial.Cubic(
            s, s2, -0.0909090711973968, 0.07692281191763244, -0.0666641503417938, 0.05880592753469334);
        var p8 = Polynomial.Cubic(
            s, s2, -0.052538063719110725, 0.047232959557942746, -0.042217241927717156, 0.03669364864118843);
        var p12 = Polynomial.Cubic(
            s, s2, -0.02998574992557043, 0.022085357588099486, -0.013995172387420858, 0.007263485084984807);
        var p16 = Polynomial.Cubic(
            s, s2, -0.0029194065078853846, 0.0008435073111968954, -0.000154801982906234, 1.348977650095904e-05);
        var high = V.MultiplyAdd(V.MultiplyAdd(p16, s4, p12), s4, p8);
        var p = V.MultiplyAdd(high, s4 * s4, V.MultiplyAdd(p4, s4, p0));
        var sum = whole + u;
        return sum + V.MultiplyAdd(u * s, p, u - (sum - whole) + rest);
    }

    /// <summary><c>whole + rest + atan u</c> for |u| up to 1 and not above the whole, unless that is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum32<V>(V u, V whole, V rest) where V : struct, IHardwareLane<V, float>
    {
        var s = u * u;
        var s2 = s * s;
        var s4 = s2 * s2;
        var p0 = Polynomial.Cubic(
            s, s2, -0.33333301544189453, 0.1999863088130951, -0.1426517367362976, 0.10957232862710953);
        var p4 = Polynomial.Cubic(
            s, s2, -0.08418513089418411, 0.05821897089481354, -0.03144056349992752, 0.011056438088417053);
        var p = V.MultiplyAdd(V.MultiplyAdd(s4, -0.0018254386959597468, p4), s4, p0);
        var sum = whole + u;
        return sum + V.MultiplyAdd(u * s, p, u - (sum - whole) + rest);
    }
}
