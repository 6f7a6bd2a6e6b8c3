using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// A loop written once over lanes of any width and element type; its operands are re-read as <c>E</c>, which is their own type.
/// </summary>
internal interface ILoop
{
    /// <summary>Runs the loop on this width.</summary>
    void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged;
}

/// <summary>
/// Chooses the width of a loop: the widest that the hardware has and the data fill. A lane of fewer elements gives the same bits.
/// </summary>
internal static class Widest
{
    /// <summary>The elements of the longest lane: what a buffer for any lane needs.</summary>
    public const int MaxCount = 16;

    /// <summary>
    /// Runs <paramref name="loop"/> on the widest lanes of <typeparamref name="T"/> that have at most <paramref name="limit"/> elements.
    /// </summary>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLoop, T>(scoped ref TLoop loop, int limit)
        where TLoop : struct, ILoop, allows ref struct
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            if (F64x8.IsAccelerated && limit >= F64x8.Count)
                loop.Run<F64x8, double>();
            else if (F64x4.IsAccelerated && limit >= F64x4.Count)
                loop.Run<F64x4, double>();
            else if (F64x2.IsAccelerated && limit >= F64x2.Count)
                loop.Run<F64x2, double>();
            else
                loop.Run<F64x1, double>();
        }
        else if (typeof(T) == typeof(float))
        {
            if (F32x16.IsAccelerated && limit >= F32x16.Count)
                loop.Run<F32x16, float>();
            else if (F32x8.IsAccelerated && limit >= F32x8.Count)
                loop.Run<F32x8, float>();
            else if (F32x4.IsAccelerated && limit >= F32x4.Count)
                loop.Run<F32x4, float>();
            else
                loop.Run<F32x1, float>();
        }
        else
        {
            Contract.ThrowElementType<T>();
        }
    }
}
