using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Inverse hyperbolic tangent. Method: <c>½·log((1 + a)/(1 − a))</c> of the magnitude a, the quotient in two parts, by the sum of
/// <see cref="LogFunction"/>; below 3/16 its argument less one is <c>2a/(1 − a)</c>. Range: [−1, 1], infinite at the ends, NaN beyond; zeros keep
/// their sign. Max ULP, with and without fused multiply-add: 1.
/// </summary>
internal static class AtanhFunction
{
    /// <summary>Inverse hyperbolic tangent of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        var near = V.LessThan(magnitude, V.Constant(0.1875));

        // (1 + a)/(1 − a), or near zero what it exceeds 1 by: the quotient and its rest.
        var divisor = 1 - magnitude;
        var divisorRest = (1 - divisor) - magnitude;
        var sum = 1 + magnitude;
        var dividend = V.Select(near, magnitude + magnitude, sum);
        var dividendRest = V.Select(near, V.Constant(0), magnitude - (sum - 1));
        var inverse = 1 / divisor;
        var quotient = dividend * inverse;
        quotient = V.MultiplyAdd(ProductError.Less64(dividend, quotient, divisor), inverse, quotient);
        var rest = (ProductError.Less64(dividend, quotient, divisor) + dividendRest - quotient * divisorRest) * inverse;

        var m = V.Significand(V.Select(near, V.Constant(1), quotient), out var shift);
        var f = V.Select(near, quotient, m - 1);
        rest *= V.PowerOfTwo(shift);
        var result = V.CopySign(0.5 * LogFunction.Sum64(shift, f, rest), x);
        var ends = V.Select(V.Equal(magnitude, V.Constant(1)), V.CopySign(V.Constant(double.PositiveInfinity), x), V.Constant(double.NaN));
        return V.Select(V.LessThan(magnitude, V.Constant(1)), result, ends);
    }

    /// <summary>Inverse hyperbolic tangent of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(x);
        var near = V.LessThan(magnitude, V.Constant(0.1875));

        // (1 + a)/(1 − a), or near zero what it exceeds 1 by: the quotient and its rest.
        var divisor = 1 - magnitude;
        var divisorRest = (1 - divisor) - magnitude;
        var sum = 1 + magnitude;
        var dividend = V.Select(near, magnitude + magnitude, sum);
        var dividendRest = V.Select(near, V.Constant(0), magnitude - (sum - 1));
        var inverse = 1 / divisor;
        var quotient = dividend * inverse;
        quotient = V.MultiplyAdd(ProductError.Less32(dividend, quotient, divisor), inverse, quotient);
        var rest = (ProductError.Less32(dividend, quotient, divisor) + dividendRest - quotient * divisorRest) * inverse;

        var m = V.Significand(V.Select(near, V.Constant(1), quotient), out var shift);
        var f = V.Select(near, quotient, m - 1);
        rest *= V.PowerOfTwo(shift);
        var result = V.CopySign(0.5 * LogFunction.Sum32(shift, f, rest), x);
        var ends = V.Select(V.Equal(magnitude, V.Constant(1)), V.CopySign(V.Constant(double.PositiveInfinity), x), V.Constant(double.NaN));
        return V.Select(V.LessThan(magnitude, V.Constant(1)), result, ends);
    }
}
