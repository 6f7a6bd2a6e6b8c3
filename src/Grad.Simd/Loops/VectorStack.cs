using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grad.Simd;

/// <summary>
/// Where the vectors that a loop spills lie. The JIT places the vectors of a method at multiples of 64 bytes from the stack pointer of its caller, which is a multiple
/// of 16 itself. Elsewhere than at multiples of 64, spills cross lines of the cache, and a loop that spills takes up to 1.6 times as long.
/// </summary>
internal static class VectorStack
{
    /// <summary>
    /// The bytes, 1 to 64, by which the vectors of a method called from here lie above a multiple of 64. A caller that takes so many from the stack before it
    /// calls a loop aligns what the loop spills. Nothing but speed depends on it.
    /// </summary>
    // Not inlined: it stands for the loop, and its vector for the loop's.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static unsafe int Misplaced()
    {
        Unsafe.SkipInit(out Vector512<byte> vector);
        return (((int)(nint)(&vector) - 1) & (WideLane.Size - 1)) + 1;
    }
}
