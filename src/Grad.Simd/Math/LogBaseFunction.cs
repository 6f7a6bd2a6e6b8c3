using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// Logarithms to the bases 2 and 10. Method: that of <see cref="LogFunction"/>. To base 2 with <c>log₂(1 + r) = r + r·p(r)</c> and such c that −log₂ c has few
/// bits, so that nothing is left of it; to base 10 with <c>r = ½(c·m − 1)</c> and <c>log₁₀(1 + 2r) = r + r·p(r)</c>, so that p is small. Relative error of both
/// 2⁻⁵⁵ (double, degree 11) and 2⁻²⁷ (float, degree 5). Range: all; −0 and 0 give −infinity, negative numbers NaN; powers of the base are exact. Max ULP, with and
/// without fused multiply-add: 1.
/// </summary>
internal static class LogBaseFunction
{
    private const double LeastNormal64 = 2.2250738585072014e-308;
    private const double LeastNormal32 = 1.1754943508222875e-38;

    /// <summary>Logarithm to base 2 of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log2Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() < WideLane.Size && !V.AllInRange(x, LeastNormal64, double.PositiveInfinity))
        {
            return OutsideLog2Float64(x);
        }
        var mantissa = V.Mantissa(x, out var n);
        return Log2OfMantissa64(mantissa, n);
    }

    /// <summary>Logarithm to base 2 of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log2Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() < WideLane.Size && !V.AllInRange(x, LeastNormal32, double.PositiveInfinity))
        {
            return OutsideLog2Float32(x);
        }
        var mantissa = V.Mantissa(x, out var n);
        return Log2OfMantissa32(mantissa, n);
    }

    /// <summary>Logarithm to base 10 of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log10Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() < WideLane.Size && !V.AllInRange(x, LeastNormal64, double.PositiveInfinity))
        {
            return OutsideLog10Float64(x);
        }
        var mantissa = V.Mantissa(x, out var n);
        return Log10OfMantissa64(mantissa, n);
    }

    /// <summary>Logarithm to base 10 of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log10Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() < WideLane.Size && !V.AllInRange(x, LeastNormal32, double.PositiveInfinity))
        {
            return OutsideLog10Float32(x);
        }
        var mantissa = V.Mantissa(x, out var n);
        return Log10OfMantissa32(mantissa, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log2OfMantissa64<V>(V mantissa, V n) where V : struct, IHardwareLane<V, double>
    {
        var eighth = V.Eighth(mantissa);
        var r = ProductError.Plus64(V.Constant(-1), mantissa, V.LookUp<Log2Reciprocals>(eighth));
        var p = V.MultiplyAdd(-0.08795908356508679, r, 0.12848581272565313);
        p = V.MultiplyAdd(r, p, -0.14445542434247502);
        p = V.MultiplyAdd(r, p, 0.1603339486924426);
        p = V.MultiplyAdd(r, p, -0.18033709621351798);
        p = V.MultiplyAdd(r, p, 0.20609915380464577);
        p = V.MultiplyAdd(r, p, -0.24044917064304713);
        p = V.MultiplyAdd(r, p, 0.28853900841666175);
        p = V.MultiplyAdd(r, p, -0.3606737602269574);
        p = V.MultiplyAdd(r, p, 0.48089834696281336);
        p = V.MultiplyAdd(r, p, -0.7213475204444799);
        return (n + V.LookUp<Log2Highs>(eighth)) + Log2Near(r, p, 0.44269504088896344, -0.05730495911103656);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log2OfMantissa32<V>(V mantissa, V n) where V : struct, IHardwareLane<V, float>
    {
        var eighth = V.Eighth(mantissa);
        var r = ProductError.Plus32(V.Constant(-1), mantissa, V.LookUp<Log2Reciprocals>(eighth));
        var p = V.MultiplyAdd(-0.21594904363155365, r, 0.2898777723312378);
        p = V.MultiplyAdd(r, p, -0.36083927750587463);
        p = V.MultiplyAdd(r, p, 0.4808926284313202);
        p = V.MultiplyAdd(r, p, -0.7213472723960876);
        return (n + V.LookUp<Log2Highs>(eighth)) + Log2Near(r, p, 0.4426950514316559, -0.0573049485683441);
    }

    /// <summary><c>r + r·(first + r·p)</c>; where that would be rounded thrice, by the first less ½, whose product has a small error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log2Near<V>(V r, V p, double first, double firstLessHalf) where V : struct, ILane<V>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return V.MultiplyAdd(r, V.MultiplyAdd(r, p, first), r);
        }
        return r + (r * 0.5 + r * V.MultiplyAdd(r, p, firstLessHalf));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log10OfMantissa64<V>(V mantissa, V n) where V : struct, IHardwareLane<V, double>
    {
        var eighth = V.Eighth(mantissa);
        var r = ProductError.Plus64(V.Constant(-0.5), mantissa, V.LookUp<Log10Reciprocals>(eighth));
        var p = V.MultiplyAdd(-107.79595530551802, r, 79.07387993013809);
        p = V.MultiplyAdd(r, p, -44.52016640751275);
        p = V.MultiplyAdd(r, p, 24.71186057470571);
        p = V.MultiplyAdd(r, p, -13.897460989955983);
        p = V.MultiplyAdd(r, p, 7.941379974498902);
        p = V.MultiplyAdd(r, p, -4.6324744041639105);
        p = V.MultiplyAdd(r, p, 2.7794846859787588);
        p = V.MultiplyAdd(r, p, -1.7371779276393007);
        p = V.MultiplyAdd(r, p, 1.1581186184084227);
        p = V.MultiplyAdd(r, p, -0.8685889638065013);
        p = V.MultiplyAdd(r, p, -0.13141103619349634);
        var low = V.MultiplyAdd(n, 2.8363394551044964e-14, V.LookUp<Log10Lows>(eighth));
        return V.MultiplyAdd(n, 0.30102999566395283, V.LookUp<Log10Highs>(eighth)) + (r + V.MultiplyAdd(r, p, low));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log10OfMantissa32<V>(V mantissa, V n) where V : struct, IHardwareLane<V, float>
    {
        var eighth = V.Eighth(mantissa);
        var r = ProductError.Plus32(V.Constant(-0.5), mantissa, V.LookUp<Log10Reciprocals>(eighth));
        var p = V.MultiplyAdd(-4.139801979064941, r, 2.7912425994873047);
        p = V.MultiplyAdd(r, p, -1.7380300760269165);
        p = V.MultiplyAdd(r, p, 1.1581073999404907);
        p = V.MultiplyAdd(r, p, -0.8685886263847351);
        p = V.MultiplyAdd(r, p, -0.13141103088855743);
        var low = V.MultiplyAdd(n, 4.605039066518657e-06, V.LookUp<Log10Lows>(eighth));
        return V.MultiplyAdd(n, 0.301025390625, V.LookUp<Log10Highs>(eighth)) + (r + V.MultiplyAdd(r, p, low));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideLog2Float64<V>(V x) where V : struct, IHardwareLane<V, double> =>
        LogFunction.Cases(x, Log2OfMantissa64(LogFunction.AnyMantissa64(x, out var n), n));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideLog2Float32<V>(V x) where V : struct, IHardwareLane<V, float> =>
        LogFunction.Cases(x, Log2OfMantissa32(LogFunction.AnyMantissa32(x, out var n), n));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideLog10Float64<V>(V x) where V : struct, IHardwareLane<V, double> =>
        LogFunction.Cases(x, Log10OfMantissa64(LogFunction.AnyMantissa64(x, out var n), n));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideLog10Float32<V>(V x) where V : struct, IHardwareLane<V, float> =>
        LogFunction.Cases(x, Log10OfMantissa32(LogFunction.AnyMantissa32(x, out var n), n));
}
