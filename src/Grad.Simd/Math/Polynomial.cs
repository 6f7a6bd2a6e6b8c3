using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// The piece of Estrin's scheme. Independent pairs keep the multiply-add units of out-of-order processors busy where Horner's
/// chain would wait for itself.
/// </summary>
/// <remarks>
/// Where multiplications are what a function waits for, the upper part of a polynomial stands in another form (J. Eve, The evaluation of
/// polynomials, Numerische Mathematik 6, 1964): with <c>t = x − c</c> and <c>y = t²</c>, <c>(…(y − β₂)·(…) + γ₂)…)·(y − β₁) + γ₁</c>, one
/// multiplication and one sum for two degrees. The β are the roots of its odd part, real for a suitable c; c and the order of the β are those
/// whose rounding errors, weighted by what the part adds to the result, are least.
/// </remarks>
internal static class Polynomial
{
    /// <summary><c>c0 + c1·x + c2·x² + c3·x³</c>, given the square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cubic<V>(V x, V square, double c0, double c1, double c2, double c3) where V : struct, ILane<V> =>
        V.Cubic(x, square, c0, c1, c2, c3);
}
