using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Hyperbolic cosine. Method: <c>h + ¼/h</c> with <c>h = ½·e^|x|</c> by the reduction of <see cref="ExpFunction"/> without a table: near zero, where the sum's
/// parts are equal, their errors cancel. Range: all; overflow is the result's, NaN gives NaN. Max ULP, with and without fused multiply-add: 1.5.
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
        var power = ExpFunction.Scaled64(magnitude, out var n);
        return WithInverse(power * V.PowerOfTwo(n - 1));
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
        var power = ExpFunction.Scaled32(magnitude, out var n);
        return WithInverse(power * V.PowerOfTwo(n - 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithInverse<V>(V half) where V : struct, ILane<V> => half + (0.25 / half);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var power = ExpFunction.Scaled64(V.AtMost(V.Abs(x), 711), out var n);
        return WithInverse(V.ScaleByPowerOfTwo(power, n - 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var power = ExpFunction.Scaled32(V.AtMost(V.Abs(x), 90), out var n);
        return WithInverse(V.ScaleByPowerOfTwo(power, n - 1));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> => Saturating64(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> => Saturating32(x);
}
