using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Complementary error function, normal distribution function Φ, and x·Φ(x). Method: with the m of <see cref="ErfcTail"/>, <c>erfc z = e^(−z²)·m(z)</c> and
/// <c>Φ(−x) = e^(−x²/2)·m(x)</c>; left of zero what is left to 2, right of zero to 1. The exponent is squared in two parts, so that its rounding does not reach the tail. Range: all; full
/// relative accuracy in the tail down to the subnormals. Max ULP, with and without fused multiply-add: erfc 2, Φ 2, x·Φ(x) 3.2.
/// </summary>
internal static class ErfcFunction
{
    // Beyond the tail is zero.
    private const double End64 = 27.3;
    private const double End32 = 10.17;
    private const double NormalEnd64 = 38.6;
    private const double NormalEnd32 = 14.42;

    /// <summary>Complementary error function of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return Saturating64(x);
        }
        if (!V.AllWithin(x, 26))
        {
            return Outside64(x);
        }
        return Whole(x, Tail64(V.Abs(x), out var n) * V.PowerOfTwo(n));
    }

    /// <summary>Normal distribution function of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalCdfFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return SaturatingNormalCdf64(x);
        }
        if (!V.AllWithin(x, 37))
        {
            return OutsideNormalCdf64(x);
        }
        return NormalWhole(x, NormalTail64(V.Abs(x), out var n) * V.PowerOfTwo(n));
    }

    /// <summary>Complementary error function of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return Saturating32(x);
        }
        if (!V.AllWithin(x, 8.9))
        {
            return Outside32(x);
        }
        return Whole(x, Tail32(V.Abs(x), out var n) * V.PowerOfTwo(n));
    }

    /// <summary>Normal distribution function of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalCdfFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return SaturatingNormalCdf32(x);
        }
        if (!V.AllWithin(x, 12.6))
        {
            return OutsideNormalCdf32(x);
        }
        return NormalWhole(x, NormalTail32(V.Abs(x), out var n) * V.PowerOfTwo(n));
    }

    /// <summary>x·Φ(x) of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GeluFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return SaturatingGelu64(x);
        }
        if (!V.AllWithin(x, 37))
        {
            return OutsideGelu64(x);
        }
        return x * NormalWhole(x, NormalTail64(V.Abs(x), out var n) * V.PowerOfTwo(n));
    }

    /// <summary>x·Φ(x) of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GeluFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return SaturatingGelu32(x);
        }
        if (!V.AllWithin(x, 12.6))
        {
            return OutsideGelu32(x);
        }
        return x * NormalWhole(x, NormalTail32(V.Abs(x), out var n) * V.PowerOfTwo(n));
    }

    /// <summary>The tail right of zero, 2 less the tail left of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Whole<V>(V x, V tail) where V : struct, ILane<V> => V.Select(V.LessThan(x, V.Constant(0)), 2 - tail, tail);

    /// <summary>The tail left of zero, 1 less the tail right of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NormalWhole<V>(V x, V tail) where V : struct, ILane<V> => V.Select(V.LessThan(V.Constant(0), x), 1 - tail, tail);

    /// <summary>erfc z = 2ⁿ times the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Tail64<V>(V z, out V n) where V : struct, IHardwareLane<V, double>
    {
        var square = z * z;
        var power = ExpFunction.LessOne64(-square, ProductError.Float64(z, z, square), out n);
        return ErfcTail.Product(ErfcTail.Smooth64(z, out var step), step, power);
    }

    /// <summary>Φ(−x) = 2ⁿ times the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NormalTail64<V>(V x, out V n) where V : struct, IHardwareLane<V, double>
    {
        var half = x * 0.5;
        var square = half * x;
        var power = ExpFunction.LessOne64(-square, ProductError.Float64(half, x, square), out n);
        return ErfcTail.Product(ErfcTail.Normal64(x, out var step), step, power);
    }

    /// <summary>erfc z = 2ⁿ times the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Tail32<V>(V z, out V n) where V : struct, IHardwareLane<V, float>
    {
        var square = z * z;
        var power = ExpFunction.LessOne32(-square, ProductError.Float32(z, z, square), out n);
        return ErfcTail.Product(ErfcTail.Smooth32(z, out var step), step, power);
    }

    /// <summary>Φ(−x) = 2ⁿ times the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NormalTail32<V>(V x, out V n) where V : struct, IHardwareLane<V, float>
    {
        var half = x * 0.5;
        var square = half * x;
        var power = ExpFunction.LessOne32(-square, ProductError.Float32(half, x, square), out n);
        return ErfcTail.Product(ErfcTail.Normal32(x, out var step), step, power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var tail = Tail64(V.AtMost(V.Abs(x), End64), out var n);
        return Whole(x, V.ScaleByPowerOfTwo(tail, n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SaturatingNormalCdf64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var tail = NormalTail64(V.AtMost(V.Abs(x), NormalEnd64), out var n);
        return NormalWhole(x, V.ScaleByPowerOfTwo(tail, n));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> => Saturating64(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideNormalCdf64<V>(V x) where V : struct, IHardwareLane<V, double> => SaturatingNormalCdf64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var tail = Tail32(V.AtMost(V.Abs(x), End32), out var n);
        return Whole(x, V.ScaleByPowerOfTwo(tail, n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SaturatingNormalCdf32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var tail = NormalTail32(V.AtMost(V.Abs(x), NormalEnd32), out var n);
        return NormalWhole(x, V.ScaleByPowerOfTwo(tail, n));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> => Saturating32(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideNormalCdf32<V>(V x) where V : struct, IHardwareLane<V, float> => SaturatingNormalCdf32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SaturatingGelu64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        // Left of zero scaled last, so that only the product underflows.
        var limited = V.AtLeast(x, -NormalEnd64);
        var tail = NormalTail64(V.AtMost(V.Abs(x), NormalEnd64), out var n);
        var product = x * NormalWhole(x, V.ScaleByPowerOfTwo(tail, n));
        return V.Select(V.LessThan(x, V.Constant(-1)), V.ScaleByPowerOfTwo(limited * tail, n), product);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideGelu64<V>(V x) where V : struct, IHardwareLane<V, double> => SaturatingGelu64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SaturatingGelu32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        // Left of zero scaled last, so that only the product underflows.
        var limited = V.AtLeast(x, -NormalEnd32);
        var tail = NormalTail32(V.AtMost(V.Abs(x), NormalEnd32), out var n);
        var product = x * NormalWhole(x, V.ScaleByPowerOfTwo(tail, n));
        return V.Select(V.LessThan(x, V.Constant(-1)), V.ScaleByPowerOfTwo(limited * tail, n), product);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideGelu32<V>(V x) where V : struct, IHardwareLane<V, float> => SaturatingGelu32(x);
}
