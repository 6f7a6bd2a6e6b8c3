using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// What the rounding of a product lost, exactly, short of overflow and underflow: by one fused multiply-add, or without it from halves of
/// the factors (Dekker).
/// </summary>
internal static class ProductError
{
    private const double Splitter64 = 134217729;
    private const double Splitter32 = 4097;

    /// <summary><c>x·y − product</c>, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x, V y, V product) where V : struct, IHardwareLane<V, double>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return V.MultiplyAdd(x, y, -product);
        }
        return FromHalves(x, y, product, Splitter64);
    }

    /// <summary><c>x·y − product</c>, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x, V y, V product) where V : struct, IHardwareLane<V, float>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return V.MultiplyAdd(x, y, -product);
        }
        return FromHalves(x, y, product, Splitter32);
    }

    /// <summary><c>x − y·z</c> for a product near x, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Less64<V>(V x, V y, V z) where V : struct, IHardwareLane<V, double>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return V.MultiplyAdd(-y, z, x);
        }
        var product = y * z;
        return (x - product) - FromHalves(y, z, product, Splitter64);
    }

    /// <summary><c>x − y·z</c> for a product near x, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Less32<V>(V x, V y, V z) where V : struct, IHardwareLane<V, float>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return V.MultiplyAdd(-y, z, x);
        }
        var product = y * z;
        return (x - product) - FromHalves(y, z, product, Splitter32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V FromHalves<V>(V x, V y, V product, double splitter) where V : struct, ILane<V>
    {
        V xShifted = x * splitter, yShifted = y * splitter;
        V xHigh = xShifted - (xShifted - x), yHigh = yShifted - (yShifted - y);
        V xLow = x - xHigh, yLow = y - yHigh;
        return (((xHigh * yHigh) - product) + (xHigh * yLow) + (xLow * yHigh)) + (xLow * yLow);
    }
}
