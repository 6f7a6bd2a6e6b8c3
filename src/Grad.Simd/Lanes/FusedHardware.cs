using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>
/// The one decision, for all lanes of a process, whether a multiply-add is fused: widths and tails must round alike.
/// </summary>
internal static class FusedHardware
{
    /// <summary>Whether the processor has a fused multiply-add; a constant to the compiler.</summary>
    public static bool IsSupported => Fma.IsSupported || AdvSimd.IsSupported;
}
