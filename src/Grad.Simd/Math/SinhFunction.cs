using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Hyperbolic sine. Method: with <c>E = e^|x| − 1</c> of <see cref="ExpM1Function"/>, kept scaled by <c>u = 2⁻ⁿ</c> and with what its last
/// rounding lost, <c>½·(E + E/(E + 1))</c>; then the exponent moved by n − 1, so that nothing overflows early, and the sign of x. Range:
/// all; zeros keep their sign, NaN gives NaN. Max ULP, with and without fused multiply-add: 1.5.
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
        var scaled = Scaled32(magnitude, out var n);
        return V.CopySign(scaled * V.PowerOfTwo(n - 1), x);
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

    /// <inheritdoc cref="Scaled64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled32<V>(V x, out V n) where V : struct, IHardwareLane<V, float>
    {
        var r = ExpFunction.Reduce32(x, out n);
        var unit = V.PowerOfTwo(V.AtLeast(-n, -100));
        var e = ExpM1Function.Scaled(r, ExpFunction.Rest32(x, n, r), ExpFunction.Quotient32(r), unit, out var lost);
        return Sum(e, lost, unit);
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
        var scaled = Scaled32(V.AtMost(V.Abs(x), 90), out var n);
        return V.CopySign(V.ScaleByPowerOfTwo(scaled, n - 1), x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> => Saturating64(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> => Saturating32(x);
}
