using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Bench;

/// <summary>A loop written by hand over lanes of doubles.</summary>
internal interface ILaneLoop
{
    void Run<V>() where V : struct, IHardwareLane<V, double>;
}

/// <summary>What loops by hand share.</summary>
internal static class Lanes
{
    /// <summary>Runs a loop on the widest lanes of the hardware.</summary>
    public static void Run<TLoop>(scoped ref TLoop loop) where TLoop : struct, ILaneLoop, allows ref struct
    {
        if (F64x8.IsAccelerated)
        {
            loop.Run<F64x8>();
        }
        else if (F64x4.IsAccelerated)
        {
            loop.Run<F64x4>();
        }
        else
        {
            loop.Run<F64x2>();
        }
    }

    /// <summary>
    /// Sine and cosine with one reduction, <c>x = n·π/2 + r</c>, for |x| below 2²⁰; an expert's answer to code that needs both. Polynomials: Cephes,
    /// sin.c.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos<V>(V x, out V sin, out V cos) where V : struct, IHardwareLane<V, double>
    {
        const double Shift = 6755399441055744;
        var shifted = V.MultiplyAdd(0.6366197723675814, x, Shift);
        var n = shifted - Shift;
        var r = V.MultiplyAdd(n, -1.5707963267948966, x);
        r = V.MultiplyAdd(n, -6.123233995736766e-17, r);
        var s = r * r;
        var p = V.MultiplyAdd(V.MultiplyAdd(1.58962301576546568060e-10, s, -2.50507477628578072866e-8), s, V.Constant(2.75573136213857245213e-6));
        p = V.MultiplyAdd(V.MultiplyAdd(V.MultiplyAdd(p, s, -1.98412698295895385996e-4), s, 8.33333333332211858878e-3), s, -1.66666666666666307295e-1);
        var sine = V.MultiplyAdd(r * s, p, r);
        var q = V.MultiplyAdd(V.MultiplyAdd(-1.13585365213876817300e-11, s, 2.08757008419747316778e-9), s, V.Constant(-2.75573141792967388112e-7));
        q = V.MultiplyAdd(V.MultiplyAdd(V.MultiplyAdd(q, s, 2.48015872888517179954e-5), s, -1.38888888888730564116e-3), s, 4.16666666666665929218e-2);
        var cosine = V.MultiplyAdd(s * s, q, V.MultiplyAdd(s, -0.5, V.Constant(1)));

        // Odd n exchanges the two; the sign is that of n's second bit, of n + 1's for the cosine.
        var parity = V.FlipSignByLowBit(V.Constant(0.5), shifted);
        var isOdd = V.LessThan(parity, V.Constant(0));
        var half = V.MultiplyAdd(n + (parity - 0.5), 0.5, V.Constant(Shift));
        sin = V.FlipSignByLowBit(V.Select(isOdd, cosine, sine), half);
        cos = V.FlipSignByLowBit(V.FlipSignByLowBit(V.Select(isOdd, sine, cosine), half), shifted);
    }
}
