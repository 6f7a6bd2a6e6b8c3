using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Hyperbolic cosine. Method: with <c>P = e^|x|·2⁻ⁿ</c> by the n, r and q of <see cref="ExpFunction"/>, <c>½·(P + 2⁻²ⁿ/P)·2ⁿ</c>, where
/// <c>P = 1 + r + r²·q</c> keeps what its last sum lost; the exponent is moved last, so that nothing overflows early. Range: all; NaN
/// gives NaN. Max ULP, with and without fused multiply-add: 1.1.
/// </summary>
internal static class CoshFunction
{
    /// <summary>Hyperbolic cosine of doubles.</summary>
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
        return scaled * V.PowerOfTwo(n - 1);
    }

    /// <summary>Hyperbolic cosine of floats.</summary>
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
        return scaled * V.PowerOfTwo(n - 1);
    }

    /// <summary><c>2·cosh(x)·2⁻ⁿ</c> for x from 0 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled64<V>(V x, out V n) where V : struct, IHardwareLane<V, double>
    {
        var r = ExpFunction.Reduce64(x, out n);
        return Sum(r, ExpFunction.Rest64(x, n, r), ExpFunction.Quotient64(r), V.PowerOfTwo(V.AtLeast(-n, -500)));
    }

    /// <inheritdoc cref="Scaled64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled32<V>(V x, out V n) where V : struct, IHardwareLane<V, float>
    {
        var r = ExpFunction.Reduce32(x, out n);
        return Sum(r, ExpFunction.Rest32(x, n, r), ExpFunction.Quotient32(r), V.PowerOfTwo(V.AtLeast(-n, -60)));
    }

    /// <summary><c>P + unit²/P</c> for <c>P = 1 + r + rest + r²·q</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum<V>(V r, V rest, V q, V unit) where V : struct, ILane<V>
    {
        var sum = 1 + r;
        var tail = ((1 - sum) + r) + V.MultiplyAdd(r * r, q, rest);
        var power = sum + tail;
        var lost = (sum - power) + tail;
        return power + V.MultiplyAdd(unit, unit / power, lost);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var scaled = Scaled64(V.AtMost(V.Abs(x), 711), out var n);
        return V.ScaleByPowerOfTwo(scaled, n - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var scaled = Scaled32(V.AtMost(V.Abs(x), 90), out var n);
        return V.ScaleByPowerOfTwo(scaled, n - 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> => Saturating64(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> => Saturating32(x);
}
