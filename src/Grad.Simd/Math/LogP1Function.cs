using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Natural logarithm of one plus x. Method: with the shift of <c>1 + f = (1 + x)·2^shift</c> taken from the rounded sum,
/// <c>f = x·2^shift − (1 − 2^shift)</c>, rounded once, so that near zero f is x itself; then <see cref="LogFunction"/>'s sum. Range: all;
/// −1 gives −infinity, less gives NaN, and zeros keep their sign. Max ULP, with and without
/// fused multiply-add: 1.3, where 1 + x rounds up to 3/2 and the reduced argument is rounded once more; elsewhere below 1.05.
/// </summary>
internal static class LogP1Function
{
    private const double Least64 = 1e-16;
    private const double End64 = 1e300;
    private const double Least32 = 1e-8;
    private const double End32 = 1e38;

    /// <summary>Natural logarithm of one plus x, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.AllInRange(1 + x, Least64, End64))
        {
            return Outside64(x);
        }
        return Inside64(x);
    }

    /// <summary>Natural logarithm of one plus x, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.AllInRange(1 + x, Least32, End32))
        {
            return Outside32(x);
        }
        return Inside32(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        V.Significand(1 + x, out var shift);
        var scale = V.PowerOfTwo(shift);
        return LogFunction.Sum64(shift, V.MultiplyAdd(x, scale, -(1 - scale)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        V.Significand(1 + x, out var shift);
        var scale = V.PowerOfTwo(shift);
        return LogFunction.Sum32(shift, V.MultiplyAdd(x, scale, -(1 - scale)));
    }

    // Where the sum is huge the one does not show; where it is not positive the logarithm is exact: −infinity or NaN.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> =>
        V.Select(V.InRange(1 + x, Least64, End64), Inside64(x), LogFunction.Float64(1 + x));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> =>
        V.Select(V.InRange(1 + x, Least32, End32), Inside32(x), LogFunction.Float32(1 + x));
}
