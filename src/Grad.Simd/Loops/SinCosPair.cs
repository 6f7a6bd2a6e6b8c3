using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Sine and cosine.</summary>
internal readonly struct SinCosPair : IPairKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Eval<V, E>(V x, out V second)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged => V.SinCos(x, out second);
}
