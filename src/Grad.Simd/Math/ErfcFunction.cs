using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Complementary error function, normal distribution function Φ, and x·Φ(x). Method: in the middle, where erfc z is above ½, <c>1 − z·(2/√π + z²·q(z²))</c>,
/// q minimax of degree 7 (double, relative error 2⁻⁶⁰) or 3 (float, 2⁻³¹) by Remez exchange; beyond, with the m of <see cref="ErfcTail"/>,
/// <c>erfc z = e^(−z²)·m(z)</c> and <c>Φ(−x) = ½·e^(−x²/2)·m(x/√2)</c>; on the other side what is left to 2 and to 1. The exponent is squared in two parts, so
/// that its rounding does not reach the tail. Range: all; full relative accuracy in the tail down to the subnormals. Max ULP, with and without fused
/// multiply-add: erfc 2.3, Φ 2.5, x·Φ(x) 3.2.
/// </summary>
internal static class ErfcFunction
{
    // Below the middle's end erfc is above ½.
    private const double Middle = 0.4765;
    private const double NormalMiddle = 0.6738;
    private const double HalfOfRoot = 0.35355339059327379;

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
        var magnitude = V.Abs(x);
        return Whole64(x, magnitude, Tail64(magnitude, out var n) * V.PowerOfTwo(n));
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
        var magnitude = V.Abs(x);
        return NormalWhole64(x, magnitude, NormalTail64(magnitude, out var n) * V.PowerOfTwo(n));
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
        var magnitude = V.Abs(x);
        return Whole32(x, magnitude, Tail32(magnitude, out var n) * V.PowerOfTwo(n));
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
        var magnitude = V.Abs(x);
        return NormalWhole32(x, magnitude, NormalTail32(magnitude, out var n) * V.PowerOfTwo(n));
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
        var magnitude = V.Abs(x);
        return x * NormalWhole64(x, magnitude, NormalTail64(magnitude, out var n) * V.PowerOfTwo(n));
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
        var magnitude = V.Abs(x);
        return x * NormalWhole32(x, magnitude, NormalTail32(magnitude, out var n) * V.PowerOfTwo(n));
    }

    /// <summary>The tail right of the middle, 2 less the tail left of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Whole64<V>(V x, V magnitude, V tail) where V : struct, IHardwareLane<V, double> =>
        V.Below(magnitude, Middle, 1 - V.FlipSign(magnitude * Erf64(magnitude * magnitude), x), V.Select(V.LessThan(x, V.Constant(0)), 2 - tail, tail));

    /// <summary>The tail left of the middle, 1 less the tail right of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NormalWhole64<V>(V x, V magnitude, V tail) where V : struct, IHardwareLane<V, double>
    {
        var middle = 0.5 + V.FlipSign(magnitude * HalfOfRoot * Erf64(magnitude * 0.5 * magnitude), x);
        return V.Below(magnitude, NormalMiddle, middle, V.Select(V.LessThan(V.Constant(0), x), 1 - tail, tail));
    }

    /// <summary>The tail right of the middle, 2 less the tail left of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Whole32<V>(V x, V magnitude, V tail) where V : struct, IHardwareLane<V, float> =>
        V.Below(magnitude, Middle, 1 - V.FlipSign(magnitude * Erf32(magnitude * magnitude), x), V.Select(V.LessThan(x, V.Constant(0)), 2 - tail, tail));

    /// <summary>The tail left of the middle, 1 less the tail right of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NormalWhole32<V>(V x, V magnitude, V tail) where V : struct, IHardwareLane<V, float>
    {
        var middle = 0.5 + V.FlipSign(magnitude * HalfOfRoot * Erf32(magnitude * 0.5 * magnitude), x);
        return V.Below(magnitude, NormalMiddle, middle, V.Select(V.LessThan(V.Constant(0), x), 1 - tail, tail));
    }

    /// <summary><c>erf(z)/z</c> in the middle, given z².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Erf64<V>(V s) where V : struct, IHardwareLane<V, double>
    {
        var s2 = s * s;
        var q = Polynomial.Cubic(s, s2, -0.0008548300734384434, 0.00012053516072210293, -1.4851323960469952e-05, 1.4791266699304107e-06);
        q = V.MultiplyAdd(q, s2 * s2, Polynomial.Cubic(s, s2, -0.3761263890318349, 0.11283791670926875, -0.02686617063390239, 0.005223977398298041));
        return V.MultiplyAdd(s, q, 1.1283791670955126);
    }

    /// <summary><c>erf(z)/z</c> in the middle, given z².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Erf32<V>(V s) where V : struct, IHardwareLane<V, float> =>
        V.MultiplyAdd(
            s,
            Polynomial.Cubic(s, s * s, -0.37612611055374146, 0.11282867193222046, -0.026761719956994057, 0.004731553606688976),
            1.1283791670955126);

    /// <summary>erfc z = 2ⁿ times the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tail64<V>(V z, out V n) where V : struct, IHardwareLane<V, double>
    {
        var square = z * z;
        return ErfcTail.Product64(ErfcTail.Smooth64(z, V.Constant(0), out var rest), rest, square, ProductError.Float64(z, z, square), out n);
    }

    /// <summary>Φ(−x) = 2ⁿ times the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NormalTail64<V>(V x, out V n) where V : struct, IHardwareLane<V, double>
    {
        var m = ErfcTail.SmoothOverRoot64(x, out var rest);
        var half = x * 0.5;
        var square = half * x;
        return ErfcTail.Product64(m, rest, square, ProductError.Float64(half, x, square), out n) * 0.5;
    }

    /// <summary>erfc z = 2ⁿ times the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tail32<V>(V z, out V n) where V : struct, IHardwareLane<V, float>
    {
        var square = z * z;
        return ErfcTail.Product32(ErfcTail.Smooth32(z, V.Constant(0), out var rest), rest, square, ProductError.Float32(z, z, square), out n);
    }

    /// <summary>Φ(−x) = 2ⁿ times the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NormalTail32<V>(V x, out V n) where V : struct, IHardwareLane<V, float>
    {
        var m = ErfcTail.SmoothOverRoot32(x, out var rest);
        var half = x * 0.5;
        var square = half * x;
        return ErfcTail.Product32(m, rest, square, ProductError.Float32(half, x, square), out n) * 0.5;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        // Beyond the limit the tail is zero.
        var magnitude = V.AtMost(V.Abs(x), 27.4);
        var tail = Tail64(magnitude, out var n);
        return Whole64(x, magnitude, V.ScaleByPowerOfTwo(tail, n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SaturatingNormalCdf64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.AtMost(V.Abs(x), 38.7);
        var tail = NormalTail64(magnitude, out var n);
        return NormalWhole64(x, magnitude, V.ScaleByPowerOfTwo(tail, n));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> => Saturating64(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideNormalCdf64<V>(V x) where V : struct, IHardwareLane<V, double> => SaturatingNormalCdf64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        // Beyond the limit the tail is zero.
        var magnitude = V.AtMost(V.Abs(x), 10.15);
        var tail = Tail32(magnitude, out var n);
        return Whole32(x, magnitude, V.ScaleByPowerOfTwo(tail, n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SaturatingNormalCdf32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.AtMost(V.Abs(x), 14.3);
        var tail = NormalTail32(magnitude, out var n);
        return NormalWhole32(x, magnitude, V.ScaleByPowerOfTwo(tail, n));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> => Saturating32(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideNormalCdf32<V>(V x) where V : struct, IHardwareLane<V, float> => SaturatingNormalCdf32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SaturatingGelu64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        // Left of zero scaled last, so that only the product underflows.
        var limited = V.AtLeast(x, -38.7);
        var magnitude = V.AtMost(V.Abs(x), 38.7);
        var tail = NormalTail64(magnitude, out var n);
        var product = x * NormalWhole64(x, magnitude, V.ScaleByPowerOfTwo(tail, n));
        return V.Select(V.LessThan(x, V.Constant(-1)), V.ScaleByPowerOfTwo(limited * tail, n), product);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideGelu64<V>(V x) where V : struct, IHardwareLane<V, double> => SaturatingGelu64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SaturatingGelu32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        // Left of zero scaled last, so that only the product underflows.
        var limited = V.AtLeast(x, -14.42);
        var magnitude = V.AtMost(V.Abs(x), 14.42);
        var tail = NormalTail32(magnitude, out var n);
        var product = x * NormalWhole32(x, magnitude, V.ScaleByPowerOfTwo(tail, n));
        return V.Select(V.LessThan(x, V.Constant(-1)), V.ScaleByPowerOfTwo(limited * tail, n), product);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OutsideGelu32<V>(V x) where V : struct, IHardwareLane<V, float> => SaturatingGelu32(x);
}
