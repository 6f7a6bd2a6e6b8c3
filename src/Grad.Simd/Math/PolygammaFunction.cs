using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Derivatives of digamma, of order n from 1 on. Method: <c>(−1)ⁿ⁺¹·n!·ζ(n + 1, x)</c>, the Hurwitz zeta function as a sum of its first terms, all of
/// one sign, and the Euler-Maclaurin expansion of the others: 9 + n/2 and 8 terms (double), 4 + n/2 and 3 (float), relative error 2⁻⁵⁶ and
/// 2⁻²⁶. Powers by squaring, scaled so that only the result overflows or underflows. Negative x by the reflection <c>ψ⁽ⁿ⁾(−y) = (−1)ⁿ·Rₙ(π·cot πy) −
/// n!·ζ(n + 1, 1 + y)</c>, Rₙ the polynomial that the n-th derivative of <c>π·cot πy</c> is. Range: all; at poles ∞ for odd n, of both signs at ±0 and NaN
/// at negative integers for even n; NaN at −∞. Max ULP, with and without fused multiply-add, 2.5 + 1.5·n;
/// for negative x and even n in units of the larger of the result and n!, since differences cancel at the zeros there.
/// </summary>
internal static class PolygammaFunction
{
    private const int Terms64 = 8;
    private const int Terms32 = 3;

    /// <summary>Polygamma of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x, int order) where V : struct, IHardwareLane<V, double>
    {
        if (!V.All(V.LessThanOrEqual(V.Constant(0), x)))
        {
            return Outside64(x, order);
        }
        var table = PolygammaTable.Of(order);
        return Signed(Rest(x, table, Shift64(order), Terms64) + table.Term(1 / x), order);
    }

    /// <summary>Polygamma of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x, int order) where V : struct, IHardwareLane<V, float>
    {
        if (!V.All(V.LessThanOrEqual(V.Constant(0), x)))
        {
            return Outside32(x, order);
        }
        var table = PolygammaTable.Of(order);
        return Signed(Rest(x, table, Shift32(order), Terms32) + table.Term(1 / x), order);
    }

    private static int Shift64(int order) => 9 + order / 2;

    private static int Shift32(int order) => 4 + order / 2;

    /// <summary>n!·ζ(n + 1, 1 + x) for x from 0 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rest<V>(V x, PolygammaTable table, int shift, int terms) where V : struct, ILane<V>
    {
        var inverse = 1 / (x + shift);
        var square = inverse * inverse;
        var series = V.Constant(table.Tail(terms));
        for (var k = terms - 1; k >= 1; k--)
        {
            series = V.MultiplyAdd(series, square, table.Tail(k));
        }

        series = V.MultiplyAdd(series, square, V.MultiplyAdd(0.5 * table.Order, inverse, 1));

        // The terms by themselves first: where x is large, each is but a few units in the last place of the whole.
        var sum = table.Term(1 / (x + (shift - 1)));
        for (var k = shift - 2; k >= 1; k--)
        {
            sum += table.Term(1 / (x + k));
        }

        return V.MultiplyAdd(table.Integral(inverse), series, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Signed<V>(V x, int order) where V : struct, ILane<V> => (order & 1) == 1 ? x : -x;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x, int order) where V : struct, IHardwareLane<V, double>
    {
        var table = PolygammaTable.Of(order);
        var y = V.Abs(x);
        var r = y - V.RoundToEven(y);
        return Whole(x, Rest(y, table, Shift64(order), Terms64), r, CircularFraction.Cot64(r), table);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x, int order) where V : struct, IHardwareLane<V, float>
    {
        var table = PolygammaTable.Of(order);
        var y = V.Abs(x);
        var r = y - V.RoundToEven(y);
        return Whole(x, Rest(y, table, Shift32(order), Terms32), r, CircularFraction.Cot32(r), table);
    }

    private static V Whole<V>(V x, V rest, V r, V cot, PolygammaTable table) where V : struct, ILane<V>
    {
        var order = table.Order;
        var reflected = Signed(-table.Cot(cot), order) - rest;
        if ((order & 1) == 0)
        {
            reflected = V.Select(V.Equal(r, V.Constant(0)), V.Constant(double.NaN), reflected);
        }

        return V.Select(V.LessThan(x, V.Constant(0)), reflected, Signed(rest + table.Term(1 / x), order));
    }
}
