using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// What the rounding of a product lost. By a fused multiply-add where there is one, else by Dekker's splitting of both factors
/// (T. J. Dekker, A floating-point technique for extending the available precision, 1971), which needs factors that are not near the end of the range.
/// </summary>
internal static class ExactProduct
{
    private const double Splitter64 = 134217729;
    private const double Splitter32 = 4097;

    /// <summary><c>x·y − product</c> for the rounded product, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Error64<V>(V x, V y, V product) where V : struct, IHardwareLane<V, double>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return V.MultiplyAdd(x, y, -product);
        }
        return BySplitting(x, y, product, Splitter64);
    }

    /// <summary><c>x·y − product</c> for the rounded product, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Error32<V>(V x, V y, V product) where V : struct, IHardwareLane<V, float>
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return V.MultiplyAdd(x, y, -product);
        }
        return BySplitting(x, y, product, Splitter32);
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
    private static V BySplitting<V>(V x, V y, V product, double splitter) where V : struct, ILane<V>
    {
        var scaledX = x * splitter;
        var highX = scaledX - (scaledX - x);
        var lowX = x - highX;
        var scaledY = y * splitter;
        var highY = scaledY - (scaledY - y);
        var lowY = y - highY;
        return ((highX * highY - product) + highX * lowY + lowX * highY) + lowX * lowY;
    }
}
