using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Masks as bits and as truth values in memory.</summary>
internal static class MaskBits
{
    /// <summary>Eight bits to eight bytes, each 0 or 1, the lowest bit to the byte that is first in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToBools(byte bits)
    {
        // Every byte gets a copy, keeps its own bit, and carries it to its top.
        var own = (bits * 0x0101_0101_0101_0101UL) & 0x8040_2010_0804_0201UL;
        return ((own + 0x7F7F_7F7F_7F7F_7F7FUL) >> 7) & 0x0101_0101_0101_0101UL;
    }
}
