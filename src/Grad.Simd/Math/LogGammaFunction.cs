using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Logarithm of the magnitude of the gamma function. Method: below 2½ the recurrence leads to <c>log Γ(2 + v) = v·g(v)</c>, |v| ≤ ½, less the logarithm
/// of what was divided by: of x·(1 + x) below ½, of x below 1½, so that both zeros keep full relative accuracy; from 2½ on Stirling's
/// <c>(x − ½)·(log x − 1) + (½·log 2π − ½) + c(1/x²)/x</c>, the logarithm in two parts. Below −½ the reflection
/// <c>−log(|x·sin πx|/π) − log Γ(|x|)</c>. g and c are minimax polynomials (Remez; coefficient after coefficient rounded, bench/Accuracy/Fits): relative
/// error of the result 2⁻⁵⁶ (double, degrees 18 and 11), 2⁻²⁶ (float, 8 and 4). Range: all; infinite at 0, at negative integers and at the
/// ends. Max ULP, with and without fused multiply-add: 4; below −½ in units of the larger of the result and 1 + |x|·log(1 + |x|), whose
/// differences cancel at the zeros there.
/// </summary>
internal static class LogGammaFunction
{
    // Below, log Γ is −log|x| to the last place, and 1 + x could not be told from 1.
    private const double Least64 = 1e-290;
    private const double Least32 = 1e-30;

