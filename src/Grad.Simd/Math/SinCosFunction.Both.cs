using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <content>Both at once: one test of the range for the two.</content>
internal static partial class SinCosFunction
{
    /// <summary>Sine and cosine of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x, out V cosine) where V : struct, IHardwareLane<V, double>
    {
        // Two calls that give values: the address of a result would keep it in memory.
        if (!V.AllWithin(x, Reach64))
        {
            cosine = AnyCos64(x);
            return AnySin64(x);
        }

        var r = Angle64(V.Abs(x), out var n);
        var p = Series64(r, out var square, out var q);
        V y = V.LookUp<EighthSines>(n), c = V.LookUp<EighthCosines>(n);
        var sine = Sum<V, double>(y, c * r, square, p, q);
        cosine = Sum<V, double>(c, -y * r, square, p, q);
        var sign = V.FourthBitToSign(n);
        cosine = V.FlipSign(cosine, sign);
        return V.FlipSign(V.FlipSign(sine, sign), x);
    }

    /// <summary>Sine and cosine of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x, out V cosine) where V : struct, IHardwareLane<V, float>
    {
        // Two calls that give values: the address of a result would keep it in memory.
        if (!V.AllWithin(x, Reach32))
        {
            cosine = AnyCos32(x);
            return AnySin32(x);
        }

        var r = Angle32(V.Abs(x), out var n);
        var p = Series32(r, out var square, out var q);
        V y = V.LookUp<EighthSines>(n), c = V.LookUp<EighthCosines>(n);
        var sine = Sum<V, float>(y, c * r, square, p, q);
        cosine = Sum<V, float>(c, -y * r, square, p, q);
        var sign = V.FourthBitToSign(n);
        cosine = V.FlipSign(cosine, sign);
        return V.FlipSign(V.FlipSign(sine, sign), x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V AnySin64<V>(V x) where V : struct, IHardwareLane<V, double> => SinFloat64(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V AnyCos64<V>(V x) where V : struct, IHardwareLane<V, double> => CosFloat64(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V AnySin32<V>(V x) where V : struct, IHardwareLane<V, float> => SinFloat32(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V AnyCos32<V>(V x) where V : struct, IHardwareLane<V, float> => CosFloat32(x);
}
