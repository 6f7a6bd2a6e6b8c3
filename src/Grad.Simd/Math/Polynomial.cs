using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// The piece of Estrin's scheme. Independent pairs keep the multiply-add units of out-of-order processors busy where Horner's
/// chain would wait for itself.
/// </summary>
internal static class Polynomial
{
    /// <summary><c>c0 + c1·x + c2·x² + c3·x³</c>, given the square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cubic<V>(V x, V square, double c0, double c1, double c2, double c3) where V : struct, ILane<V> =>
        V.MultiplyAdd(square, V.MultiplyAdd(c3, x, c2), V.MultiplyAdd(c1, x, c0));
}