    /// <summary>Log-gamma of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.All(V.And(V.InRange(V.Abs(x), Least64, double.PositiveInfinity), V.LessThan(V.Constant(-0.5), x))))
        {
            return Outside64(x);
        }
        return Inside64(x);
    }

    /// <summary>Log-gamma of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.All(V.And(V.InRange(V.Abs(x), Least32, double.PositiveInfinity), V.LessThan(V.Constant(-0.5), x))))
        {
            return Outside32(x);
        }
        return Inside32(x);
    }

    /// <summary>For finite x above −½ that are not tiny.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var belowHalf = V.LessThan(x, V.Constant(0.5));
        var belowOneAndHalf = V.LessThan(x, V.Constant(1.5));
        var zero = V.Constant(0);

        // The logarithm's argument |x·(1 + x)| or x, in two parts.
        var square = x * x;
        var product = x + square;
        var productRest = ((x - product) + square) + ProductError.Float64(x, x, square);
        var f = V.Significand(V.Abs(V.Select(belowHalf, product, x)), out var shift) - 1;
        var rest = V.Select(belowHalf, V.FlipSign(productRest, x) * V.PowerOfTwo(shift), zero);
        var high = LogFunction.Parts64(shift, f, rest, out var low);

        var v = V.Select(belowHalf, x, x - V.Select(belowOneAndHalf, V.Constant(1), V.Constant(2)));
        // The linear term less the logarithm in two parts: left of 1½ they cancel most.
        var linear = v * 0.42278433509846713;
        var linearRest = V.MultiplyAdd(v, 4.942915152430645e-18, ProductError.Float64(v, V.Constant(0.42278433509846713), linear));
        var logarithm = V.Select(belowOneAndHalf, high, zero);
        var difference = linear - logarithm;
        linearRest += (linear - (difference + logarithm)) - V.Select(belowOneAndHalf, low, zero);
        var near = difference + V.MultiplyAdd(v * v, Near64(v), linearRest);

        var inverse = 1 / x;
        // The logarithm less one, its parts as large as they may be: a product with more than their sum would overflow too soon.
        var shifted = high - 1;
        var less = shifted + low;
        low = ((high - shifted) - 1) + ((shifted - less) + low);
        var addend = V.MultiplyAdd(inverse, Far64(inverse * inverse), 0.4189385332046727);
        var weight = x - 0.5;
        var far = V.MultiplyAdd(weight, less, V.MultiplyAdd(weight, low, addend));
        return V.Select(V.LessThan(x, V.Constant(2.5)), near, far);
    }

    /// <inheritdoc cref="Inside64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var belowHalf = V.LessThan(x, V.Constant(0.5));
        var belowOneAndHalf = V.LessThan(x, V.Constant(1.5));
        var zero = V.Constant(0);

        // The logarithm's argument |x·(1 + x)| or x, in two parts.
        var square = x * x;
        var product = x + square;
        var productRest = ((x - product) + square) + ProductError.Float32(x, x, square);
        var f = V.Significand(V.Abs(V.Select(belowHalf, product, x)), out var shift) - 1;
        var rest = V.Select(belowHalf, V.FlipSign(productRest, x) * V.PowerOfTwo(shift), zero);
        var high = LogFunction.Parts32(shift, f, rest, out var low);

        var v = V.Select(belowHalf, x, x - V.Select(belowOneAndHalf, V.Constant(1), V.Constant(2)));
        // The linear term less the logarithm in two parts: left of 1½ they cancel most.
        var linear = v * 0.42278432846069336;
        var linearRest = V.MultiplyAdd(v, 6.637773886097875e-09, ProductError.Float32(v, V.Constant(0.42278432846069336), linear));
        var logarithm = V.Select(belowOneAndHalf, high, zero);
        var difference = linear - logarithm;
        linearRest += (linear - (difference + logarithm)) - V.Select(belowOneAndHalf, low, zero);
        var near = difference + V.MultiplyAdd(v * v, Near32(v), linearRest);

        var inverse = 1 / x;
        // The logarithm less one, its parts as large as they may be: a product with more than their sum would overflow too soon.
        var shifted = high - 1;
        var less = shifted + low;
        low = ((high - shifted) - 1) + ((shifted - less) + low);
        var addend = V.MultiplyAdd(inverse, Far32(inverse * inverse), 0.4189385332046727);
        var weight = x - 0.5;
        var far = V.MultiplyAdd(weight, less, V.MultiplyAdd(weight, low, addend));
        return V.Select(V.LessThan(x, V.Constant(2.5)), near, far);
    }

    /// <summary>The g with <c>log Γ(2 + v) = (1 − γ)·v + v²·g(v)</c>, |v| ≤ ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Near64<V>(V v) where V : struct, IHardwareLane<V, double>
    {
        var v2 = v * v;
        var v4 = v2 * v2;
        var v8 = v4 * v4;
        var p0 = Polynomial.Cubic(v, v2, 0.3224670334241132, -0.0673523010531983, 0.020580808427784633, -0.007385551028647589);
        var p4 = Polynomial.Cubic(v, v2, 0.00289051033084437, -0.001192753912909336, 0.0005096695195098859, -0.00022315473136167205);
        var p8 = Polynomial.Cubic(v, v2, 9.945762466355102e-05, -4.492658004408459e-05, 2.0505930411117045e-05, -9.436882133515019e-06);
        var p12 = Polynomial.Cubic(v, v2, 4.383336745054708e-06, -2.0512208570301502e-06, 9.230116776426726e-07, -4.168130670823197e-07);
        var p16 = V.MultiplyAdd(-1.4623566611357636e-07, v, 2.760804452369227e-07);
        var high = V.MultiplyAdd(p16, v8, V.MultiplyAdd(p12, v4, p8));
        return V.MultiplyAdd(high, v8, V.MultiplyAdd(p4, v4, p0));
    }

    /// <inheritdoc cref="Near64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Near32<V>(V v) where V : struct, IHardwareLane<V, float>
    {
        var v2 = v * v;
        var p0 = Polynomial.Cubic(v, v2, 0.32246702909469604, -0.06735222786664963, 0.020581351593136787, -0.007387494668364525);
        var p4 = Polynomial.Cubic(v, v2, 0.002880784450098872, -0.0011767533142119646, 0.0005662235198542476, -0.0002727395622059703);
        return V.MultiplyAdd(p4, v2 * v2, p0);
    }

    /// <summary>x times what log Γ(x) exceeds Stirling's first terms by, of z = 1/x², x ≥ 2½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Far64<V>(V z) where V : struct, IHardwareLane<V, double>
    {
        var z2 = z * z;
        var z4 = z2 * z2;
        var p0 = Polynomial.Cubic(z, z2, 0.08333333333332603, -0.0027777777751870143, 0.0007936504505549918, -0.000595214139433495);
        var p4 = Polynomial.Cubic(z, z2, 0.0008407248817014833, -0.001888110746070169, 0.00580993894023313, -0.020343923307789655);
        var p8 = Polynomial.Cubic(z, z2, 0.06647334543923193, -0.1698945589479308, 0.28349785252446474, -0.22452011557551352);
        return V.MultiplyAdd(V.MultiplyAdd(p8, z4, p4), z4, p0);
    }

    /// <inheritdoc cref="Far64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Far32<V>(V z) where V : struct, IHardwareLane<V, float>
    {
        var z2 = z * z;
        var p0 = Polynomial.Cubic(z, z2, 0.0833333283662796, -0.002777477027848363, 0.0007867421954870224, -0.0005161588778719306);
        return V.MultiplyAdd(z2 * z2, 0.00034385715844109654, p0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        var infinity = V.Constant(double.PositiveInfinity);
        var reflects = V.LessThanOrEqual(x, V.Constant(-0.5));
        var isOrdinary = V.InRange(magnitude, Least64, double.PositiveInfinity);
        var inside = Inside64(V.Select(isOrdinary, V.Select(reflects, magnitude, x), V.Constant(1)));

        // |x·sin πx|/π in two parts; r is exact.
        var r = V.Abs(magnitude - V.RoundToEven(magnitude));
        var product = magnitude * r;
        var part = product * CircularFraction.SinLess64(r * r);
        var sine = product + part;
        var rest = ((product - sine) + part) + ProductError.Float64(magnitude, r, product);
        var f = V.Significand(sine, out var shift) - 1;
        var reflected = -(LogFunction.Sum64(shift, f, rest * V.PowerOfTwo(shift)) + inside);
        reflected = V.Select(V.Equal(r, V.Constant(0)), infinity, reflected);

        var result = V.Select(reflects, reflected, inside);
        return V.Select(isOrdinary, result, V.Select(V.LessThan(magnitude, V.Constant(1)), -V.Log(magnitude), magnitude));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(x);
        var infinity = V.Constant(double.PositiveInfinity);
        var reflects = V.LessThanOrEqual(x, V.Constant(-0.5));
        var isOrdinary = V.InRange(magnitude, Least32, double.PositiveInfinity);
        var inside = Inside32(V.Select(isOrdinary, V.Select(reflects, magnitude, x), V.Constant(1)));

        // |x·sin πx|/π in two parts; r is exact.
        var r = V.Abs(magnitude - V.RoundToEven(magnitude));
        var product = magnitude * r;
        var part = product * CircularFraction.SinLess32(r * r);
        var sine = product + part;
        var rest = ((product - sine) + part) + ProductError.Float32(magnitude, r, product);
        var f = V.Significand(sine, out var shift) - 1;
        var reflected = -(LogFunction.Sum32(shift, f, rest * V.PowerOfTwo(shift)) + inside);
        reflected = V.Select(V.Equal(r, V.Constant(0)), infinity, reflected);

        var result = V.Select(reflects, reflected, inside);
        return V.Select(isOrdinary, result, V.Select(V.LessThan(magnitude, V.Constant(1)), -V.Log(magnitude), magnitude));
    }
}
