using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Hyperbolic sine. Method of doubles: with <c>E = e^|x| − 1</c> of <see cref="ExpM1Function"/>, kept scaled by <c>u = 2⁻ⁿ</c> and with what its last
/// rounding lost, <c>½·(E + E/(E + 1))</c>; then the exponent moved by n − 1, so that nothing overflows early, and the sign of x. Of floats:
/// below |x| = 5/4 <c>x + x·x²·p(x²)</c>, p minimax of degree 3 (Remez exchange, relative error 2⁻³⁰), above <c>h − ¼/h</c> with <c>h = ½·e^|x|</c>. Range: all; zeros keep their sign, NaN gives NaN. Max ULP, with and without fused multiply-add: 1.5 (double), 1.8 (float).
/// </summary>
internal static class SinhFunction
{
    /// <summary>Hyperbolic sine of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return Saturating64(x);
        }
        var magnitude = V.Abs(x);
        if (!V.AllWithin(magnitude, 700))
        {
            return Outside64(x);
        }
        var scaled = Scaled64(magnitude, out var n);
        return V.CopySign(scaled * V.PowerOfTwo(n - 1), x);
    }

    /// <summary>Hyperbolic sine of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return Saturating32(x);
        }
        var magnitude = V.Abs(x);
        if (!V.AllWithin(magnitude, 85))
        {
            return Outside32(x);
        }
        var power = ExpFunction.Scaled32(magnitude, out var n);
        return V.CopySign(OfHalf32(magnitude, power * V.PowerOfTwo(n - 1)), x);
    }

    /// <summary><c>2·sinh(x)·2⁻ⁿ</c> for x from 0 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled64<V>(V x, out V n) where V : struct, IHardwareLane<V, double>
    {
        var r = ExpFunction.Reduce64(x, out n);
        var unit = V.PowerOfTwo(V.AtLeast(-n, -1000));
        var e = ExpM1Function.Scaled(r, ExpFunction.Rest64(x, n, r), ExpFunction.Quotient64(r), unit, out var lost);
        return Sum(e, lost, unit);
    }

    /// <summary>The hyperbolic sine of x from 0 on, given <c>½·e^x</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OfHalf32<V>(V x, V half) where V : struct, IHardwareLane<V, float>
    {
        var far = half - (0.25 / half);
        var s = x * x;
        var p = Polynomial.Cubic(s, s * s, 0.1666666567325592, 0.008333397097885609, 0.00019828743825200945, 2.851827503036475e-06);
        return V.Select(V.LessThan(x, V.Constant(1.25)), V.MultiplyAdd(x * s, p, x), far);
    }

    /// <summary><c>e + unit·e/(e + unit)</c> for e + lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum<V>(V e, V lost, V unit) where V : struct, ILane<V>
    {
        var sum = e + unit;
        var quotient = e / sum;
        // The quotient is short of (lost + quotient·excess)/(e + unit), and unit/(e + unit) is 1 − quotient.
        var excess = (sum - unit) - e - lost;
        var error = V.MultiplyAdd(V.MultiplyAdd(quotient, excess, lost), 1 - quotient, lost);
        return e + V.MultiplyAdd(unit, quotient, error);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var scaled = Scaled64(V.AtMost(V.Abs(x), 711), out var n);
        return V.CopySign(V.ScaleByPowerOfTwo(scaled, n - 1), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.AtMost(V.Abs(x), 90);
        var power = ExpFunction.Scaled32(magnitude, out var n);
        return V.CopySign(OfHalf32(magnitude, V.ScaleByPowerOfTwo(power, n - 1)), x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> => Saturating64(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> => Saturating32(x);
}
