using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// Sine and cosine of k·π/8, rounded, for the k in the three lowest bits of every element's pattern: a table that one permute looks up at 512 bits and, of
/// floats, at 256 bits.
/// </summary>
internal static class EighthsOfPi
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private const double One = 0.38268343236508978, Two = 0.70710678118654757, Three = 0.92387953251128674;

    private const float One32 = 0.38268343f, Two32 = 0.70710678f, Three32 = 0.92387953f;

    private static ReadOnlySpan<double> Sines64 => [0, One, Two, Three, 1, Three, Two, One];

    private static ReadOnlySpan<double> Cosines64 => [1, Three, Two, One, 0, -One, -Two, -Three];

    private static ReadOnlySpan<float> Sines32 => [0, One32, Two32, Three32, 1, Three32, Two32, One32];

    private static ReadOnlySpan<float> Cosines32 => [1, Three32, Two32, One32, 0, -One32, -Two32, -Three32];

    [MethodImpl(Inline)]
    public static double Sin(long pattern) => Sines64[(int)pattern & 7];

    [MethodImpl(Inline)]
    public static double Cos(long pattern) => Cosines64[(int)pattern & 7];

    [MethodImpl(Inline)]
    public static float Sin(int pattern) => Sines32[pattern & 7];

    [MethodImpl(Inline)]
    public static float Cos(int pattern) => Cosines32[pattern & 7];

    [MethodImpl(Inline)]
    public static Vector512<double> Sin(Vector512<double> pattern) => Avx512F.IsSupported
        ? Avx512F.PermuteVar8x64(Vector512.Create(0, One, Two, Three, 1, Three, Two, One), pattern.AsInt64())
        : Vector512.Create(Sin(pattern.GetLower()), Sin(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector512<double> Cos(Vector512<double> pattern) => Avx512F.IsSupported
        ? Avx512F.PermuteVar8x64(Vector512.Create(1, Three, Two, One, 0, -One, -Two, -Three), pattern.AsInt64())
        : Vector512.Create(Cos(pattern.GetLower()), Cos(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector512<float> Sin(Vector512<float> pattern) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32(
            Vector512.Create(
                0, One32, Two32, Three32, 1, Three32, Two32, One32, 0, One32, Two32, Three32, 1, Three32, Two32, One32),
            pattern.AsInt32())
        : Vector512.Create(Sin(pattern.GetLower()), Sin(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector512<float> Cos(Vector512<float> pattern) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32(
            Vector512.Create(
                1, Three32, Two32, One32, 0, -One32, -Two32, -Three32, 1, Three32, Two32, One32, 0, -One32, -Two32, -Three32),
            pattern.AsInt32())
        : Vector512.Create(Cos(pattern.GetLower()), Cos(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector256<double> Sin(Vector256<double> pattern) => Avx2.IsSupported
        ? OfEight(Vector256.Create(0, One, Two, Three), Vector256.Create(1, Three, Two, One), pattern)
        : Vector256.Create(Sin(pattern.GetLower()), Sin(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector256<double> Cos(Vector256<double> pattern) => Avx2.IsSupported
        ? OfEight(Vector256.Create(1, Three, Two, One), Vector256.Create(0, -One, -Two, -Three), pattern)
        : Vector256.Create(Cos(pattern.GetLower()), Cos(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector256<float> Sin(Vector256<float> pattern) => Avx2.IsSupported
        ? Avx2.PermuteVar8x32(Vector256.Create(0, One32, Two32, Three32, 1, Three32, Two32, One32), pattern.AsInt32())
        : Vector256.Create(Sin(pattern.GetLower()), Sin(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector256<float> Cos(Vector256<float> pattern) => Avx2.IsSupported
        ? Avx2.PermuteVar8x32(Vector256.Create(1, Three32, Two32, One32, 0, -One32, -Two32, -Three32), pattern.AsInt32())
        : Vector256.Create(Cos(pattern.GetLower()), Cos(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector128<double> Sin(Vector128<double> pattern) => Avx2.IsSupported
        ? Sin(pattern.ToVector256Unsafe()).GetLower()
        : Vector128.Create(Sin(pattern.AsInt64()[0]), Sin(pattern.AsInt64()[1]));

    [MethodImpl(Inline)]
    public static Vector128<double> Cos(Vector128<double> pattern) => Avx2.IsSupported
        ? Cos(pattern.ToVector256Unsafe()).GetLower()
        : Vector128.Create(Cos(pattern.AsInt64()[0]), Cos(pattern.AsInt64()[1]));

    [MethodImpl(Inline)]
    public static Vector128<float> Sin(Vector128<float> pattern)
    {
        if (Avx2.IsSupported)
        {
            return Sin(pattern.ToVector256Unsafe()).GetLower();
        }

        var k = pattern.AsInt32();
        return Vector128.Create(Sin(k[0]), Sin(k[1]), Sin(k[2]), Sin(k[3]));
    }

    [MethodImpl(Inline)]
    public static Vector128<float> Cos(Vector128<float> pattern)
    {
        if (Avx2.IsSupported)
        {
            return Cos(pattern.ToVector256Unsafe()).GetLower();
        }

        var k = pattern.AsInt32();
        return Vector128.Create(Cos(k[0]), Cos(k[1]), Cos(k[2]), Cos(k[3]));
    }

    [MethodImpl(Inline)]
    private static Vector256<double> OfEight(Vector256<double> lower, Vector256<double> upper, Vector256<double> pattern)
    {
        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.PermuteVar4x64x2(lower, pattern.AsInt64(), upper);
        }

        // The halves of a double by its place in halves, 2k and 2k + 1; the blend goes by the sign, where the third bit is moved.
        var halves = Avx2.Shuffle((pattern.AsInt64() << 1).AsInt32(), 0b10_10_00_00) | Vector256.Create(0, 1, 0, 1, 0, 1, 0, 1);
        return Avx.BlendVariable(
            Avx2.PermuteVar8x32(lower.AsSingle(), halves).AsDouble(),
            Avx2.PermuteVar8x32(upper.AsSingle(), halves).AsDouble(),
            (pattern.AsInt64() << (Binary64.SignBit - 2)).AsDouble());
    }
}
