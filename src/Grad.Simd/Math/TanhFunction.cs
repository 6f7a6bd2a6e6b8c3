using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Hyperbolic tangent. Method: with <c>E = e^(2|x|) − 1</c> of <see cref="ExpM1Function"/>, <c>E/(E + 2)</c> below E = 2, corrected
/// by what E and E + 2 lost in rounding, and <c>1 − 2/(E + 2)</c> above; then the sign of x. Range: all;
/// zeros keep their sign. Max ULP, with and without fused multiply-add: 1.7.
/// </summary>
internal static class TanhFunction
{
    /// <summary>Hyperbolic tangent of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        // Beyond 20 the result is 1 to the last place.
        var magnitude = V.Clamp(V.Abs(x), 0, 20);
        var r = ExpFunction.Reduce64(magnitude + magnitude, out var n);
        var scaled = ExpM1Function.Scaled(r, ExpFunction.Quotient64(r), 1 - V.PowerOfTwo(-n), out var lost);
        var scale = V.PowerOfTwo(n);
        return V.CopySign(FromExpM1(scaled * scale, lost * scale), x);
    }

    /// <summary>Hyperbolic tangent of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Clamp(V.Abs(x), 0, 10);
        var r = ExpFunction.Reduce32(magnitude + magnitude, out var n);
        var scaled = ExpM1Function.Scaled(r, ExpFunction.Quotient32(r), 1 - V.PowerOfTwo(-n), out var lost);
        var scale = V.PowerOfTwo(n);
        return V.CopySign(FromExpM1(scaled * scale, lost * scale), x);
    }

    /// <summary><c>E/(E + 2)</c> for E = e + lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V FromExpM1<V>(V e, V lost) where V : struct, ILane<V>
    {
        var two = V.Constant(2);
        var small = V.LessThan(e, two);
        var sum = e + two;
        var quotient = V.Select(small, e, two) / sum;
        // The quotient's error is (lost − quotient·(what the sum lost + lost)) / sum, and 1/sum is (1 − quotient)/2.
        var lostBySum = (two - sum) + e + lost;
        var correction = (lost - quotient * lostBySum) * V.MultiplyAdd(quotient, V.Constant(-0.5), V.Constant(0.5));
        return V.Select(small, quotient + correction, 1 - quotient);
    }
}
