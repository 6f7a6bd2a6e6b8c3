using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Logarithm of the normal distribution function Φ, and its slope φ/Φ. Method: with the m of <see cref="ErfcTail"/>, left of zero <c>log m(−x) − x²/2</c> and
/// <c>1/(√(2π)·m(−x))</c>, neither of which underflows; right of it <c>log(1 − Φ(−x))</c> and <c>φ(x)/(1 − Φ(−x))</c>. Far left the slope by the first terms of its expansion
/// (OEIS A000698) and <c>−x²/2 − log(√(2π)·slope)</c>. Range: all; full relative accuracy in both tails. Max ULP, with and without fused multiply-add: 3, of the slope 4.
/// </summary>
internal static class NormalLogCdfFunction
{
    // Beyond, Φ(−x) underflows.
    private const double Underflow64 = 38.6;
    private const double Underflow32 = 14.42;
    // To here m is taken from its polynomial.
    private const double End64 = 38;
    private const double End32 = 14;

    /// <summary>log Φ of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var zero = V.Constant(0);
        var isLeft = V.LessThanOrEqual(x, zero);
        var magnitude = V.Select(isLeft, V.AtMost(V.Abs(x), End64), V.AtMost(V.Abs(x), Underflow64));
        var half = magnitude * 0.5;
        var square = half * magnitude;
        var squareRest = ProductError.Float64(half, magnitude, square);
        var power = ExpFunction.LessOne64(-square, squareRest, out var n);
        var first = ErfcTail.Normal64(magnitude, out var step);
        var tail = ErfcTail.Product(first, step, power);
        tail = V.ScaleByPowerOfTwo(tail, V.AtLeast(n, -1200));

        // The logarithm's argument in two parts.
        var m = first + step;
        var less = 1 - tail;
        var isFar = V.LessThan(x, V.Constant(-End64));
        var argument = V.Select(isFar, V.AtMost(Far64(V.Abs(x)), 1e300), V.Select(isLeft, m, less));
        var argumentRest = V.Select(isFar, zero, V.Select(isLeft, (first - m) + step, (1 - less) - tail));
        var f = V.Significand(argument, out var shift) - 1;
        var high = LogFunction.Parts64(shift, f, argumentRest * V.PowerOfTwo(shift), out var low);
        var inner = high + (low - V.Select(isLeft, squareRest, zero));
        var result = -V.Abs(inner - V.Select(isLeft, square, zero));
        var far = x * 0.5 * V.Abs(x) - (high + (low + 0.9189385332046727));
        return V.Select(isFar, far, result);
    }

    /// <summary>log Φ of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var zero = V.Constant(0);
        var isLeft = V.LessThanOrEqual(x, zero);
        var magnitude = V.Select(isLeft, V.AtMost(V.Abs(x), End32), V.AtMost(V.Abs(x), Underflow32));
        var half = magnitude * 0.5;
        var square = half * magnitude;
        var squareRest = ProductError.Float32(half, magnitude, square);
        var power = ExpFunction.LessOne32(-square, squareRest, out var n);
        var first = ErfcTail.Normal32(magnitude, out var step);
        var tail = ErfcTail.Product(first, step, power);
        tail = V.ScaleByPowerOfTwo(tail, V.AtLeast(n, -200));

        // The logarithm's argument in two parts.
        var m = first + step;
        var less = 1 - tail;
        var isFar = V.LessThan(x, V.Constant(-End32));
        var argument = V.Select(isFar, V.AtMost(Far32(V.Abs(x)), 1e37), V.Select(isLeft, m, less));
        var argumentRest = V.Select(isFar, zero, V.Select(isLeft, (first - m) + step, (1 - less) - tail));
        var f = V.Significand(argument, out var shift) - 1;
        var high = LogFunction.Parts32(shift, f, argumentRest * V.PowerOfTwo(shift), out var low);
        var inner = high + (low - V.Select(isLeft, squareRest, zero));
        var result = -V.Abs(inner - V.Select(isLeft, square, zero));
        var far = x * 0.5 * V.Abs(x) - (high + (low + 0.9189385332046727));
        return V.Select(isFar, far, result);
    }

    /// <summary>φ/Φ of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V RatioFloat64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var zero = V.Constant(0);
        var isLeft = V.LessThanOrEqual(x, zero);
        var magnitude = V.Abs(x);
        var first = ErfcTail.Normal64(V.AtMost(magnitude, End64), out var step);
        var m = first + step;
        var right = V.Select(isLeft, zero, x);
        var density = V.NormalDensity(right);
        var ratio = V.Select(isLeft, V.Constant(0.3989422804014327), density) / V.Select(isLeft, m, V.NormalCdf(right));
        // What m lacks of its parts: its share of m, with 1/m = √(2π) times the quotient.
        ratio = V.MultiplyAdd(-(ratio * ratio), V.Select(isLeft, ((first - m) + step) * 2.5066282746310002, zero), ratio);
        return V.Select(V.LessThan(x, V.Constant(-End64)), Far64(magnitude), ratio);
    }

    /// <summary>φ/Φ of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V RatioFloat32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var zero = V.Constant(0);
        var isLeft = V.LessThanOrEqual(x, zero);
        var magnitude = V.Abs(x);
        var first = ErfcTail.Normal32(V.AtMost(magnitude, End32), out var step);
        var m = first + step;
        var right = V.Select(isLeft, zero, x);
        var density = V.NormalDensity(right);
        var ratio = V.Select(isLeft, V.Constant(0.3989422804014327), density) / V.Select(isLeft, m, V.NormalCdf(right));
        // What m lacks of its parts: its share of m, with 1/m = √(2π) times the quotient.
        ratio = V.MultiplyAdd(-(ratio * ratio), V.Select(isLeft, ((first - m) + step) * 2.5066282746310002, zero), ratio);
        return V.Select(V.LessThan(x, V.Constant(-End32)), Far32(magnitude), ratio);
    }

    /// <summary>The slope at −x, from the ends on: its expansion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Far64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var inverse = 1 / x;
        var w = inverse * inverse;
        var w2 = w * w;
        var high = V.MultiplyAdd(w2, V.Constant(110410), V.MultiplyAdd(-8162, w, 706));
        return V.MultiplyAdd(inverse, V.MultiplyAdd(high, w2 * w2, Polynomial.Cubic(w, w2, 1, -2, 10, -74)), x);
    }

    /// <inheritdoc cref="Far64"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Far32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var inverse = 1 / x;
        var w = inverse * inverse;
        return V.MultiplyAdd(inverse, Polynomial.Cubic(w, w * w, 1, -2, 10, -74), x);
    }
}
