using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Inverse hyperbolic cosine. Method: the logarithm of <c>1 + z</c> by <see cref="LogP1Function"/>, with <c>z = t + √(2t + t²)</c>, what its rounding lost, and <c>t = x − 1</c>, so that
/// the zero at 1 keeps full relative accuracy; from 10¹⁵⁰ (10¹⁸) on that of 2x. Range: from 1 on, NaN below. Max ULP, with and without fused multiply-add: 2.
/// </summary>
internal static class AcoshFunction
{
    private const double Large64 = 1e150;
    private const double Large32 = 1e18;

    /// <summary>Inverse hyperbolic cosine of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.AllInRange(x, 1, Large64))
        {
            return Outside64(x);
        }
        return Inside64(x);
    }

    /// <summary>Inverse hyperbolic cosine of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.AllInRange(x, 1, Large32))
        {
            return Outside32(x);
        }
        return Inside32(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var t = x - 1;
        var root = V.Sqrt(V.MultiplyAdd(t, t, t + t));
        var z = root + t;
        return LogP1Function.Inside64(z, (root - z) + t);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var t = x - 1;
        var root = V.Sqrt(V.MultiplyAdd(t, t, t + t));
        var z = root + t;
        return LogP1Function.Inside32(z, (root - z) + t);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var result = V.Select(V.LessThan(x, V.Constant(Large64)), Inside64(x), LogFunction.OfTwice64(x));
        result = V.Select(V.LessThan(x, V.Constant(double.PositiveInfinity)), result, x);
        return V.Select(V.LessThan(x, V.Constant(1)), V.Constant(double.NaN), result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var result = V.Select(V.LessThan(x, V.Constant(Large32)), Inside32(x), LogFunction.OfTwice32(x));
        result = V.Select(V.LessThan(x, V.Constant(double.PositiveInfinity)), result, x);
        return V.Select(V.LessThan(x, V.Constant(1)), V.Constant(double.NaN), result);
    }
}
