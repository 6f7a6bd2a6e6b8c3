using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Inverse hyperbolic tangent. Method: of the magnitude a half the logarithm of <c>1 + z</c> by <see cref="LogP1Function"/>, with <c>z = 2a + 2a·a/(1 − a)</c>, whose
/// quotient counts little where a is small. Range: [−1, 1], infinite at the ends, NaN beyond; zeros keep their sign. Max ULP, with and without fused multiply-add: 2.
/// </summary>
internal static class AtanhFunction
{
    /// <summary>Inverse hyperbolic tangent of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.AllWithin(x, 1))
        {
            return Outside64(x);
        }
        return Inside64(x);
    }

    /// <summary>Inverse hyperbolic tangent of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.AllWithin(x, 1))
        {
            return Outside32(x);
        }
        return Inside32(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var a = V.Abs(x);
        var twice = a + a;
        return V.CopySign(0.5 * LogP1Function.Inside64(V.MultiplyAdd(twice, a / (1 - a), twice)), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var a = V.Abs(x);
        var twice = a + a;
        return V.CopySign(0.5 * LogP1Function.Inside32(V.MultiplyAdd(twice, a / (1 - a), twice)), x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var a = V.Abs(x);
        var ends = V.Select(V.Equal(a, V.Constant(1)), V.CopySign(V.Constant(double.PositiveInfinity), x), V.Constant(double.NaN));
        return V.Select(V.LessThan(a, V.Constant(1)), Inside64(x), ends);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var a = V.Abs(x);
        var ends = V.Select(V.Equal(a, V.Constant(1)), V.CopySign(V.Constant(double.PositiveInfinity), x), V.Constant(double.NaN));
        return V.Select(V.LessThan(a, V.Constant(1)), Inside32(x), ends);
    }
}
