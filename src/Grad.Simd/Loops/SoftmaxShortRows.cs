using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>The functions of <see cref="Softmax"/> on rows so short that the lanes are filled across rows: a lane of rows at a time is turned to columns.</summary>
internal readonly unsafe struct SoftmaxShortRows<T>(T* x, int rows, int length, T* destination, SoftmaxResult result) : ILoop
    where T : unmanaged
{
    /// <summary>The longest row.</summary>
    public const int MaxLength = 16;

    [SkipLocalsInit]
    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        E* columns = stackalloc E[MaxLength * Widest.MaxCount], results = stackalloc E[MaxLength * Widest.MaxCount];
        E* from = (E*)x, to = (E*)destination;
        int each = result == SoftmaxResult.LogOfSum ? 1 : length;
        for (int left = rows; left > 0; left -= V.Count, from += V.Count * length, to += V.Count * each)
        {
            int count = Math.Min(left, V.Count);
            for (int lane = 0; lane < V.Count; lane++)
            {
                // Where there is no row, the last one once more.
                E* row = from + Math.Min(lane, count - 1) * length;
                for (int i = 0; i < length; i++)
                    columns[i * V.Count + lane] = row[i];
            }

            SoftmaxBlocks<V, E>.Few(columns, V.Count, length, results, result);

            for (int lane = 0; lane < count; lane++)
            {
                for (int i = 0; i < each; i++)
                    to[lane * each + i] = results[i * V.Count + lane];
            }
        }
    }
}
