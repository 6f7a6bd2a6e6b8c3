namespace Grad.Simd;

/// <summary>Two functions of one number that have work in common, each with the bits that it has alone.</summary>
internal interface IPairKernel
{
    /// <summary>Both, on a lane.</summary>
    static abstract V Eval<V, E>(V x, out V second)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged;
}
