using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Logarithms to the bases 2 and 10. Method: with the shift, f and c of <see cref="LogFunction"/>,
/// <c>(f + c(f))·log e − shift·log 2</c>: the product with f and log 2 in two parts, and the error of the first sum kept.
/// Range: all; −0 and 0 give −infinity, negative numbers NaN; powers of the base are exact. Max ULP, with and without fused
/// multiply-add: 1.5.
/// </summary>
internal static class LogBaseFunction
{
    private const double LeastNormal64 = 2.2250738585072014e-308;
    private const double LeastNormal32 = 1.1754943508222875e-38;

    /// <summary>Logarithm to base 2 of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log2Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            var fraction = V.Significand(x, out var places) - 1;
            return Log2Sum64(places, fraction);
        }
        if (!V.AllInRange(x, LeastNormal64, double.PositiveInfinity))
        {
            return OutsideLog2Float64(x);
        }
        var f = V.Significand(x, out var shift) - 1;
        return Log2Sum64(shift, f);
    }

    /// <summary>Logarithm to base 2 of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log2Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            var fraction = V.Significand(x, out var places) - 1;
            return Log2Sum32(places, fraction);
        }
        if (!V.AllInRange(x, LeastNormal32, double.PositiveInfinity))
        {
            return OutsideLog2Float32(x);
        }
        var f = V.Significand(x, out var shift) - 1;
        return Log2Sum32(shift, f);
    }

    /// <summary>Logarithm to base 10 of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log10Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            var fraction = V.Significand(x, out var places) - 1;
            return Log10Sum64(places, fraction);
        }
        if (!V.AllInRange(x, LeastNormal64, double.PositiveInfinity))
        {
            return OutsideLog10Float64(x);
        }
        var f = V.Significand(x, out var shift) - 1;
        return Log10Sum64(shift, f);
    }

    /// <summary>Logarithm to base 10 of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log10Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            var fraction = V.Significand(x, out var places) - 1;
            return Log10Sum32(places, fraction);
        }
        if (!V.AllInRange(x, LeastNormal32, double.PositiveInfinity))
        {
            return OutsideLog10Float32(x);
        }
        var f = V.Significand(x, out var shift) - 1;
        return Log10Sum32(shift, f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log2Sum64<V>(V shift, V f) where V : struct, IHardwareLane<V, double> =>
        Sum64(shift, f, -1, 0, 1.4426950408889634, 2.0355273740931033e-17);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log2Sum32<V>(V shift, V f) where V : struct, IHardwareLane<V, float> =>
        Sum32(shift, f, -1, 0, 1.4426950216293335, 1.925963033500011e-08);

    // The first part of log 2 has 42 (16) bits and the shift at most 11 (8), so that their product is exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log10Sum64<V>(V shift, V f) where V : struct, IHardwareLane<V, double> =>
        Sum64(shift, f, -0.30102999566395283, -2.8363394551044964e-14, 0.4342944819032518, 1.098319650216765e-17);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log10Sum32<V>(V shift, V f) where V : struct, IHardwareLane<V, float> =>
        Sum32(shift, f, -0.301025390625, -4.605039066518657e-06, 0.4342944920063019, -1.0103049952192578e-08);

    /// <summary><c>shift·(step + stepRest) + log(1 + f)·(scale + scaleRest)</c>; the product with the shift is zero or exceeds that with f.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum64<V>(V shift, V f, double step, double stepRest, double scale, double scaleRest) where V : struct, IHardwareLane<V, double>
    {
        // The polynomial first, which keeps few values alive: four vectors side by side fill the registers, and spills are dear.
        var s = f / (f + 2);
        var tail = LogFunction.Tail64(s);
        var half = f * f * 0.5;
        var curved = V.MultiplyAdd(s, half + tail, -half);
        var product = f * scale;
        var lost = V.MultiplyAdd(f, scaleRest, ProductError.Float64(f, V.Constant(scale), product));
        return Joined64(curved, product, lost, shift, step, stepRest, scale);
    }

    /// <inheritdoc cref="Sum64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum32<V>(V shift, V f, double step, double stepRest, double scale, double scaleRest) where V : struct, IHardwareLane<V, float>
    {
        var f2 = f * f;
        var curved = f2 * V.MultiplyAdd(f, LogFunction.Quotient32(f, f2), -0.5);
        var product = f * scale;
        var lost = V.MultiplyAdd(f, scaleRest, ProductError.Float32(f, V.Constant(scale), product));
        return Joined32(curved, product, lost, shift, step, stepRest, scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Joined64<V>(V curved, V product, V lost, V shift, double step, double stepRest, double scale) where V : struct, IHardwareLane<V, double>
    {
        var whole = step == -1 ? -shift : shift * step;
        lost = stepRest == 0 ? lost : lost + (shift * stepRest);
        var high = whole + product;
        var low = ((whole - high) + product) + lost;
        low = V.MultiplyAdd(curved, scale, low);
        return high + (Unsafe.SizeOf<V>() >= WideLane.Size ? V.Limit(low, 1) : low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Joined32<V>(V curved, V product, V lost, V shift, double step, double stepRest, double scale) where V : struct, IHardwareLane<V, float>
    {
        var whole = step == -1 ? -shift : shift * step;
        lost = stepRest == 0 ? lost : lost + (shift * stepRest);
        var high = whole + product;
        var low = ((whole - high) + product) + lost;
        low = V.MultiplyAdd(curved, scale, low);
        return high + (Unsafe.SizeOf<V>() >= WideLane.Size ? V.Limit(low, 1) : low);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideLog2Float64<V>(V x) where V : struct, IHardwareLane<V, double> =>
        LogFunction.Cases(x, Log2Sum64(LogFunction.AnyShift64(x, out var f), f));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideLog2Float32<V>(V x) where V : struct, IHardwareLane<V, float> =>
        LogFunction.Cases(x, Log2Sum32(LogFunction.AnyShift32(x, out var f), f));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideLog10Float64<V>(V x) where V : struct, IHardwareLane<V, double> =>
        LogFunction.Cases(x, Log10Sum64(LogFunction.AnyShift64(x, out var f), f));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideLog10Float32<V>(V x) where V : struct, IHardwareLane<V, float> =>
        LogFunction.Cases(x, Log10Sum32(LogFunction.AnyShift32(x, out var f), f));
}
