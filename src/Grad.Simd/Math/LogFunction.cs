using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Natural logarithm. Method: <c>1 + f = x·2^shift</c> with f in [−¼, ½), and <c>f − ½f² + f³·p(f) − shift·ln 2</c>, ln 2 in two
/// parts of which the first has a product with the shift that is exact, and the error of the first sum kept. p is a minimax
/// polynomial found with sollya's fpminimax: relative error of the logarithm 2⁻⁵⁶ (double, degree 18), 2⁻²⁷ (float, degree 7). No
/// division and no table: the same at every width. Range: all; −0 and 0 give −infinity, negative numbers NaN. Max ULP: 1 with fused
/// multiply-add, 1.05 without.
/// </summary>
internal static class LogFunction
{
    private const double LeastNormal64 = 2.2250738585072014e-308;
    private const double LeastNormal32 = 1.1754943508222875e-38;

    /// <summary>Natural logarithm of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.All(V.InRange(x, LeastNormal64, double.PositiveInfinity)))
        {
            return Outside64(x);
        }
        var f = V.Significand(x, out var shift) - 1;
        return Sum64(shift, f);
    }

    /// <summary>Natural logarithm of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.All(V.InRange(x, LeastNormal32, double.PositiveInfinity)))
        {
            return Outside32(x);
        }
        var f = V.Significand(x, out var shift) - 1;
        return Sum32(shift, f);
    }

    /// <summary><c>log(1 + f) − shift·ln 2</c> for f in [−¼, ½).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sum64<V>(V shift, V f) where V : struct, IHardwareLane<V, double>
    {
        var f2 = f * f;
        var p = Quotient64(f, f2);
        // The first part of ln 2 has 42 bits and the shift at most 11, so that only the sum rounds, by the error. The signs are such
        // that f = −0 gives −0.
        var high = V.MultiplyAdd(shift, -0.6931471805598903, f);
        var error = f - V.MultiplyAdd(shift, 0.6931471805598903, high);
        var low = V.MultiplyAdd(shift, -5.497923018708371e-14, error);
        return high + V.MultiplyAdd(f2 * f, p, V.MultiplyAdd(f2, -0.5, low));
    }

    /// <summary><c>log(1 + f + rest) − shift·ln 2</c> for f in [−¼, ½) and a rest that is small beside f.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sum64<V>(V shift, V f, V rest) where V : struct, IHardwareLane<V, double>
    {
        var f2 = f * f;
        var p = Quotient64(f, f2);
        var high = V.MultiplyAdd(shift, -0.6931471805598903, f);
        var error = (f - V.MultiplyAdd(shift, 0.6931471805598903, high)) + OverOnePlus(f, rest);
        var low = V.MultiplyAdd(shift, -5.497923018708371e-14, error);
        return high + V.MultiplyAdd(f2 * f, p, V.MultiplyAdd(f2, -0.5, low));
    }

    /// <inheritdoc cref="Sum64{V}(V, V, V)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sum32<V>(V shift, V f, V rest) where V : struct, IHardwareLane<V, float>
    {
        var f2 = f * f;
        var p = Quotient32(f, f2);
        var high = V.MultiplyAdd(shift, -0.693145751953125, f);
        var error = (f - V.MultiplyAdd(shift, 0.693145751953125, high)) + OverOnePlus(f, rest);
        var low = V.MultiplyAdd(shift, -1.428606765330187e-06, error);
        return high + V.MultiplyAdd(f2 * f, p, V.MultiplyAdd(f2, -0.5, low));
    }

    /// <summary>A rest over 1 + f to some hundredths, which is enough for a rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OverOnePlus<V>(V f, V rest) where V : struct, ILane<V> => V.MultiplyAdd(-(rest * f), V.MultiplyAdd(-0.7, f, 1), rest);

    /// <summary>The p with <c>log(1 + f) = f − ½f² + f³·p(f)</c> for f in [−¼, ½), given the square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Quotient64<V>(V f, V f2) where V : struct, IHardwareLane<V, double>
    {
        // From the seventh term on in Eve's form.
        var t = f - 1.125;
        var y = t * t;
        var p = V.MultiplyAdd(y, 0.00809205560390693, V.MultiplyAdd(0.07985099758100384, t, 0.26162551594165395));
        p = V.MultiplyAdd(y + 9.530801323802343, p, -1.667069732129378);
        p = V.MultiplyAdd(y + 2.057798640948889, p, -0.84955869359475);
        p = V.MultiplyAdd(y - 0.03903584080434463, p, -0.24894509320265726);
        p = V.MultiplyAdd(y + 0.5434513674103685, p, 0.17368819560518348);
        p = V.MultiplyAdd(y + 0.42412112222059506, p, 0.04743713944368896);
        p = V.MultiplyAdd(p, f2, V.MultiplyAdd(-0.1250000029069394, f, 0.14285714299889143));
        p = V.MultiplyAdd(p, f2, V.MultiplyAdd(-0.16666666663798343, f, 0.19999999999850684));
        return V.MultiplyAdd(p, f2, V.MultiplyAdd(-0.2500000000001059, f, 0.3333333333333375));
    }

    /// <summary><c>log(1 + f) − shift·ln 2</c> for f in [−¼, ½).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sum32<V>(V shift, V f) where V : struct, IHardwareLane<V, float>
    {
        var f2 = f * f;
        var p = Quotient32(f, f2);
        var high = V.MultiplyAdd(shift, -0.693145751953125, f);
        var error = f - V.MultiplyAdd(shift, 0.693145751953125, high);
        var low = V.MultiplyAdd(shift, -1.428606765330187e-06, error);
        return high + V.MultiplyAdd(f2 * f, p, V.MultiplyAdd(f2, -0.5, low));
    }

    /// <summary>The p with <c>log(1 + f) = f − ½f² + f³·p(f)</c> for f in [−¼, ½), given the square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Quotient32<V>(V f, V f2) where V : struct, IHardwareLane<V, float>
    {
        var p0 = Polynomial.Cubic(f, f2, 0.3333345055580139, -0.2500009834766388, 0.1999080628156662, -0.16647164523601532);
        var p4 = Polynomial.Cubic(f, f2, 0.1447882056236267, -0.1316298544406891, 0.10464530438184738, -0.04507360979914665);
        return V.MultiplyAdd(p4, f2 * f2, p0);
    }

    /// <summary>The shift and f with <c>1 + f = x·2^shift</c>, subnormal x included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AnyShift64<V>(V x, out V f) where V : struct, IHardwareLane<V, double>
    {
        var subnormal = V.LessThan(x, V.Constant(LeastNormal64));
        f = V.Significand(V.Select(subnormal, x * 18014398509481984.0, x), out var shift) - 1;
        return V.Select(subnormal, shift + 54, shift);
    }

    /// <inheritdoc cref="AnyShift64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AnyShift32<V>(V x, out V f) where V : struct, IHardwareLane<V, float>
    {
        var subnormal = V.LessThan(x, V.Constant(LeastNormal32));
        f = V.Significand(V.Select(subnormal, x * 33554432.0, x), out var shift) - 1;
        return V.Select(subnormal, shift + 25, shift);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> =>
        SpecialCases(x, Sum64(AnyShift64(x, out var f), f));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> =>
        SpecialCases(x, Sum32(AnyShift32(x, out var f), f));

    /// <summary>The finite y, but infinity and NaN as they are, −infinity at zero and NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SpecialCases<V>(V x, V y) where V : struct, ILane<V>
    {
        var zero = V.Constant(0);
        var below = V.Select(V.Equal(x, zero), V.Constant(double.NegativeInfinity), V.Constant(double.NaN));
        return V.Select(V.LessThan(x, V.Constant(double.PositiveInfinity)), V.Select(V.LessThan(zero, x), y, below), x);
    }
}
