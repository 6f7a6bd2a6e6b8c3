using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// The numbers of a table of eight that belong to the three lowest bits of every element's pattern: one permute where a vector holds the table, two and a
/// blend where it holds half of it.
/// </summary>
/// <remarks>Each is one body: loops and emitted code have hundreds of them, and the JIT's budget for inlining counts calls inside calls.</remarks>
internal static class Eighths<TTable> where TTable : struct, IEighths
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // By how far the third bit is moved to be the sign, by which blends go.
    private const int ThirdToSign64 = Binary64.SignBit - 2, ThirdToSign32 = Binary32.SignBit - 2;

    // The numbers of a row.
    private const int Row = 8;

    /// <summary>All eight of a row.</summary>
    [MethodImpl(Inline)]
    public static Vector512<double> Wide64(int row) =>
        Vector512.LoadUnsafe(in MemoryMarshal.GetReference(TTable.Doubles), (nuint)(Row * row));

    /// <summary>All eight of a row, twice.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Wide32(int row) =>
        Vector512.LoadUnsafe(in MemoryMarshal.GetReference(TTable.Floats), (nuint)(2 * Row * row));

    [MethodImpl(Inline)]
    public static double Of(long pattern, int row) => TTable.Doubles[(Row * row) + ((int)pattern & 7)];

    [MethodImpl(Inline)]
    public static float Of(int pattern, int row) => TTable.Floats[(2 * Row * row) + (pattern & 7)];

    [MethodImpl(Inline)]
    public static Vector512<double> Of(Vector512<double> pattern, int row) => Avx512F.IsSupported
        ? Avx512F.PermuteVar8x64(Vector512.LoadUnsafe(in MemoryMarshal.GetReference(TTable.Doubles), (nuint)(Row * row)), pattern.AsInt64())
        : Vector512.Create(Of(pattern.GetLower(), row), Of(pattern.GetUpper(), row));

    [MethodImpl(Inline)]
    public static Vector512<float> Of(Vector512<float> pattern, int row) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32(Vector512.LoadUnsafe(in MemoryMarshal.GetReference(TTable.Floats), (nuint)(2 * Row * row)), pattern.AsInt32())
        : Vector512.Create(Of(pattern.GetLower(), row), Of(pattern.GetUpper(), row));

    [MethodImpl(Inline)]
    public static Vector256<double> Of(Vector256<double> pattern, int row)
    {
        if (!Avx2.IsSupported)
        {
            return Vector256.Create(Of(pattern.GetLower(), row), Of(pattern.GetUpper(), row));
        }

        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.PermuteVar4x64x2(
                Vector256.LoadUnsafe(in MemoryMarshal.GetReference(TTable.Doubles), (nuint)(Row * row)),
                pattern.AsInt64(),
                Vector256.LoadUnsafe(in MemoryMarshal.GetReference(TTable.Doubles), (nuint)((Row * row) + 4)));
        }

        return AtPlaces(Places(pattern), UpperHalf(pattern), row);
    }

    /// <summary>The places in half of a row, as floats, of the elements of a row of doubles: a double is two floats, the one at twice its place and the next.</summary>
    [MethodImpl(Inline)]
    public static Vector256<int> Places(Vector256<double> pattern) =>
        (Avx.DuplicateEvenIndexed((pattern.AsInt64() + pattern.AsInt64()).AsSingle()).AsInt64() + Vector256.Create(1L << 32)).AsInt32();

    /// <summary>Whether the elements are in the upper half of a row: the sign says it.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> UpperHalf(Vector256<double> pattern) => (pattern.AsInt64() << ThirdToSign64).AsDouble();

    /// <summary>The numbers of a row, for places found once.</summary>
    [MethodImpl(Inline)]
    public static Vector256<double> AtPlaces(Vector256<int> places, Vector256<double> upperHalf, int row) => Avx.BlendVariable(
        Avx2.PermuteVar8x32(Vector256.LoadUnsafe(in MemoryMarshal.GetReference(TTable.Doubles), (nuint)(Row * row)).AsSingle(), places).AsDouble(),
        Avx2.PermuteVar8x32(Vector256.LoadUnsafe(in MemoryMarshal.GetReference(TTable.Doubles), (nuint)((Row * row) + 4)).AsSingle(), places).AsDouble(),
        upperHalf);

    [MethodImpl(Inline)]
    public static Vector256<float> Of(Vector256<float> pattern, int row) => Avx2.IsSupported
        ? Avx2.PermuteVar8x32(Vector256.LoadUnsafe(in MemoryMarshal.GetReference(TTable.Floats), (nuint)(2 * Row * row)), pattern.AsInt32())
        : Vector256.Create(Of(pattern.GetLower(), row), Of(pattern.GetUpper(), row));

    [MethodImpl(Inline)]
    public static Vector128<double> Of(Vector128<double> pattern, int row)
    {
        var bits = pattern.AsInt64();
        return Vector128.Create(Of(bits.GetElement(0), row), Of(bits.GetElement(1), row));
    }

    [MethodImpl(Inline)]
    public static Vector128<float> Of(Vector128<float> pattern, int row)
    {
        var bits = pattern.AsInt32();
        if (Avx.IsSupported)
        {
            var lower = Vector128.LoadUnsafe(in MemoryMarshal.GetReference(TTable.Floats), (nuint)(2 * Row * row));
            var upper = Vector128.LoadUnsafe(in MemoryMarshal.GetReference(TTable.Floats), (nuint)((2 * Row * row) + 4));
            return Avx.BlendVariable(Avx.PermuteVar(lower, bits), Avx.PermuteVar(upper, bits), (bits << ThirdToSign32).AsSingle());
        }

        return Vector128.Create(Of(bits.GetElement(0), row), Of(bits.GetElement(1), row), Of(bits.GetElement(2), row), Of(bits.GetElement(3), row));
    }
}
