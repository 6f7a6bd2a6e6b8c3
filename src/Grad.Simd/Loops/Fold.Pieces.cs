using System.Diagnostics.CodeAnalysis;

namespace Grad.Simd;

public static partial class Fold
{
    /// <summary>The sum over the middle axis of [outer, axis, inner], piece by piece, with the bits of <see cref="SumAxis"/>; null if there is none.</summary>
    internal static PiecewiseFold? SumPieces<T>(int axis, int inner) where T : unmanaged
    {
        if (!HasPieces<T>(axis, inner))
            return null;
        if (axis <= ShortSum)
            return new ShortSumPieces<T>(axis);
        var choice = new RowSumChoice(axis);
        Widest.Run<RowSumChoice, T>(ref choice, axis);
        return choice.Made;
    }

    /// <summary>The greatest along the middle axis of [outer, axis, inner], piece by piece, with the bits of <see cref="MaxAxis"/>; null if there is none.</summary>
    internal static PiecewiseFold? MaxPieces<T>(int axis, int inner) where T : unmanaged =>
        HasPieces<T>(axis, inner) ? new RowExtremePieces<SpanMath.MaximumKernel, T>(axis, isMax: true) : null;

    /// <summary>The least along the middle axis of [outer, axis, inner], piece by piece, with the bits of <see cref="MinAxis"/>; null if there is none.</summary>
    internal static PiecewiseFold? MinPieces<T>(int axis, int inner) where T : unmanaged =>
        HasPieces<T>(axis, inner) ? new RowExtremePieces<SpanMath.MinimumKernel, T>(axis, isMax: false) : null;

    private static bool HasPieces<T>(int axis, int inner) => (typeof(T) == typeof(double) || typeof(T) == typeof(float)) && axis > 0 && inner == 1;

    private struct RowSumChoice(int axis) : ILoop
    {
        public PiecewiseFold? Made { get; private set; }

        [SuppressMessage("Performance", "CA1822", Justification = "It is what the loop is for.")]
        public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged => Made = new RowSumPieces<V, E>(axis);
    }
}
