using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Error function. Method: |x| = n·w + t with |t| ≤ w/2, and a polynomial in t for each n from 0 to 7 (<see cref="ErfPieces"/>, minimax by Remez exchange), that of n = 0 odd: relative error
/// 2⁻⁵⁹ (double, degree 16; 2⁻⁵⁵·⁷ for n = 0), 2⁻²⁸ (float, degree 7). What is great of it, the first coefficient or, for n = 0, t itself, is added last. Range: all; zeros keep
/// their sign, ±1 at the ends. Max ULP, with and without fused multiply-add: 1.5.
/// </summary>
internal static class ErfFunction
{
    // Of few bits, so that their multiples are exact, and such that there erf is a number to well beyond the last place.
    private const double Width64 = 3247.0 / 4096;
    private const double Width32 = 67.0 / 128;

    // Where erf is 1 already and the last piece has not ended: 7½ widths.
    private const double End64 = 5.94;
    private const double End32 = 3.925;

    /// <summary>Error function of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float64<V>(V x) where V : struct, IHardwareLane<V, double>
    {
        // From the limit on the result is 1 to the last place.
        var magnitude = V.AtMost(V.Abs(x), End64);
        var piece = V.MultiplyAdd(1 / Width64, magnitude, Binary64.RoundingShift);
        var n = piece - Binary64.RoundingShift;
        var t = V.MultiplyAdd(n, -Width64, magnitude);
        var p = V.Horner<ErfPieces>(V.LookUp<ErfPieces>(piece, 16), t, piece, 12);
        p = V.Horner<ErfPieces>(V.Horner<ErfPieces>(p, t, piece, 8), t, piece, 4);
        p = V.MultiplyAdd(V.MultiplyAdd(p, t, V.LookUp<ErfPieces>(piece, 3)), t, V.LookUp<ErfPieces>(piece, 2));
        p = V.MultiplyAdd(p, t, V.LookUp<ErfPieces>(piece, 1));
        return V.CopySign(V.MultiplyAdd(p, t, V.Below(n, 0.5, t, V.LookUp<ErfPieces>(piece))), x);
    }

    /// <summary>Error function of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Float32<V>(V x) where V : struct, IHardwareLane<V, float>
    {
        var magnitude = V.AtMost(V.Abs(x), End32);
        var piece = V.MultiplyAdd(1 / Width32, magnitude, Binary32.RoundingShift);
        var n = piece - Binary32.RoundingShift;
        var t = V.MultiplyAdd(n, -Width32, magnitude);
        var p = V.Horner<ErfPieces>(V.LookUp<ErfPieces>(piece, 7), t, piece, 3);
        p = V.MultiplyAdd(V.MultiplyAdd(p, t, V.LookUp<ErfPieces>(piece, 2)), t, V.LookUp<ErfPieces>(piece, 1));
        return V.CopySign(V.MultiplyAdd(p, t, V.Below(n, 0.5, t, V.LookUp<ErfPieces>(piece))), x);
    }
}
