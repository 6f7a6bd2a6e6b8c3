namespace Grad.Simd;

/// <summary>
/// The 512-bit lanes. There many registers hold constants, which a call would spill, and scaling is one instruction: a body then
/// computes the whole range in a straight line rather than test for the common range and call a method for the rest.
/// </summary>
internal static class WideLane
{
    /// <summary>Bytes; lanes of several such vectors have more. Compared with the size of a lane, which the JIT folds before it inlines the branch not taken.</summary>
    public const int Size = 64;
}
