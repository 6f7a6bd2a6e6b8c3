using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// The remainder of the truncated division. Method: <c>|x| − n·|y|</c> with one rounding, n the quotient truncated. The rounded quotient is
/// at most a whole number where the exact one is just below it; then y is added again. Every result is a number and thus not rounded. Range: all;
/// quotients from 2⁵² (double) or 2²³ (float) on, and those that are not finite, go element by element through the platform's remainder,
/// as everything does without a fused multiply-add. Exact.
/// </summary>
internal static class RemainderFunction
{
    /// <summary>The remainder, with the sign of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, T>(V x, V y) where V : struct, IHardwareLane<V, T> where T : unmanaged
    {
        if (!Fma.IsSupported && !AdvSimd.IsSupported)
        {
            return OneByOne<V, T>(x, y);
        }

        V dividend = V.Abs(x), divisor = V.Abs(y);
        var quotient = dividend / divisor;
        if (!V.AllWithin(quotient, typeof(T) == typeof(double) ? 1L << 52 : 1 << 23))
        {
            return OneByOne<V, T>(x, y);
        }

        var rest = V.MultiplyAdd(-V.Truncate(quotient), divisor, dividend);
        rest = V.Select(V.LessThan(rest, V.Constant(0)), rest + divisor, rest);
        // An infinite divisor leaves no number above.
        return V.FlipSign(V.Select(V.LessThan(dividend, divisor), dividend, rest), x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V OneByOne<V, T>(V x, V y) where V : struct, IHardwareLane<V, T> where T : unmanaged =>
        typeof(T) == typeof(double)
            ? PerElement.Map<V, T>(x, y, static (a, b) => Scalar.FromDouble<T>(Scalar.ToDouble(a) % Scalar.ToDouble(b)))
            : PerElement.Map<V, T>(x, y, static (a, b) => Scalar.FromDouble<T>((float)Scalar.ToDouble(a) % (float)Scalar.ToDouble(b)));
}
