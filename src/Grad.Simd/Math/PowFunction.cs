using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// x to the y. Method: <c>m = x·2^shift</c> in [3/4, 3/2), <c>s = (m − 1)/(m + 1)</c>, and <c>log m = 2s·(1 + s²/3 + s⁴·q(s²))</c>, all
/// but q in two parts; the product with y in two parts; then e to it by <see cref="ExpFunction"/>'s reduction and polynomial, the last sum
/// in two parts. q is a minimax polynomial found with sollya's fpminimax on s² ≤ 1/25: relative error of the logarithm 2⁻⁷⁰ (double,
/// degree 8), 2⁻³⁸ (float, degree 3). Range: all; special cases are those of C and <see cref="System.Math.Pow"/>. Max ULP, with and
/// without fused multiply-add: 1; the exponents 0, 1, 2, −1 and ½ are correctly rounded.
/// </summary>
internal static class PowFunction
{
    private const double LeastNormal64 = 2.2250738585072014e-308;
    private const double LeastNormal32 = 1.1754943508222875e-38;

    /// <summary>The power of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x, V y) where V : struct, IHardwareLane<V, double>
    {
        if (!V.AllInRange(x, LeastNormal64, double.PositiveInfinity))
        {
            return Outside64(x, y);
        }
        var high = Log64(V.Significand(x, out var shift), shift, out var low);
        var product = y * high;
        if (!V.All(V.And(V.LessThan(V.Abs(product), V.Constant(708)), ProductError.IsFactor64(y))))
        {
            return Outside64(x, y);
        }
        low = V.MultiplyAdd(y, low, ProductError.Float64(y, high, product));
        return Exp64(product, low, out var n) * V.PowerOfTwo(n);
    }

    /// <summary>The power of floats, to the exponent <c>y + rest</c>; the rest is a constant far below y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x, V y, double rest = 0) where V : struct, IHardwareLane<V, float>
    {
        if (!V.AllInRange(x, LeastNormal32, double.PositiveInfinity))
        {
            return Outside32(x, y, rest);
        }
        var high = Log32(V.Significand(x, out var shift), shift, out var low);
        var product = y * high;
        if (!V.All(V.And(V.LessThan(V.Abs(product), V.Constant(87)), ProductError.IsFactor32(y))))
        {
            return Outside32(x, y, rest);
        }
        low = V.MultiplyAdd(y, low, ProductError.Float32(y, high, product));
        low = rest == 0 ? low : V.MultiplyAdd(high, rest, low);
        return Exp32(product, low, out var n) * V.PowerOfTwo(n);
    }

    /// <summary>The power of doubles to a constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x, double exponent) where V : struct, IHardwareLane<V, double>
    {
        switch (exponent)
        {
            case 0:
                return V.Constant(1);
            case 1:
                return x;
            case 2:
                return x * x;
            case -1:
                return 1 / x;
            case 0.5:
                return SquareRoot(x);
        }
        // With a whole exponent only the sign depends on the sign of x: no negative number leaves the common path.
        var isWhole = Math.Truncate(exponent) == exponent;
        var power = Float64(isWhole ? V.Abs(x) : x, V.Constant(exponent));
        return IsOdd(exponent) ? V.FlipSign(power, x) : power;
    }

    /// <summary>The power of floats to a constant, which need not be a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x, double exponent) where V : struct, IHardwareLane<V, float>
    {
        switch (exponent)
        {
            case 0:
                return V.Constant(1);
            case 1:
                return x;
            case 2:
                return x * x;
            case -1:
                return 1 / x;
            case 0.5:
                return SquareRoot(x);
        }
        var isWhole = Math.Truncate(exponent) == exponent;
        var rest = float.IsFinite((float)exponent) ? exponent - (float)exponent : 0;
        var power = Float32(isWhole ? V.Abs(x) : x, V.Constant(exponent), rest);
        return IsOdd(exponent) ? V.FlipSign(power, x) : power;
    }

    private static bool IsOdd(double exponent) => Math.Truncate(exponent) == exponent && Math.Truncate(exponent * 0.5) != exponent * 0.5;

