using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// What is smooth in the tail of the normal distribution, <c>m(z) = e^(z²)·erfc z</c> and <c>m(x) = e^(x²/2)·Φ(−x)</c>, for arguments from 0 on. Method: a polynomial in the distance from a
/// center, one for each half octave of the argument, scaled and moved from 0 to 1¾ (<see cref="ErfcPieces"/>, <see cref="NormalPieces"/>; Remez exchange): relative error 2⁻⁵⁴·⁶
/// (double, degree 16), 2⁻²⁶·⁵ (float, degree 7). The centers are such that the first coefficient is a number to well beyond the last place: kept apart from the others' sum, the step, it
/// makes m one of two parts.
/// </summary>
internal static class ErfcTail
{
    private const double Offset = 1.75;

    /// <summary>m times an exponential, of which the last is what it has more than 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Product<V>(V first, V step, V power) where V : struct, ILane<V> =>
        first + V.MultiplyAdd(first, power, V.MultiplyAdd(step, power, step));

    /// <summary>m(z) of erfc is the result and the step; z up to 27.3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Smooth64<V>(V z, out V step) where V : struct, IHardwareLane<V, double> =>
        Polynomial64<V, ErfcPieces>(z, V.MultiplyAdd(0.9615, z, Offset), out step);

    /// <summary>m(x) of Φ is the result and the step; x up to 38.6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Normal64<V>(V x, out V step) where V : struct, IHardwareLane<V, double> =>
        Polynomial64<V, NormalPieces>(x, V.MultiplyAdd(0.67988, x, Offset), out step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Polynomial64<V, TPieces>(V x, V place, out V step)
        where V : struct, IHardwareLane<V, double>
        where TPieces : struct, IEighths
    {
        var piece = V.HalfOctave(place);
        var t = x - V.LookUp<TPieces>(piece, 17);
        var q = V.Horner<TPieces>(V.LookUp<TPieces>(piece, 16), t, piece, 12);
        q = V.Horner<TPieces>(V.Horner<TPieces>(q, t, piece, 8), t, piece, 4);
        q = V.MultiplyAdd(V.MultiplyAdd(q, t, V.LookUp<TPieces>(piece, 3)), t, V.LookUp<TPieces>(piece, 2));
        step = t * V.MultiplyAdd(q, t, V.LookUp<TPieces>(piece, 1));
        return V.LookUp<TPieces>(piece);
    }

    /// <summary>m(z) of erfc is the result and the step; z up to 10.17.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Smooth32<V>(V z, out V step) where V : struct, IHardwareLane<V, float> =>
        Polynomial32<V, ErfcPieces>(z, V.MultiplyAdd(2.58, z, Offset), out step);

    /// <summary>m(x) of Φ is the result and the step; x up to 14.42.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Normal32<V>(V x, out V step) where V : struct, IHardwareLane<V, float> =>
        Polynomial32<V, NormalPieces>(x, V.MultiplyAdd(1.82, x, Offset), out step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Polynomial32<V, TPieces>(V x, V place, out V step)
        where V : struct, IHardwareLane<V, float>
        where TPieces : struct, IEighths
    {
        var piece = V.HalfOctave(place);
        var t = x - V.LookUp<TPieces>(piece, 8);
        var q = V.Horner<TPieces>(V.LookUp<TPieces>(piece, 7), t, piece, 3);
        q = V.MultiplyAdd(q, t, V.LookUp<TPieces>(piece, 2));
        step = t * V.MultiplyAdd(q, t, V.LookUp<TPieces>(piece, 1));
        return V.LookUp<TPieces>(piece);
    }
}
