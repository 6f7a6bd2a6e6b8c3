using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Eight by eight floats, turned in registers; for hardware that has AVX.</summary>
internal static class Square8x8
{
    // Pairs of rows are interleaved twice, which turns the 4×4 quarters; the quarters then change places.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(ref float x, nint stride, ref float destination, nint destinationStride)
    {
        Quarters(ref x, stride, out var t0, out var t1, out var t2, out var t3);
        Quarters(ref Unsafe.Add(ref x, 4 * stride), stride, out var u0, out var u1, out var u2, out var u3);
        Avx.Permute2x128(t0, u0, 0x20).StoreUnsafe(ref destination);
        Avx.Permute2x128(t1, u1, 0x20).StoreUnsafe(ref Unsafe.Add(ref destination, destinationStride));
        Avx.Permute2x128(t2, u2, 0x20).StoreUnsafe(ref Unsafe.Add(ref destination, 2 * destinationStride));
        Avx.Permute2x128(t3, u3, 0x20).StoreUnsafe(ref Unsafe.Add(ref destination, 3 * destinationStride));
        destination = ref Unsafe.Add(ref destination, 4 * destinationStride);
        Avx.Permute2x128(t0, u0, 0x31).StoreUnsafe(ref destination);
        Avx.Permute2x128(t1, u1, 0x31).StoreUnsafe(ref Unsafe.Add(ref destination, destinationStride));
        Avx.Permute2x128(t2, u2, 0x31).StoreUnsafe(ref Unsafe.Add(ref destination, 2 * destinationStride));
        Avx.Permute2x128(t3, u3, 0x31).StoreUnsafe(ref Unsafe.Add(ref destination, 3 * destinationStride));
    }

    // Row k of the result holds elements k and k + 4 of the four rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(
        ref float x, nint stride, out Vector256<float> r0, out Vector256<float> r1, out Vector256<float> r2, out Vector256<float> r3)
    {
        var a = Vector256.LoadUnsafe(ref x);
        var b = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, stride));
        var c = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 2 * stride));
        var d = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 3 * stride));
        Vector256<float> abLow = Avx.UnpackLow(a, b), abHigh = Avx.UnpackHigh(a, b), cdLow = Avx.UnpackLow(c, d), cdHigh = Avx.UnpackHigh(c, d);
        r0 = Avx.Shuffle(abLow, cdLow, 0b01_00_01_00);
        r1 = Avx.Shuffle(abLow, cdLow, 0b11_10_11_10);
        r2 = Avx.Shuffle(abHigh, cdHigh, 0b01_00_01_00);
        r3 = Avx.Shuffle(abHigh, cdHigh, 0b11_10_11_10);
    }
}
