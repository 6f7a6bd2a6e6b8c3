using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Natural logarithm of one plus x. Method: with the exponent n and the c of <see cref="LogFunction"/> taken from the rounded sum,
/// <c>r = x·(c·2⁻ⁿ) − (1 − c·2⁻ⁿ)</c>, rounded once, so that near zero r is x itself; then that function's sum, with the error of its first addition. Range: all;
/// −1 gives −infinity, less gives NaN, and zeros keep their sign. Max ULP, with and without fused multiply-add: 1.
/// </summary>
internal static class LogP1Function
{
    private const double Least64 = 1e-16;
    private const double End64 = 1e299;
    private const double Least32 = 1e-8;
    private const double End32 = 1e34;

    /// <summary>Natural logarithm of one plus x, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.AllInRange(1 + x, Least64, End64))
        {
            return Outside64(x);
        }
        return V.CopySign(Inside64(x), x);
    }

    /// <summary>Natural logarithm of one plus x, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.AllInRange(1 + x, Least32, End32))
        {
            return Outside32(x);
        }
        return V.CopySign(Inside32(x), x);
    }

    /// <summary>Natural logarithm of one plus x, of doubles from −1 on, up to 10²⁹⁹; the sign of zero is lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Inside64<V>(V x) where V : struct, IHardwareLane<V, double> => Parts64(x, out var low, out _) + low;

    /// <summary>The same of one plus x plus what is small beside x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Inside64<V>(V x, V rest) where V : struct, IHardwareLane<V, double> =>
        Parts64(x, out var low, out var scale) + V.MultiplyAdd(rest, scale, low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Parts64<V>(V x, out V low, out V scale) where V : struct, IHardwareLane<V, double>
    {
        var sum = 1 + x;
        V.Mantissa(sum, out var n);
        var eighth = V.Eighth(sum);
        scale = V.LessExponent(V.LookUp<LogReciprocals>(eighth), sum);
        return LogFunction.OfRoundedExcess64(ProductError.Plus64(scale - 1, x, scale), n, eighth, out low);
    }

    /// <summary>Natural logarithm of one plus x, of floats from −1 on, up to 10³⁴; the sign of zero is lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Inside32<V>(V x) where V : struct, IHardwareLane<V, float> => Parts32(x, out var low, out _) + low;

    /// <summary>The same of one plus x plus what is small beside x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Inside32<V>(V x, V rest) where V : struct, IHardwareLane<V, float> =>
        Parts32(x, out var low, out var scale) + V.MultiplyAdd(rest, scale, low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Parts32<V>(V x, out V low, out V scale) where V : struct, IHardwareLane<V, float>
    {
        var sum = 1 + x;
        V.Mantissa(sum, out var n);
        var eighth = V.Eighth(sum);
        scale = V.LessExponent(V.LookUp<LogReciprocals>(eighth), sum);
        return LogFunction.OfRoundedExcess32(ProductError.Plus32(scale - 1, x, scale), n, eighth, out low);
    }

    // Where the sum is huge the one does not show; where it is not positive the logarithm is exact: −infinity or NaN.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> =>
        V.Select(V.InRange(1 + x, Least64, End64), V.CopySign(Inside64(x), x), LogFunction.Float64(1 + x));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> =>
        V.Select(V.InRange(1 + x, Least32, End32), V.CopySign(Inside32(x), x), LogFunction.Float32(1 + x));
}
