using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// What the rounding of a product lost, exactly, short of overflow and underflow: by one fused multiply-add, or without it from halves of
/// the factors (T. J. Dekker, A floating-point technique for extending the available precision, 1971), which must not be near the end of
/// the range.
/// </summary>
internal static class ProductError
{
    /// <summary>By which doubles are halved.</summary>
    public const double Splitter64 = 134217729;
    /// <summary>By which floats are halved.</summary>
    public const double Splitter32 = 4097;

    /// <summary><c>x·y − product</c>, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x, V y, V product) where V : struct, IHardwareLane<V, double> => Of(x, y, product, Splitter64);

    /// <summary><c>x·y − product</c>, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x, V y, V product) where V : struct, IHardwareLane<V, float> => Of(x, y, product, Splitter32);

    /// <summary><c>x·y − product</c>, of the type that has the splitter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x, V y, V product, double splitter) where V : struct, ILane<V>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return V.MultiplyAdd(x, y, -product);
        }
        return FromHalves(x, y, product, splitter);
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

    /// <summary><c>x + y·z</c> for a product near −x, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Plus64<V>(V x, V y, V z) where V : struct, IHardwareLane<V, double>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return V.MultiplyAdd(y, z, x);
        }
        var product = y * z;
        return (x + product) + FromHalves(y, z, product, Splitter64);
    }

    /// <summary><c>x + y·z</c> for a product near −x, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Plus32<V>(V x, V y, V z) where V : struct, IHardwareLane<V, float>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return V.MultiplyAdd(y, z, x);
        }
        var product = y * z;
        return (x + product) + FromHalves(y, z, product, Splitter32);
    }

    /// <summary>Mask of the doubles that may be factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V IsFactor64<V>(V x) where V : struct, IHardwareLane<V, double> =>
        Fma.IsSupported || AdvSimd.IsSupported ? V.Equal(x, x) : V.LessThan(V.Abs(x), V.Constant(1e299));

    /// <summary>Mask of the floats that may be factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V IsFactor32<V>(V x) where V : struct, IHardwareLane<V, float> =>
        Fma.IsSupported || AdvSimd.IsSupported ? V.Equal(x, x) : V.LessThan(V.Abs(x), V.Constant(1e34));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V FromHalves<V>(V x, V y, V product, double splitter) where V : struct, ILane<V>
    {
        V xShifted = x * splitter, yShifted = y * splitter;
        V xHigh = xShifted - (xShifted - x), yHigh = yShifted - (yShifted - y);
        V xLow = x - xHigh, yLow = y - yHigh;
        return (((xHigh * yHigh) - product) + (xHigh * yLow) + (xLow * yHigh)) + (xLow * yLow);
    }
}
