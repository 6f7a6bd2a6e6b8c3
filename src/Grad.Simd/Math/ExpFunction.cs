using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// e to the x. Method: <c>x = n·ln 2 + r</c> with n in quarters and ln 2 in two parts of which the first has a product with n that is exact;
/// <c>e^r = 1 + (r + r²·q(r))</c> times a quarter power of two from a table, then the exponent moved by ⌊n⌋. q is a minimax polynomial
/// (Remez exchange) on |r| ≤ ⅛·ln 2: relative error 2⁻⁵⁷ (double, degree 6), 2⁻²⁷ (float, degree 2). Range: all; underflow is
/// gradual, overflow gives infinity, NaN gives NaN. Max ULP, with and without fused multiply-add: 1.15.
/// </summary>
/// <remarks>
/// What other functions share is the reduction to |r| ≤ ½·ln 2 without a table, whose q has degree 9 (double, relative error 2⁻⁵⁶, see
/// <see cref="Polynomial"/>) and 4 (float, 2⁻²⁶), by sollya's fpminimax.
/// </remarks>
internal static class ExpFunction
{
    /// <summary>e to the x, of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            // Beyond the range n alone decides, which is infinite or NaN too; r has but to stay finite.
            var fraction = V.Limit(Fraction64(x, out var quarters, out var n), 0.25);
            return V.ScaleByFloor(Power64(fraction, V.QuarterPowerOfTwo(quarters)), n);
        }
        if (!V.AllWithin(x, 708))
        {
            return Outside64(x);
        }
        return Inner64(x);
    }

    /// <summary>e to the x, of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (Unsafe.SizeOf<V>() >= WideLane.Size)
        {
            var fraction = V.Limit(Fraction32(x, out var quarters, out var n), 0.25);
            return V.ScaleByFloor(Power32(fraction, V.QuarterPowerOfTwo(quarters)), n);
        }
        if (!V.AllWithin(x, 87))
        {
            return Outside32(x);
        }
        return Inner32(x);
    }

    /// <summary>e to the x, for |x| up to 700; NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Inner64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var r = Fraction64(x, out var shifted, out var n);
        var power = V.QuarterPowerOfTwo(shifted);
        return Unsafe.SizeOf<V>() >= WideLane.Size ? V.ScaleByFloor(Power64(r, power), n) : Power64(r, V.AddQuartersToExponent(power, shifted));
    }

    /// <summary>e to the x, for |x| up to 80; NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Inner32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var r = Fraction32(x, out var shifted, out var n);
        var power = V.QuarterPowerOfTwo(shifted);
        return Unsafe.SizeOf<V>() >= WideLane.Size ? V.ScaleByFloor(Power32(r, power), n) : Power32(r, V.AddQuartersToExponent(power, shifted));
    }

    /// <summary><c>e^x·2⁻ⁿ</c> by the reduction without a table, for |x| up to 1000.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scaled64<V>(V x, out V n) where V : struct, IHardwareLane<V, double>
    {
        var r = Reduce64(x, out n);
        return 1 + V.MultiplyAdd(r * r, Quotient64(r), r);
    }

    /// <summary><c>e^x·2⁻ⁿ</c> by the reduction without a table, for |x| up to 150.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scaled32<V>(V x, out V n) where V : struct, IHardwareLane<V, float>
    {
        var r = Reduce32(x, out n);
        return 1 + V.MultiplyAdd(r * r, Quotient32(r), r);
    }

    // The r with x = n·ln 2 + r; of the shifted n the lowest bits count its quarters. The first part of ln 2 has 40 bits, the number of quarters 13.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Fraction64<V>(V x, out V shifted, out V n) where V : struct, IHardwareLane<V, double>
    {
        shifted = V.MultiplyAdd(1.4426950408889634, x, Binary64.QuarterShift);
        n = shifted - Binary64.QuarterShift;
        return V.MultiplyAdd(n, 1.7239444525614835e-13, V.MultiplyAdd(n, -0.6931471805601177, x));
    }

    // Here it has 14 bits and the number of quarters 10.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Fraction32<V>(V x, out V shifted, out V n) where V : struct, IHardwareLane<V, float>
    {
        shifted = V.MultiplyAdd(1.4426950216293335, x, Binary32.QuarterShift);
        n = shifted - Binary32.QuarterShift;
        return V.MultiplyAdd(n, 2.9088971132296138e-05, V.MultiplyAdd(n, -0.69317626953125, x));
    }

    // e^r times the quarter power.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Power64<V>(V r, V power) where V : struct, IHardwareLane<V, double>
    {
        var r2 = r * r;
        var q = V.MultiplyAdd(r2, 2.479568940399449e-05, V.MultiplyAdd(0.0001984551432447199, r, 0.0013888890104965556));
        q = V.MultiplyAdd(r2, q, V.MultiplyAdd(0.008333333130155211, r, 0.041666666666108215));
        q = V.MultiplyAdd(r2, q, V.MultiplyAdd(0.16666666666695928, r, 0.5000000000000007));
        return V.MultiplyAdd(power, V.MultiplyAdd(r2, q, r), power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Power32<V>(V r, V power) where V : struct, IHardwareLane<V, float>
    {
        var r2 = r * r;
        var q = V.MultiplyAdd(r2, 0.041641734540462494, V.MultiplyAdd(0.16672109067440033, r, 0.5000001788139343));
        return V.MultiplyAdd(power, V.MultiplyAdd(r2, q, r), power);
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

    /// <summary><c>e^(x − rest)·2⁻ⁿ − 1</c> by the reduction without a table, for |x| up to 1000 and a rest below its last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LessOne64<V>(V x, V rest, out V n) where V : struct, IHardwareLane<V, double>
    {
        n = V.MultiplyAdd(1.4426950408889634, x, Binary64.RoundingShift) - Binary64.RoundingShift;
        var r = V.MultiplyAdd(n, -0.6931471805598903, x) - V.MultiplyAdd(n, 5.497923018708371e-14, rest);
        return V.MultiplyAdd(r * r, Quotient64(r), r);
    }

    /// <summary><c>e^(x − rest)·2⁻ⁿ − 1</c> by the reduction without a table, for |x| up to 150 and a rest below its last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LessOne32<V>(V x, V rest, out V n) where V : struct, IHardwareLane<V, float>
    {
        n = V.MultiplyAdd(1.4426950216293335, x, Binary32.RoundingShift) - Binary32.RoundingShift;
        var r = V.MultiplyAdd(n, -0.693145751953125, x) - V.MultiplyAdd(n, 1.428606765330187e-06, rest);
        return V.MultiplyAdd(r * r, Quotient32(r), r);
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

    // Not inlined, so that the common path stays short: the rest of the range costs a call.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var r = Fraction64(V.AtMost(V.AtLeast(x, -746), 710), out var quarters, out var n);
        return V.ScaleByFloor(Power64(r, V.QuarterPowerOfTwo(quarters)), n);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var r = Fraction32(V.AtMost(V.AtLeast(x, -104), 89), out var quarters, out var n);
        return V.ScaleByFloor(Power32(r, V.QuarterPowerOfTwo(quarters)), n);
    }
}
