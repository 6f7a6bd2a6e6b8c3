using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// e to the x, less one. Method: with the n, r and q of <see cref="ExpFunction"/>, <c>2ⁿ·((1 − 2⁻ⁿ) + r + r²·q(r))</c>, the first
/// sum kept in two parts; near zero n is 0 and nothing cancels. Range: all; −1 from −40 down, infinity from 709.8 (88.8) up; zeros
/// keep their sign. Max ULP, with and without fused multiply-add: 1.7 (double), 1.3 (float).
/// </summary>
internal static class ExpM1Function
{
    /// <summary>e to the x, less one, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (V.PrefersBranchFree)
        {
            return Saturating64(x);
        }
        if (!V.All(V.LessThan(V.Abs(x), V.Constant(40))))
        {
            return Outside64(x);
        }
        var r = ExpFunction.Reduce64(x, out var n);
        var scaled = Scaled(r, ExpFunction.Quotient64(r), 1 - V.PowerOfTwo(-n), out _);
        return V.CopySign(scaled * V.PowerOfTwo(n), x);
    }

    /// <summary>e to the x, less one, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (V.PrefersBranchFree)
        {
            return Saturating32(x);
        }
        if (!V.All(V.LessThan(V.Abs(x), V.Constant(40))))
        {
            return Outside32(x);
        }
        var r = ExpFunction.Reduce32(x, out var n);
        var scaled = Scaled(r, ExpFunction.Quotient32(r), 1 - V.PowerOfTwo(-n), out _);
        return V.CopySign(scaled * V.PowerOfTwo(n), x);
    }

    /// <summary>
    /// <c>c + r + r²·q</c> where c is <c>1 − 2⁻ⁿ</c>, and what its last rounding lost.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scaled<V>(V r, V q, V c, out V lost) where V : struct, ILane<V>
    {
        // c is zero or the larger of the two, so this sum's error is exact.
        var high = c + r;
        var low = V.MultiplyAdd(r * r, q, (c - high) + r);
        var sum = high + low;
        lost = (high - sum) + low;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var r = ExpFunction.Reduce64(V.Clamp(x, -40, 710), out var n);
        var scaled = Scaled(r, ExpFunction.Quotient64(r), 1 - V.PowerOfTwo(V.Clamp(-n, -1000, 1000)), out _);
        return V.CopySign(V.ScaleByPowerOfTwo(scaled, n), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var r = ExpFunction.Reduce32(V.Clamp(x, -40, 89), out var n);
        var scaled = Scaled(r, ExpFunction.Quotient32(r), 1 - V.PowerOfTwo(V.Clamp(-n, -100, 100)), out _);
        return V.CopySign(V.ScaleByPowerOfTwo(scaled, n), x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> => Saturating64(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> => Saturating32(x);
}
