using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// 2 to the k/4, rounded, for the k in the two lowest bits of every element's pattern: a table so small that at every width a few permutes
/// look it up.
/// </summary>
internal static class QuarterPowers
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private const double One = 1.189207115002721, Two = 1.4142135623730951, Three = 1.681792830507429;

    private const float One32 = 1.1892071f, Two32 = 1.4142135f, Three32 = 1.6817929f;

    [MethodImpl(Inline)]
    public static double Of(long pattern) => Table64[(int)pattern & 3];

    [MethodImpl(Inline)]
    public static float Of(int pattern) => Table32[pattern & 3];

    [MethodImpl(Inline)]
    public static Vector512<double> Of(Vector512<double> pattern) => Avx512F.IsSupported
        ? Avx512F.PermuteVar8x64(Vector512.Create(1, One, Two, Three, 1, One, Two, Three), pattern.AsInt64())
        : Vector512.Create(Of(pattern.GetLower()), Of(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector512<float> Of(Vector512<float> pattern) => Avx512F.IsSupported
        ? Avx512F.PermuteVar4x32(Vector512.Create(Vector256.Create(Table(), Table()), Vector256.Create(Table(), Table())), pattern.AsInt32())
        : Vector512.Create(Of(pattern.GetLower()), Of(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector256<double> Of(Vector256<double> pattern)
    {
        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.PermuteVar4x64(Vector256.Create(1, One, Two, Three), pattern.AsInt64());
        }

        if (!Avx2.IsSupported)
        {
            return Vector256.Create(Of(pattern.GetLower()), Of(pattern.GetUpper()));
        }

        // The permute goes by the second bit, the blend by the sign, where the first one is moved.
        var even = Avx.PermuteVar(Vector256.Create(1, Two, 1, Two), pattern.AsInt64());
        var odd = Avx.PermuteVar(Vector256.Create(One, Three, One, Three), pattern.AsInt64());
        return Avx.BlendVariable(even, odd, (pattern.AsInt64() << Binary64.SignBit).AsDouble());
    }

    [MethodImpl(Inline)]
    public static Vector256<float> Of(Vector256<float> pattern) => Avx.IsSupported
        ? Avx.PermuteVar(Vector256.Create(Table(), Table()), pattern.AsInt32())
        : Vector256.Create(Of(pattern.GetLower()), Of(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector128<double> Of(Vector128<double> pattern)
    {
        if (Avx.IsSupported)
        {
            var even = Avx.PermuteVar(Vector128.Create(1, Two), pattern.AsInt64());
            var odd = Avx.PermuteVar(Vector128.Create(One, Three), pattern.AsInt64());
            return Avx.BlendVariable(even, odd, (pattern.AsInt64() << Binary64.SignBit).AsDouble());
        }

        Vector128<long> bits = pattern.AsInt64(), first = Vector128.Create(1L), second = Vector128.Create(2L);
        var isOdd = Vector128.Equals(bits & first, first).AsDouble();
        return Vector128.ConditionalSelect(
            Vector128.Equals(bits & second, second).AsDouble(),
            Vector128.ConditionalSelect(isOdd, Vector128.Create(Three), Vector128.Create(Two)),
            Vector128.ConditionalSelect(isOdd, Vector128.Create(One), Vector128.Create(1.0)));
    }

    [MethodImpl(Inline)]
    public static Vector128<float> Of(Vector128<float> pattern)
    {
        if (Avx.IsSupported)
        {
            return Avx.PermuteVar(Table(), pattern.AsInt32());
        }

        Vector128<int> bits = pattern.AsInt32(), first = Vector128.Create(1), second = Vector128.Create(2);
        var isOdd = Vector128.Equals(bits & first, first).AsSingle();
        return Vector128.ConditionalSelect(
            Vector128.Equals(bits & second, second).AsSingle(),
            Vector128.ConditionalSelect(isOdd, Vector128.Create(Three32), Vector128.Create(Two32)),
            Vector128.ConditionalSelect(isOdd, Vector128.Create(One32), Vector128.Create(1f)));
    }

    private static ReadOnlySpan<double> Table64 => [1, One, Two, Three];

    private static ReadOnlySpan<float> Table32 => [1, One32, Two32, Three32];

    [MethodImpl(Inline)]
    private static Vector128<float> Table() => Vector128.Create(1, One32, Two32, Three32);
}
