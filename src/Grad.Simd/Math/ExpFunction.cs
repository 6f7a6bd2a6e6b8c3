using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// e to the x. Method: <c>x = n·ln 2 + r</c> with ln 2 in two parts of which the first has a product with n that is exact, and
/// <c>e^r = 1 + (r + r²·q(r))</c>, then the exponent moved by n. q is a minimax polynomial found with sollya's fpminimax on
/// |r| ≤ ½·ln 2: relative error 2⁻⁵⁶ (double, degree 9, see <see cref="Polynomial"/>), 2⁻²⁶ (float, degree 4).
/// Range: all; underflow is gradual, overflow gives infinity, NaN gives NaN. Max ULP, with and without fused multiply-add: 1.1.
/// </summary>
internal static class ExpFunction
{
    /// <summary>e to the x, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return Saturating64(x);
        }
        if (!V.All(V.LessThan(V.Abs(x), V.Constant(708))))
        {
            return Outside64(x);
        }
        var shifted = V.MultiplyAdd(1.4426950408889634, x, Binary64.RoundingShift);
        var r = Less64(x, shifted - Binary64.RoundingShift);
        return V.AddToExponent(OnePlus(r, r * r, Quotient64(r)), shifted);
    }

    /// <summary>e to the x, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            return Saturating32(x);
        }
        if (!V.All(V.LessThan(V.Abs(x), V.Constant(87))))
        {
            return Outside32(x);
        }
        var shifted = V.MultiplyAdd(1.4426950216293335, x, Binary32.RoundingShift);
        var r = Less32(x, shifted - Binary32.RoundingShift);
        return V.AddToExponent(OnePlus(r, r * r, Quotient32(r)), shifted);
    }

    /// <summary>The r with <c>x = n·ln 2 + r</c> and |r| ≤ ½·ln 2, for |x| up to 1000.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reduce64<V>(V x, out V n) where V : struct, IHardwareLane<V, double>
    {
        n = V.MultiplyAdd(1.4426950408889634, x, Binary64.RoundingShift) - Binary64.RoundingShift;
        return Less64(x, n);
    }

    /// <summary>The r with <c>x = n·ln 2 + r</c> and |r| ≤ ½·ln 2, for |x| up to 150.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reduce32<V>(V x, out V n) where V : struct, IHardwareLane<V, float>
    {
        n = V.MultiplyAdd(1.4426950216293335, x, Binary32.RoundingShift) - Binary32.RoundingShift;
        return Less32(x, n);
    }

    // The first part of ln 2 has 42 bits, n at most 11.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Less64<V>(V x, V n) where V : struct, IHardwareLane<V, double> =>
        V.MultiplyAdd(n, -5.497923018708371e-14, V.MultiplyAdd(n, -0.6931471805598903, x));

    // Here it has 16 bits and n at most 8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Less32<V>(V x, V n) where V : struct, IHardwareLane<V, float> =>
        V.MultiplyAdd(n, -1.428606765330187e-06, V.MultiplyAdd(n, -0.693145751953125, x));

    /// <summary>What the rounding of <see cref="Reduce64"/>'s r lost: <c>x − n·ln 2 − r</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Rest64<V>(V x, V n, V r) where V : struct, IHardwareLane<V, double> =>
        V.MultiplyAdd(n, -5.497923018708371e-14, V.MultiplyAdd(n, -0.6931471805598903, x) - r);

    /// <summary>What the rounding of <see cref="Reduce32"/>'s r lost: <c>x − n·ln 2 − r</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Rest32<V>(V x, V n, V r) where V : struct, IHardwareLane<V, float> =>
        V.MultiplyAdd(n, -1.428606765330187e-06, V.MultiplyAdd(n, -0.693145751953125, x) - r);

    /// <summary>The q with <c>e^r = 1 + r + r²·q(r)</c>, for |r| ≤ ½·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Quotient64<V>(V r) where V : struct, IHardwareLane<V, double>
    {
        // From the second term on in Eve's form.
        var t = r + 3.75;
        var y = t * t;
        var p = V.MultiplyAdd(y, 2.505653091573475e-08, V.MultiplyAdd(-4.754326566230712e-07, t, 3.809118743636906e-06));
        p = V.MultiplyAdd(y + 36.752163840055594, p, -9.272349477396431e-05);
        p = V.MultiplyAdd(y + 41.38057874536139, p, 0.004087858088421855);
        p = V.MultiplyAdd(y - 15.84481459134225, p, 0.1767336666318809);
        return V.MultiplyAdd(r, p, 0.5000000000000006);
    }

    /// <summary>The q with <c>e^r = 1 + r + r²·q(r)</c>, for |r| ≤ ½·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Quotient32<V>(V r) where V : struct, IHardwareLane<V, float>
    {
        var q = V.MultiplyAdd(0.0013864559587091208, r, 0.008366541005671024);
        q = V.MultiplyAdd(r, q, 0.041667502373456955);
        q = V.MultiplyAdd(r, q, 0.1666654348373413);
        return V.MultiplyAdd(r, q, 0.4999999701976776);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OnePlus<V>(V r, V r2, V q) where V : struct, ILane<V> => 1 + V.MultiplyAdd(r2, q, r);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var r = Reduce64(V.AtMost(V.AtLeast(x, -746), 710), out var n);
        return V.ScaleByPowerOfTwo(OnePlus(r, r * r, Quotient64(r)), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Saturating32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var r = Reduce32(V.AtMost(V.AtLeast(x, -104), 89), out var n);
        return V.ScaleByPowerOfTwo(OnePlus(r, r * r, Quotient32(r)), n);
    }

    // Not inlined, so that the common path stays short: the rest of the range costs a call.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double> => Saturating64(x);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float> => Saturating32(x);
}
