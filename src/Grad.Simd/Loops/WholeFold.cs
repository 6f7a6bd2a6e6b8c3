using System.Numerics;

namespace Grad.Simd;

/// <summary>Folds of whole numbers over the middle axis of a row-major [outer, axis, inner], one by one.</summary>
internal static class WholeFold
{
    /// <summary>The greatest or least.</summary>
    public static void ExtremeAxis<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, bool isMax, Span<T> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int o = 0; o < outer; o++)
        {
            var best = destination.Slice(o * inner, inner);
            x.Slice(o * axis * inner, inner).CopyTo(best);
            for (int a = 1; a < axis; a++)
            {
                var row = x.Slice((o * axis + a) * inner, inner);
                for (int i = 0; i < row.Length; i++)
                    best[i] = isMax ? T.Max(best[i], row[i]) : T.Min(best[i], row[i]);
            }
        }
    }

    /// <summary>The place of the first of the greatest or least.</summary>
    public static void ArgExtremeAxis<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, bool isMax, Span<int> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int o = 0; o < outer; o++)
        {
            var slab = x.Slice(o * axis * inner, axis * inner);
            var best = destination.Slice(o * inner, inner);
            best.Clear();
            for (int a = 1; a < axis; a++)
            {
                for (int i = 0; i < inner; i++)
                {
                    T candidate = slab[a * inner + i], former = slab[best[i] * inner + i];
                    if (isMax ? candidate > former : candidate < former)
                        best[i] = a;
                }
            }
        }
    }
}
