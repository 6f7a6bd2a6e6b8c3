using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// e to the x, less one. Method: with the n, r and q of <see cref="ExpFunction"/>, <c>2ⁿ·((1 − 2⁻ⁿ) + r + r²·q(r))</c>, the first
/// sum and r kept in two parts; near zero n is 0 and nothing cancels. Range: all; −1 from −40 down, infinity from 709.8 (88.8) up; zeros
/// keep their sign. Max ULP, with and without fused multiply-add: 1.5 (double), 1.3 (float).
/// </summary>
internal static class ExpM1Function
{
    /// <summary>e to the x, less one, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return Saturating64(x);
        }
        if (!V.AllWithin(x, 40))
        {
            return Outside64(x);
        }
        var r = ExpFunction.Reduce64(x, out var n);
        return Scaled(r, ExpFunction.Rest64(x, n, r), ExpFunction.Quotient64(r), V.PowerOfTwo(-n), out _) * V.PowerOfTwo(n);
    }

    /// <summary>e to the x, less one, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return Saturating32(x);
        }
        if (!V.AllWithin(x, 40))
        {
            return Outside32(x);
        }
        var r = ExpFunction.Reduce32(x, out var n);
        return Scaled(r, ExpFunction.Rest32(x, n, r), ExpFunction.Quotient32(r), V.PowerOfTwo(-n), out _) * V.PowerOfTwo(n);
    }

    /// <summary>
    /// <c>(1 − unit) + r + rest + r²·q</c> where the unit is <c>2⁻ⁿ</c>, and what its last rounding lost.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scaled<V>(V r, V rest, V q, V unit, out V lost) where V : struct, ILane<V>
    {
        // The excess is zero or the larger of the two, so the error of its sum is exact. The signs are such that r = −0 gives −0.
        var excess = unit - 1;
        var high = r - excess;
        var error = (high + excess) - r - rest;
        var low = V.MultiplyAdd(-(r * r), q, error);
        var sum = high - low;
        lost = (high - sum) - low;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var limited = V.AtMost(V.AtLeast(x, -40), 710);
        var r = ExpFunction.Reduce64(limited, out var n);
        var unit = V.PowerOfTwo(V.AtLeast(-n, -1000));
        return V.ScaleByPowerOfTwo(Scaled(r, ExpFunction.Rest64(limited, n, r), ExpFunction.Quotient64(r), unit, out _), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var limited = V.AtMost(V.AtLeast(x, -40), 89);
        var r = ExpFunction.Reduce32(limited, out var n);
        var unit = V.PowerOfTwo(V.AtLeast(-n, -100));
        return V.ScaleByPowerOfTwo(Scaled(r, ExpFunction.Rest32(limited, n, r), ExpFunction.Quotient32(r), unit, out _), n);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> => Saturating64(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> => Saturating32(x);
}
