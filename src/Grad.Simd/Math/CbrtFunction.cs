using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Cube root. Method: <c>|x| = m·2^(3q + k)</c> with m in [3/4, 3/2) and k in {−1, 0, 1}; a first guess t of 17 (8) bits from a minimax
/// polynomial of the cube root on m, found with sollya's remez; its cube is exact, so <c>ρ = (m·2^k − t³)/t³</c> rounds once, and the root
/// is <c>t·(1 + ρ)^⅓</c> by its series to the third (fourth) power. Range: all; zeros keep their sign, cubes are exact. Max ULP, with and
/// without fused multiply-add: 0.51 (double), 0.52 (float).
/// </summary>
internal static class CbrtFunction
{
    private const double LeastNormal64 = 2.2250738585072014e-308;
    private const double LeastNormal32 = 1.1754943508222875e-38;

    // 2^(k/3) = 1 + k·Odd + k²·Even for k in {−1, 0, 1}.
    private const double Odd = 0.23311026195538673;
    private const double Even = 0.02681078793948645;

    // Added and taken away again, they leave 17 and 8 bits of a number between ½ and 2.
    private const double Round64 = 103079215104;
    private const double Round32 = 98304;

    /// <summary>Cube root of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        if (!V.AllInRange(magnitude, LeastNormal64, double.PositiveInfinity))
        {
            return Outside64(x);
        }
        var m = V.Significand(magnitude, out var shift);
        return V.CopySign(Root64(m, shift), x);
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
        var m = V.Significand(magnitude, out var shift);
        return V.CopySign(Root32(m, shift), x);
    }

    /// <summary>The cube root of <c>m·2^−shift</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Root64<V>(V m, V shift) where V : struct, IHardwareLane<V, double>
    {
        var q = V.MultiplyAdd(-0.3333333333333333, shift, Binary64.RoundingShift) - Binary64.RoundingShift;
        var k = q * -3 - shift;
        var m2 = m * m;
        var low = Polynomial.Cubic(m, m2, 0.4305301379741884, 1.0130838461233433, -0.7536660439547677, 0.4328120512122576);
        var guess = V.MultiplyAdd(m2 * m2, V.MultiplyAdd(0.020163454108084195, m, -0.1429232040506992), low);
        var t = (guess * Power(k) + Round64) - Round64;
        var cube = t * t * t;
        var rho = V.MultiplyAdd(m, V.PowerOfTwo(k), -cube) / cube;
        var series = V.MultiplyAdd(rho, V.MultiplyAdd(0.06172839506172839, rho, -0.1111111111111111), 0.3333333333333333);
        return V.MultiplyAdd(t * rho, series, t) * V.PowerOfTwo(q);
    }

    /// <inheritdoc cref="Root64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Root32<V>(V m, V shift) where V : struct, IHardwareLane<V, float>
    {
        var q = V.MultiplyAdd(-0.3333333333333333, shift, Binary32.RoundingShift) - Binary32.RoundingShift;
        var k = q * -3 - shift;
        var guess = V.MultiplyAdd(m * m, -0.096358315898244650, V.MultiplyAdd(0.52995410861204468, m, 0.56594277902805712));
        var t = (guess * Power(k) + Round32) - Round32;
        var cube = t * t * t;
        var rho = V.MultiplyAdd(m, V.PowerOfTwo(k), -cube) / cube;
        var series = Polynomial.Cubic(
            rho, rho * rho, 0.3333333333333333, -0.1111111111111111, 0.06172839506172839, -0.0411522633744856);
        return V.MultiplyAdd(t * rho, series, t) * V.PowerOfTwo(q);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Power<V>(V k) where V : struct, ILane<V> => V.MultiplyAdd(k, V.MultiplyAdd(Even, k, Odd), V.Constant(1));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        var subnormal = V.LessThan(magnitude, V.Constant(LeastNormal64));
        var m = V.Significand(V.Select(subnormal, magnitude * 18014398509481984.0, magnitude), out var shift);
        return SpecialCases(x, V.CopySign(Root64(m, V.Select(subnormal, shift + 54, shift)), x));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(x);
        var subnormal = V.LessThan(magnitude, V.Constant(LeastNormal32));
        var m = V.Significand(V.Select(subnormal, magnitude * 33554432.0, magnitude), out var shift);
        return SpecialCases(x, V.CopySign(Root32(m, V.Select(subnormal, shift + 25, shift)), x));
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
