using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// The pieces of Estrin's scheme. Independent pairs keep the multiply-add units of out-of-order processors busy where Horner's
/// chain would wait for itself.
/// </summary>
internal static class Polynomial
{
    /// <summary><c>c0 + c1·x</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Linear<V>(V x, double c0, double c1) where V : struct, ILane<V> =>
        V.MultiplyAdd(V.Constant(c1), x, V.Constant(c0));

    /// <summary><c>c0 + c1·x + c2·x² + c3·x³</c>, given the square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cubic<V>(V x, V square, double c0, double c1, double c2, double c3) where V : struct, ILane<V> =>
        V.MultiplyAdd(square, Linear(x, c2, c3), Linear(x, c0, c1));
}
