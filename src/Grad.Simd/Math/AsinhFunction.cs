using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Inverse hyperbolic sine. Method: <c>log(a + √(a² + 1))</c> of the magnitude a, the root and the sum in two parts, by the sum of
/// <see cref="LogFunction"/>; below ¼ its argument less one is <c>a + a²/(1 + √(a² + 1))</c>, above 10⁸ (4096) it is 2a. Range: all; zeros keep
/// their sign. Max ULP, with and without fused multiply-add: 1.1.
/// </summary>
internal static class AsinhFunction
{
    private const double Large64 = 1e8;
    private const double Large32 = 4096;

    /// <summary>Inverse hyperbolic sine of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var magnitude = V.Abs(x);
        var large = V.LessThan(V.Constant(Large64), magnitude);
        var a = V.AtMost(magnitude, Large64);

        // √(a² + 1) = root + rootRest.
        var square = a * a;
        var sum = square + 1;
        var part = sum - square;
        var sumRest = (square - (sum - part)) + (1 - part) + ProductError.Float64(a, a, square);
        var root = V.Sqrt(sum);
        var rootRest = (ProductError.Less64(sum, root, root) + sumRest) / (root + root);

        // Of a large number the root is the number: its logarithm and that of 2.
        var y = V.Select(large, magnitude, root + a);
        var m = V.Significand(y, out var shift);
        var near = V.LessThan(a, V.Constant(0.25));
        var excess = square / (root + 1);
        var f = V.Select(near, a + excess, m - 1);
        var scale = V.PowerOfTwo(shift);
        var nearRest = (a - f) + excess;
        var farRest = ((root - y) + a + rootRest) * scale;
        var rest = V.Select(near, nearRest, V.Select(large, V.Constant(0), farRest));
        shift = V.Select(near, V.Constant(0), V.Select(large, shift - 1, shift));
        var result = V.CopySign(LogFunction.Sum64(shift, f, rest), x);
        return V.Select(V.LessThan(magnitude, V.Constant(double.PositiveInfinity)), result, x);
    }

    /// <summary>Inverse hyperbolic sine of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.Abs(x);
        var large = V.LessThan(V.Constant(Large32), magnitude);
        var a = V.AtMost(magnitude, Large32);

        // √(a² + 1) = root + rootRest.
        var square = a * a;
        var sum = square + 1;
        var part = sum - square;
        var sumRest = (square - (sum - part)) + (1 - part) + ProductError.Float32(a, a, square);
        var root = V.Sqrt(sum);
        var rootRest = (ProductError.Less32(sum, root, root) + sumRest) / (root + root);

        // Of a large number the root is the number: its logarithm and that of 2.
        var y = V.Select(large, magnitude, root + a);
        var m = V.Significand(y, out var shift);
        var near = V.LessThan(a, V.Constant(0.25));
        var excess = square / (root + 1);
        var f = V.Select(near, a + excess, m - 1);
        var scale = V.PowerOfTwo(shift);
        var nearRest = (a - f) + excess;
        var farRest = ((root - y) + a + rootRest) * scale;
        var rest = V.Select(near, nearRest, V.Select(large, V.Constant(0), farRest));
        shift = V.Select(near, V.Constant(0), V.Select(large, shift - 1, shift));
        var result = V.CopySign(LogFunction.Sum32(shift, f, rest), x);
        return V.Select(V.LessThan(magnitude, V.Constant(double.PositiveInfinity)), result, x);
    }
}
