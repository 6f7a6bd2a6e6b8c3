using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Cube root. Method: a guess r of <c>|x|^(−⅓)</c> from the bit pattern of x (<see cref="IHardwareLane{V, T}.PowerGuess"/>), |e| ≤ 0.103 for
/// <c>e = 1 − |x|·r³</c>; for doubles once refined, by <c>r·(1 + e·p(e))</c>, and its significand cut to 26 bits, so that r² is exact. Then
/// <c>t + t·e·q(e)</c> with <c>t = |x|·r²</c>, of whose rounding e takes two thirds away again. p and q are minimax polynomials (Remez exchange): relative error 2⁻²³ of r;
/// 2⁻⁶⁶ (double, degree 1), 2⁻³⁰ (float, degree 5) of the root. Neither quotients nor exponents. Range: all; zeros keep their sign, cubes are exact. Max ULP,
/// with and without fused multiply-add: 0.81 (float), 0.67 (double).
/// </summary>
internal static class CbrtFunction
{
    private const double LeastNormal64 = 2.2250738585072014e-308;
    private const double LeastNormal32 = 1.1754943508222875e-38;

    private const double Third = -0.3333333333333333;

    // Of the guess, such that e is as far below zero as above it.
    private const double Offset64 = 6004845269123480;
    private const double Offset32 = 11531466;

    // Of a pattern, the upper 26 bits of the significand and what stands above.
    private const long Upper64 = -1L << Binary64.GuessBits;

    /// <summary>Cube root of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        if (!V.AllInRange(magnitude, LeastNormal64, double.PositiveInfinity))
        {
            return Outside64(x);
        }
        return V.CopySign(Root64(magnitude), x);
    }

    /// <summary>Cube root of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(x);
        if (!V.AllInRange(magnitude, LeastNormal32, double.PositiveInfinity))
        {
            return Outside32(x);
        }
        return V.CopySign(Root32(magnitude), x);
    }

    /// <summary>The cube root of normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Root64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var r = V.PowerGuess(x, Third, Offset64);
        var e = 1 - (x * (r * r) * r);
        var p = V.MultiplyAdd(V.MultiplyAdd(0.14579889845069877, e, 0.17448617565585853), e, 0.22221572699400288);
        r = V.MultiplyAdd(r * e, V.MultiplyAdd(p, e, 0.3333290413553885), r);
        r = V.And(r, V.Constant(BitConverter.Int64BitsToDouble(Upper64)));
        var t = x * (r * r);
        e = ProductError.Less64(V.Constant(1), t, r);
        return V.MultiplyAdd(t * e, V.MultiplyAdd(0.5555555555555342, e, 0.6666666666667259), t);
    }

    /// <inheritdoc cref="Root64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Root32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var r = V.PowerGuess(x, Third, Offset32);
        var t = x * (r * r);
        var e = ProductError.Less32(V.Constant(1), t, r);
        var q = V.MultiplyAdd(V.MultiplyAdd(0.4054020643234253, e, 0.4289798438549042), e, 0.4526452124118805);
        q = V.MultiplyAdd(V.MultiplyAdd(q, e, 0.4937986433506012), e, 0.5555555820465088);
        return V.MultiplyAdd(t * e, V.MultiplyAdd(q, e, 0.6666666865348816), t);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        var subnormal = V.LessThan(magnitude, V.Constant(LeastNormal64));
        var root = Root64(V.Select(subnormal, magnitude * 18014398509481984.0, magnitude));
        return SpecialCases(x, V.CopySign(V.Select(subnormal, root * 3.814697265625e-06, root), x));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(x);
        var subnormal = V.LessThan(magnitude, V.Constant(LeastNormal32));
        var root = Root32(V.Select(subnormal, magnitude * 134217728.0, magnitude));
        return SpecialCases(x, V.CopySign(V.Select(subnormal, root * 0.001953125, root), x));
    }

    /// <summary>The root, but x itself where it is 0, infinite or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SpecialCases<V>(V x, V root) where V : struct, ILane<V>
    {
        var magnitude = V.Abs(x);
        var isRegular = V.And(V.LessThan(V.Constant(0), magnitude), V.LessThan(magnitude, V.Constant(double.PositiveInfinity)));
        return V.Select(isRegular, root, x);
    }
}
