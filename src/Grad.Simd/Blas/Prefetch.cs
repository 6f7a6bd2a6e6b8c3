using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Hints that memory will be read; any address may be named. Where the hardware takes no hints, nothing happens.</summary>
internal static unsafe class Prefetch
{
    /// <summary>Brings a line to the first cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToFirst(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    /// <summary>Brings the lines of some bytes to the first cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToFirst(void* address, nint bytes)
    {
        for (nint at = 0; at < bytes; at += GemmLoop<byte>.LineBytes)
            ToFirst((byte*)address + at);
        ToFirst((byte*)address + bytes - 1);
    }

    /// <summary>Brings a line to the second cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToSecond(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }
}