    // Unlike the square root, the power ½ of −0 is +0, and of −infinity it is infinity.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SquareRoot<V>(V x) where V : struct, ILane<V> => V.Sqrt(
        V.Select(V.Equal(x, V.Constant(double.NegativeInfinity)), V.Constant(double.PositiveInfinity), x + 0.0));

    /// <summary>The logarithm of <c>m·2^−shift</c> for m in [3/4, 3/2), in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log64<V>(V m, V shift, out V low) where V : struct, IHardwareLane<V, double>
    {
        // s = (m − 1)/(m + 1) = s + sRest.
        var sum = m + 1;
        var inverse = 1 / sum;
        var difference = m - 1;
        var s = difference * inverse;
        var product = s * sum;
        var missing = (difference - product) - ProductError.Float64(s, sum, product);
        var sRest = V.MultiplyAdd(-s, m - (sum - 1), missing) * inverse;

        // t + tRest = s².
        var t = s * s;
        var tRest = V.MultiplyAdd(s + s, sRest, ProductError.Float64(s, s, t));
        var t2 = t * t;
        var t4 = t2 * t2;
        var q0 = Polynomial.Cubic(t, t2, 0.2, 0.14285714285712925, 0.11111111111600405, 0.0909090901129332);
        var q4 = Polynomial.Cubic(t, t2, 0.07692314643712632, 0.06666315774714902, 0.0589278698479458, 0.05086475057487116);
        var q = V.MultiplyAdd(V.MultiplyAdd(t4, 0.06271737374883883, q4), t4, q0);

        // w + wRest = 1/3 + t·q, then v + vRest = t·w, then g + gRest = s·v.
        var p = t * q;
        var pRest = V.MultiplyAdd(tRest, q, ProductError.Float64(t, q, p));
        var w = 0.3333333333333333 + p;
        var wRest = ((0.3333333333333333 - w) + p) + (pRest + 1.850371707708594e-17);
        var v = t * w;
        var vRest = V.MultiplyAdd(tRest, w, V.MultiplyAdd(t, wRest, ProductError.Float64(t, w, v)));
        var g = s * v;
        var gRest = V.MultiplyAdd(sRest, v, V.MultiplyAdd(s, vRest, ProductError.Float64(s, v, g)));
        var half = s + g;
        var halfRest = ((s - half) + g) + (gRest + sRest);

        // The first part of ln 2 has 42 bits and the shift at most 11: their product is exact, and zero or the larger addend.
        var scaled = shift * -0.6931471805598903;
        var twice = half + half;
        var high = scaled + twice;
        var error = (scaled - high) + twice;
        low = V.MultiplyAdd(shift, -5.497923018708371e-14, error) + (halfRest + halfRest);
        return high;
    }

    /// <inheritdoc cref="Log64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log32<V>(V m, V shift, out V low) where V : struct, IHardwareLane<V, float>
    {
        var sum = m + 1;
        var inverse = 1 / sum;
        var difference = m - 1;
        var s = difference * inverse;
        var product = s * sum;
        var missing = (difference - product) - ProductError.Float32(s, sum, product);
        var sRest = V.MultiplyAdd(-s, m - (sum - 1), missing) * inverse;

        var t = s * s;
        var tRest = V.MultiplyAdd(s + s, sRest, ProductError.Float32(s, s, t));
        var q = Polynomial.Cubic(t, t * t, 0.20000000298023224, 0.14285755157470703, 0.11099228262901306, 0.09672910720109940);

        var p = t * q;
        var pRest = V.MultiplyAdd(tRest, q, ProductError.Float32(t, q, p));
        var w = 0.3333333432674408 + p;
        var wRest = ((0.3333333432674408 - w) + p) + (pRest - 9.934107758624577e-09);
        var v = t * w;
        var vRest = V.MultiplyAdd(tRest, w, V.MultiplyAdd(t, wRest, ProductError.Float32(t, w, v)));
        var g = s * v;
        var gRest = V.MultiplyAdd(sRest, v, V.MultiplyAdd(s, vRest, ProductError.Float32(s, v, g)));
        var half = s + g;
        var halfRest = ((s - half) + g) + (gRest + sRest);

        // Here the first part of ln 2 has 16 bits and the shift at most 8.
        var scaled = shift * -0.693145751953125;
        var twice = half + half;
        var high = scaled + twice;
        var error = (scaled - high) + twice;
        low = V.MultiplyAdd(shift, -1.428606765330187e-06, error) + (halfRest + halfRest);
        return high;
    }

    /// <summary><c>e^(x + low)·2^−n</c>, between 0.7 and 1.42.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exp64<V>(V x, V low, out V n) where V : struct, IHardwareLane<V, double>
    {
        var r = ExpFunction.Reduce64(x, out n);
        var rest = ExpFunction.Rest64(x, n, r) + low;
        var reduced = r + rest;
        return OnePlus(reduced, (r - reduced) + rest, ExpFunction.Quotient64(reduced));
    }

    /// <inheritdoc cref="Exp64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exp32<V>(V x, V low, out V n) where V : struct, IHardwareLane<V, float>
    {
        var r = ExpFunction.Reduce32(x, out n);
        var rest = ExpFunction.Rest32(x, n, r) + low;
        var reduced = r + rest;
        return OnePlus(reduced, (r - reduced) + rest, ExpFunction.Quotient32(reduced));
    }

    /// <summary><c>1 + r + r²·q + rest</c>, with the error of the first sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OnePlus<V>(V r, V rest, V q) where V : struct, ILane<V>
    {
        var sum = 1 + r;
        var lost = (1 - sum) + r;
        return sum + (lost + V.MultiplyAdd(r * r, q, rest));
    }

    // The whole range in a straight line.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x, V y) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        var subnormal = V.LessThan(magnitude, V.Constant(LeastNormal64));
        var m = V.Significand(V.Select(subnormal, magnitude * 18014398509481984.0, magnitude), out var shift);
        var high = AtEnds(magnitude, Log64(m, V.Select(subnormal, shift + 54, shift), out var low));
        var product = y * high;
        low = V.MultiplyAdd(y, low, ProductError.Float64(y, high, product));
        low = V.Select(V.LessThan(V.Abs(product), V.Constant(750)), low, V.Constant(0));
        var scaled = Exp64(V.AtMost(V.AtLeast(product, -750), 710), low, out var n);
        return SpecialCases<V, double>(x, y, V.ScaleByPowerOfTwo(scaled, n), WholeMask(y));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x, V y, double rest) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(x);
        var subnormal = V.LessThan(magnitude, V.Constant(LeastNormal32));
        var m = V.Significand(V.Select(subnormal, magnitude * 33554432.0, magnitude), out var shift);
        var high = AtEnds(magnitude, Log32(m, V.Select(subnormal, shift + 25, shift), out var low));
        var product = y * high;
        low = V.MultiplyAdd(high, rest, V.MultiplyAdd(y, low, ProductError.Float32(y, high, product)));
        low = V.Select(V.LessThan(V.Abs(product), V.Constant(110)), low, V.Constant(0));
        var scaled = Exp32(V.AtMost(V.AtLeast(product, -110), 89), low, out var n);
        var isWhole = rest == 0 ? WholeMask(y) : V.LessThan(y, y);
        return SpecialCases<V, float>(x, y, V.ScaleByPowerOfTwo(scaled, n), isWhole);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WholeMask<V>(V y) where V : struct, ILane<V> => V.Equal(V.Truncate(y), y);

    /// <summary>The logarithm, but ∓infinity where the magnitude is 0 or infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtEnds<V>(V magnitude, V log) where V : struct, ILane<V>
    {
        var infinity = V.Constant(double.PositiveInfinity);
        var ended = V.Select(V.Equal(magnitude, infinity), infinity, log);
        return V.Select(V.Equal(magnitude, V.Constant(0)), V.Constant(double.NegativeInfinity), ended);
    }

    /// <summary>The power from <c>|x|^y</c>: the sign, and what holds at ±1, NaN and a zero exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SpecialCases<V, T>(V x, V y, V power, V isWhole)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        var one = V.Constant(1);
        var magnitude = V.Abs(x);
        var half = y * 0.5;
        var isOdd = V.And(isWhole, V.Not(V.Equal(V.Truncate(half), half)));
        power = V.Select(V.Equal(magnitude, one), one, power);
        power = V.Select(isOdd, V.FlipSign(power, x), power);
        var isFiniteBelow = V.And(V.LessThan(x, V.Constant(0)), V.LessThan(magnitude, V.Constant(double.PositiveInfinity)));
        power = V.Select(V.And(isFiniteBelow, V.Not(isWhole)), V.Constant(double.NaN), power);
        power = V.Select(V.And(V.Equal(x, x), V.Equal(y, y)), power, x + y);
        return V.Select(V.Or(V.Equal(y, V.Constant(0)), V.Equal(x, one)), one, power);
    }
}
