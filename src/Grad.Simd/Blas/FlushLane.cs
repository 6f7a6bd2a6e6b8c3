using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>A last lane that ends flush with the data, and so begins with elements that are done already.</summary>
internal static class FlushLane
{
    // From MaxCount − k on: a lane whose first k elements are false.
    private static ReadOnlySpan<bool> FalseThenTrue =>
    [
        false, false, false, false, false, false, false, false, false, false, false, false, false, false, false, false,
        true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
    ];

    /// <summary>The mask that leaves out the first elements of a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Mask<V, E>(nint skip) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        V.LoadMask(in FalseThenTrue[Widest.MaxCount - (int)skip]);
}
