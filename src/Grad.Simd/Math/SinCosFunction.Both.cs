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
        if (!V.AllWithin(x, Limit64))
        {
            cosine = AnyCos64(x);
            return AnySin64(x);
        }

        cosine = Cos64(x);
        return Sin64(x);
    }

    /// <summary>Sine and cosine of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x, out V cosine) where V : struct, IHardwareLane<V, float>
    {
        // Two calls that give values: the address of a result would keep it in memory.
        if (!V.AllWithin(x, Limit32))
        {
            cosine = AnyCos32(x);
            return AnySin32(x);
        }

        cosine = Cos32(x);
        return Sin32(x);
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
