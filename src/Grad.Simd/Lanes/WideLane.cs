namespace Grad.Simd;

/// <summary>
/// The 512-bit lanes. There many registers hold constants, which a call would spill, and scaling is one instruction: a body then
/// computes the whole range in a straight line rather than test for the common range and call a method for the rest.
/// </summary>
internal static class WideLane
{
    /// <summary>Bytes; lanes of several such vectors have more. Compared with the size of a lane, which the JIT folds before it inlines the branch not taken.</summary>
    public const int Size = 64;

    /// <summary>
    /// The table of the fix-up instruction, a digit for each class of argument, from the lowest: quiet and signalling NaN itself, −∞ at zeros,
    /// the given number at one, NaN at −∞, ∞ itself, NaN for negative and the given number for positive ones.
    /// </summary>
    public const int LogarithmCases = 0x0353_0422;
}
