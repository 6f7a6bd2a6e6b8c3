using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// 2 to the x. Method: <c>x = n + r</c> with n the nearest integer, exact, and <c>2^r = 1 + (r·ln 2 + r²·q(r))</c>, then the exponent moved by n. q is a
/// minimax polynomial found with sollya's fpminimax on |r| ≤ ½: relative error 2⁻⁵⁷ (double, degree 9), 2⁻²⁸ (float, degree 4).
/// Range: all; integers are exact, underflow is gradual, overflow gives infinity, NaN gives NaN. Max ULP: 1.1 with and without fused
/// multiply-add.
/// </summary>
internal static class Exp2Function
{
    /// <summary>2 to the x, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return Saturating64(x);
        }
        if (!V.AllWithin(x, 1022))
        {
            return Outside64(x);
        }
        return Reduced64(x, out var n) * V.PowerOfTwo(n);
    }

    /// <summary>2 to the x, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return Saturating32(x);
        }
        if (!V.AllWithin(x, 126))
        {
            return Outside32(x);
        }
        return Reduced32(x, out var n) * V.PowerOfTwo(n);
    }

    /// <summary><c>2^(x − n)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduced64<V>(V x, out V n) where V : struct, IHardwareLane<V, double>
    {
        n = (x + Binary64.RoundingShift) - Binary64.RoundingShift;
        var r = x - n;
        var r2 = r * r;
        var r4 = r2 * r2;
        var low = Polynomial.Cubic(r, r2, 0.24022650695910097, 0.05550410866482349, 0.009618129107607294, 0.0013333558145985484);
        var high = Polynomial.Cubic(
            r, r2, 0.00015403530441249606, 1.5252734228743113e-05, 1.3215442818410148e-06, 1.0177901509080144e-07);
        var top = V.MultiplyAdd(4.478529007416941e-10, r, 7.072548248920658e-09);
        var q = V.MultiplyAdd(V.MultiplyAdd(top, r4, high), r4, low);
        return 1 + V.MultiplyAdd(r, 0.6931471805599453, r2 * q);
    }

    /// <inheritdoc cref="Reduced64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduced32<V>(V x, out V n) where V : struct, IHardwareLane<V, float>
    {
        n = (x + Binary32.RoundingShift) - Binary32.RoundingShift;
        var r = x - n;
        var r2 = r * r;
        var low = Polynomial.Cubic(r, r2, 0.24022650718688965, 0.05550365895032883, 0.009618077427148819, 0.0013388069346547127);
        var q = V.MultiplyAdd(r2 * r2, 0.0001545642880955711, low);
        return 1 + V.MultiplyAdd(r, 0.6931471824645996, r2 * q);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating64<V>(V x) where V : struct, IHardwareLane<V, double> =>
        V.ScaleByPowerOfTwo(Reduced64(V.AtMost(V.AtLeast(x, -1080), 1025), out var n), n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating32<V>(V x) where V : struct, IHardwareLane<V, float> =>
        V.ScaleByPowerOfTwo(Reduced32(V.AtMost(V.AtLeast(x, -155), 129), out var n), n);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> => Saturating64(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> => Saturating32(x);
}
