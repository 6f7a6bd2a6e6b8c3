using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Inverse hyperbolic sine. Method: of the magnitude a the logarithm of <c>1 + z</c> by <see cref="LogP1Function"/>, with
/// <c>z = a + a²/(1 + √(a² + 1))</c>, in which nothing cancels; from 10¹⁵⁰ (10¹⁸) on that of 2a. Range: all; zeros keep their sign. Max ULP, with and without fused
/// multiply-add: 2.
/// </summary>
internal static class AsinhFunction
{
    private const double Large64 = 1e150;
    private const double Large32 = 1e18;

    /// <summary>Inverse hyperbolic sine of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        if (!V.AllWithin(x, Large64))
        {
            return Outside64(x);
        }
        return Inside64(x);
    }

    /// <summary>Inverse hyperbolic sine of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        if (!V.AllWithin(x, Large32))
        {
            return Outside32(x);
        }
        return Inside32(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var a = V.Abs(x);
        var square = a * a;
        var z = a + square / (1 + V.Sqrt(square + 1));
        return V.CopySign(LogP1Function.Inside64(z), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var a = V.Abs(x);
        var square = a * a;
        var z = a + square / (1 + V.Sqrt(square + 1));
        return V.CopySign(LogP1Function.Inside32(z), x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        var a = V.Abs(x);
        var large = V.CopySign(LogFunction.OfTwice64(a), x);
        return V.Select(V.LessThan(a, V.Constant(Large64)), Inside64(x), V.Select(V.LessThan(a, V.Constant(double.PositiveInfinity)), large, x));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Outside32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var a = V.Abs(x);
        var large = V.CopySign(LogFunction.OfTwice32(a), x);
        return V.Select(V.LessThan(a, V.Constant(Large32)), Inside32(x), V.Select(V.LessThan(a, V.Constant(double.PositiveInfinity)), large, x));
    }
}
