using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Densities of the standard normal and of the error function. Method: <see cref="ExpFunction"/> of the exponent, squared in two parts, so
/// that its rounding does not reach the tail. Range: all. Max ULP, with and without fused multiply-add: 3.1.
/// </summary>
internal static class GaussianFunction
{
    /// <summary><c>e^(−x²/2)/√(2π)</c>, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        // Zero from the limit on.
        var limited = V.AtMost(V.Abs(x), 40);
        var half = limited * 0.5;
        var square = half * limited;
        return Scaled(V.Exp(-square), ProductError.Float64(half, limited, square), 0.3989422804014327);
    }

    /// <summary><c>2/√π·e^(−x²)</c>, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ErfFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var limited = V.AtMost(V.Abs(x), 28);
        var square = limited * limited;
        return Scaled(V.Exp(-square), ProductError.Float64(limited, limited, square), 1.1283791670955126);
    }

    /// <summary><c>e^(−x²/2)/√(2π)</c>, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        // Zero from the limit on.
        var limited = V.AtMost(V.Abs(x), 40);
        var half = limited * 0.5;
        var square = half * limited;
        return Scaled(V.Exp(-square), ProductError.Float32(half, limited, square), 0.3989422917366028);
    }

    /// <summary><c>2/√π·e^(−x²)</c>, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ErfFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var limited = V.AtMost(V.Abs(x), 28);
        var square = limited * limited;
        return Scaled(V.Exp(-square), ProductError.Float32(limited, limited, square), 1.128379225730896);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled<V>(V power, V squareRest, double factor) where V : struct, ILane<V> =>
        factor * V.MultiplyAdd(-power, squareRest, power);
}
