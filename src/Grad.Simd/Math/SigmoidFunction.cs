using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// The logistic function. Method: with <c>e = e^−|x|</c>, which never overflows, <c>1/(1 + e)</c> or <c>e/(1 + e)</c>, corrected by what the sum
/// lost: a small result is e divided by nearly one, not one minus nearly one. e is of <see cref="ExpFunction"/>'s reduction without a table, whose error is
/// less: in the left tail it is the result's. Range: all; underflow is gradual, NaN gives NaN. Max ULP, with and without fused multiply-add: 2.
/// </summary>
internal static class SigmoidFunction
{
    /// <summary>The logistic function of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var scaled = ExpFunction.Scaled64(V.AtLeast(-V.Abs(x), -746), out var n);
        return Of(x, V.ScaleByPowerOfTwo(scaled, n));
    }

    /// <summary>The logistic function of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var scaled = ExpFunction.Scaled32(V.AtLeast(-V.Abs(x), -104), out var n);
        return Of(x, V.ScaleByPowerOfTwo(scaled, n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Of<V>(V x, V e) where V : struct, ILane<V>
    {
        var isNegative = V.LessThan(x, V.Constant(0));
        var sum = 1 + e;
        var quotient = V.Select(isNegative, e, V.Constant(1)) / sum;

        // The sum is short of `lost`; its reciprocal is the sigmoid of |x|.
        var lost = e - (sum - 1);
        var reciprocal = V.Select(isNegative, 1 - quotient, quotient);
        return quotient - quotient * (lost * reciprocal);
    }
}
