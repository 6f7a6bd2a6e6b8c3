using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// The numbers of a table of eight that belong to the three lowest bits of every element's pattern: one permute where a vector holds the table, two and a
/// blend where it holds half of it.
/// </summary>
internal static class Eighths<TTable> where TTable : struct, IEighths
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // By how far the third bit is moved to be the sign, by which blends go.
    private const int ThirdToSign64 = Binary64.SignBit - 2, ThirdToSign32 = Binary32.SignBit - 2;

    private static ref double First64 { [MethodImpl(Inline)] get => ref MemoryMarshal.GetReference(TTable.Doubles); }

    private static ref float First32 { [MethodImpl(Inline)] get => ref MemoryMarshal.GetReference(TTable.Floats); }

    /// <summary>All eight.</summary>
    public static Vector512<double> Wide64 { [MethodImpl(Inline)] get => Vector512.LoadUnsafe(in First64); }

    /// <summary>All eight, twice.</summary>
    public static Vector512<float> Wide32 { [MethodImpl(Inline)] get => Vector512.LoadUnsafe(in First32); }

    [MethodImpl(Inline)]
    public static double Of(long pattern) => TTable.Doubles[(int)pattern & 7];

    [MethodImpl(Inline)]
    public static float Of(int pattern) => TTable.Floats[pattern & 7];

    [MethodImpl(Inline)]
    public static Vector512<double> Of(Vector512<double> pattern) => Avx512F.IsSupported
        ? Avx512F.PermuteVar8x64(Wide64, pattern.AsInt64())
        : Vector512.Create(Of(pattern.GetLower()), Of(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector512<float> Of(Vector512<float> pattern) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32(Wide32, pattern.AsInt32())
        : Vector512.Create(Of(pattern.GetLower()), Of(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector256<double> Of(Vector256<double> pattern)
    {
        if (!Avx2.IsSupported)
        {
            return Vector256.Create(Of(pattern.GetLower()), Of(pattern.GetUpper()));
        }

        var bits = pattern.AsInt64();
        Vector256<double> lower = Vector256.LoadUnsafe(in First64), upper = Vector256.LoadUnsafe(in First64, 4);
        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.PermuteVar4x64x2(lower, bits, upper);
        }

        // A double is two floats: the one at twice its place, and the next.
        var places = (Avx.DuplicateEvenIndexed((bits + bits).AsSingle()).AsInt64() + Vector256.Create(1L << 32)).AsInt32();
        var ofLower = Avx2.PermuteVar8x32(lower.AsSingle(), places).AsDouble();
        var ofUpper = Avx2.PermuteVar8x32(upper.AsSingle(), places).AsDouble();
        return Avx.BlendVariable(ofLower, ofUpper, (bits << ThirdToSign64).AsDouble());
    }

    [MethodImpl(Inline)]
    public static Vector256<float> Of(Vector256<float> pattern) => Avx2.IsSupported
        ? Avx2.PermuteVar8x32(Vector256.LoadUnsafe(in First32), pattern.AsInt32())
        : Vector256.Create(Of(pattern.GetLower()), Of(pattern.GetUpper()));

    [MethodImpl(Inline)]
    public static Vector128<double> Of(Vector128<double> pattern)
    {
        var bits = pattern.AsInt64();
        return Vector128.Create(Of(bits.GetElement(0)), Of(bits.GetElement(1)));
    }

    [MethodImpl(Inline)]
    public static Vector128<float> Of(Vector128<float> pattern)
    {
        var bits = pattern.AsInt32();
        if (Avx.IsSupported)
        {
            Vector128<float> lower = Vector128.LoadUnsafe(in First32), upper = Vector128.LoadUnsafe(in First32, 4);
            return Avx.BlendVariable(Avx.PermuteVar(lower, bits), Avx.PermuteVar(upper, bits), (bits << ThirdToSign32).AsSingle());
        }

        return Vector128.Create(Of(bits.GetElement(0)), Of(bits.GetElement(1)), Of(bits.GetElement(2)), Of(bits.GetElement(3)));
    }
}
