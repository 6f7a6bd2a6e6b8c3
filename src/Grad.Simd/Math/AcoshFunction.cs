using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Inverse hyperbolic cosine. Method: <c>log(x + √(2t + t²))</c> with <c>t = x − 1</c>, the root and the sum in two parts, by the sum of
/// <see cref="LogFunction"/>; where its argument is below 1.5 its excess over 1 is <c>√(2t + t²) + t</c>, so that the zero at 1 keeps full relative accuracy;
/// above 10⁸ (4096) it is 2x. Range: from 1 on, NaN below. Max ULP, with and without fused multiply-add: 1.
/// </summary>
internal static class AcoshFunction
{
    private const double Large64 = 1e8;
    private const double Large32 = 4096;
    private const double Tiny64 = 1e-300;
    private const double Tiny32 = 1e-37;

    /// <summary>Inverse hyperbolic cosine of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var large = V.LessThan(V.Constant(Large64), x);
        var a = V.AtMost(x, Large64);

        // With t = a − 1, exact, √(a² − 1) = √(2t + t²) = root + rootRest.
        var t = a - 1;
        var twice = t + t;
        var square = t * t;
        var sum = twice + square;
        var part = sum - twice;
        var sumRest = (twice - (sum - part)) + (square - part) + ProductError.Float64(t, t, square);
        var root = V.Sqrt(sum);
        var rootRest = (ProductError.Less64(sum, root, root) + sumRest) / V.AtLeast(root + root, Tiny64);

        var y = V.Select(large, x, a + root);
        var m = V.Significand(y, out var shift);
        var near = V.LessThan(y, V.Constant(1.5));
        var f = V.Select(near, root + t, m - 1);
        var scale = V.PowerOfTwo(shift);
        var nearRest = ((root - f) + t) + rootRest;
        var farRest = ((a - y) + root + rootRest) * scale;
        var rest = V.Select(near, nearRest, V.Select(large, V.Constant(0), farRest));
        shift = V.Select(near, V.Constant(0), V.Select(large, shift - 1, shift));
        var result = LogFunction.Sum64(shift, f, rest);
        result = V.Select(V.LessThan(x, V.Constant(double.PositiveInfinity)), result, x);
        return V.Select(V.LessThan(x, V.Constant(1)), V.Constant(double.NaN), result);
    }

    /// <summary>Inverse hyperbolic cosine of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var large = V.LessThan(V.Constant(Large32), x);
        var a = V.AtMost(x, Large32);

        // With t = a − 1, exact, √(a² − 1) = √(2t + t²) = root + rootRest.
        var t = a - 1;
        var twice = t + t;
        var square = t * t;
        var sum = twice + square;
        var part = sum - twice;
        var sumRest = (twice - (sum - part)) + (square - part) + ProductError.Float32(t, t, square);
        var root = V.Sqrt(sum);
        var rootRest = (ProductError.Less32(sum, root, root) + sumRest) / V.AtLeast(root + root, Tiny32);

        var y = V.Select(large, x, a + root);
        var m = V.Significand(y, out var shift);
        var near = V.LessThan(y, V.Constant(1.5));
        var f = V.Select(near, root + t, m - 1);
        var scale = V.PowerOfTwo(shift);
        var nearRest = ((root - f) + t) + rootRest;
        var farRest = ((a - y) + root + rootRest) * scale;
        var rest = V.Select(near, nearRest, V.Select(large, V.Constant(0), farRest));
        shift = V.Select(near, V.Constant(0), V.Select(large, shift - 1, shift));
        var result = LogFunction.Sum32(shift, f, rest);
        result = V.Select(V.LessThan(x, V.Constant(double.PositiveInfinity)), result, x);
        return V.Select(V.LessThan(x, V.Constant(1)), V.Constant(double.NaN), result);
    }
}
