using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Hyperbolic tangent. Method: with <c>E = e^(2|x|) − 1</c> of <see cref="ExpM1Function"/>, <c>E/(E + 2)</c> below E = 2, corrected
/// by what E and E + 2 lost in rounding, and <c>1 − 2/(E + 2)</c> above; then the sign of x. Range: all;
/// zeros keep their sign. Max ULP, with and without fused multiply-add: 1.6.
/// </summary>
internal static class TanhFunction
{
    /// <summary>Hyperbolic tangent of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        // Beyond 20 the result is 1 to the last place.
        var magnitude = V.AtMost(V.Abs(x), 20);
        var twice = magnitude + magnitude;
        var r = ExpFunction.Reduce64(twice, out var n);
        var rest = ExpFunction.Rest64(twice, n, r);
        var scaled = ExpM1Function.Scaled(r, rest, ExpFunction.Quotient64(r), V.PowerOfTwo(-n), out var lost);
        var scale = V.PowerOfTwo(n);
        return V.CopySign(FromExpM1<V, double>(scaled * scale, lost * scale), x);
    }

    /// <summary>Hyperbolic tangent of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.AtMost(V.Abs(x), 10);
        var twice = magnitude + magnitude;
        var r = ExpFunction.Reduce32(twice, out var n);
        var rest = ExpFunction.Rest32(twice, n, r);
        var scaled = ExpM1Function.Scaled(r, rest, ExpFunction.Quotient32(r), V.PowerOfTwo(-n), out var lost);
        var scale = V.PowerOfTwo(n);
        return V.CopySign(FromExpM1<V, float>(scaled * scale, lost * scale), x);
    }

    /// <summary><c>E/(E + 2)</c> for E = e + lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V FromExpM1<V, T>(V e, V lost)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        var sum = e + 2;
        var quotient = V.AtMost(e, 2) / sum;
        // (e + lost)/(sum − excess) differs from the quotient by (lost + quotient·excess)/sum, and 1/sum is (1 − quotient)/2.
        var excess = (sum - 2) - e - lost;
        var error = V.MultiplyAdd(quotient, excess, lost);
        var corrected = V.MultiplyAdd(error, V.MultiplyAdd(-0.5, quotient, 0.5), quotient);
        return V.Select(V.LessThan(e, V.Constant(2)), corrected, 1 - quotient);
    }
}
