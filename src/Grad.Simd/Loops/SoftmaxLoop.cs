using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>What is computed of exponentials along an axis.</summary>
internal enum SoftmaxResult
{
    /// <summary>Each exponential divided by the sum of all.</summary>
    Weights,

    /// <summary>The logarithms of the weights.</summary>
    Logs,

    /// <summary>The logarithm of the sum.</summary>
    LogOfSum,
}

/// <summary>
/// The functions of <see cref="Softmax"/>, on an axis with at least a lane of elements, or at least a lane of columns. A row is taken as lanes one
/// behind the other, columns as lanes one below the other: see <see cref="SoftmaxBlocks{V, E}"/>.
/// </summary>
internal readonly unsafe struct SoftmaxLoop<T>(T* x, int outer, int axis, int inner, T* destination, SoftmaxResult result) : ILoop
    where T : unmanaged
{
    // Lanes of columns that go down together: what a row of them takes is whole lines of the cache.
    private const int MaxLanes = 4;

    // Elements of a block in a row, and rows of a block of columns: either stays in the first-level cache.
    private const int RowBlock = 1024, ColumnBlock = 128;

    // Rows that share the computing of logarithms.
    private const int RowBytes = 8192;

    // More blocks than this are longer ones instead, so that what is known of them has its room on the stack.
    private const int MaxBlocks = 64;

    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        if (inner == 1)
            Rows<V, E>((E*)x, (E*)destination);
        else
            Columns<V, E>((E*)x, (E*)destination);
    }

    private static Parts Blocks(int length, int block) => Parts.AtMost(length, Math.Max(block, (length + MaxBlocks - 1) / MaxBlocks));

    // Rows that stay in the first-level cache together, as many as have room in a lane, share the computing of logarithms.
    [SkipLocalsInit]
    private void Rows<V, E>(E* from, E* to) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        var parts = Blocks(axis, RowBlock);
        E* room = stackalloc E[parts.Count * SoftmaxBlocks<V, E>.Size + 2 * Widest.MaxCount];
        E* tops = room + parts.Count * SoftmaxBlocks<V, E>.Size, logs = tops + Widest.MaxCount;
        var blocks = new SoftmaxBlocks<V, E>(room, parts.Count);
        int together = Math.Clamp(RowBytes / (axis * sizeof(E)), 1, V.Count);
        for (int left = outer; left > 0; left -= together)
        {
            together = Math.Min(together, left);
            for (int row = 0; row < together; row++)
            {
                E* x = from + (nint)row * axis, results = result == SoftmaxResult.LogOfSum ? x : to + (nint)row * axis;
                V greatest, sum, hits;
                if (axis <= SoftmaxBlocks<V, E>.MaxFew * V.Count)
                {
                    greatest = FewOf<V, E>(x, results, out sum, out hits);
                }
                else
                {
                    for (int b = 0; b < parts.Count; b++)
                        RowBlockOf(x, results, parts.Start(b), parts.Start(b + 1), b, blocks);
                    greatest = blocks.Join(out sum, out hits);
                }

                if (result == SoftmaxResult.Weights)
                {
                    var inverse = SoftmaxBlocks<V, E>.Inverse(greatest, sum);
                    for (int b = 0; b < parts.Count; b++)
                        SoftmaxBlocks<V, E>.ScaleRow(results + parts.Start(b), parts.Start(b + 1) - parts.Start(b), blocks.Share(b, greatest) * inverse);
                }
                else
                {
                    tops[row] = V.First(greatest);
                    logs[row] = V.First(sum + (hits - 1));
                }
            }

            if (result == SoftmaxResult.LogOfSum)
            {
                V.Store(V.Load(in *tops) + V.LogP1(V.Load(in *logs)), ref *logs);
                new Span<E>(logs, together).CopyTo(new Span<E>(to, together));
            }
            else if (result == SoftmaxResult.Logs)
            {
                V.Store(V.LogP1(V.Load(in *logs)), ref *logs);
                for (int row = 0; row < together; row++)
                {
                    nint start = (nint)row * axis;
                    SoftmaxBlocks<V, E>.SubtractRow(from + start, axis, V.Broadcast(tops[row]), V.Broadcast(logs[row]), to + start);
                }
            }

            from += (nint)together * axis;
            to += (nint)together * (result == SoftmaxResult.LogOfSum ? 1 : axis);
        }
    }

    // A block of few lanes is the axis.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V FewOf<V, E>(E* x, E* results, out V sum, out V tops)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint rest = axis % V.Count;
        E* last = rest == 0 ? null : x + axis - V.Count;
        return result == SoftmaxResult.Weights
            ? SoftmaxBlocks<V, E>.FewOfRow<Size.Two>(x, axis / V.Count, last, V.Count - rest, results, out sum, out tops)
            : SoftmaxBlocks<V, E>.FewOfRow<Size.One>(x, axis / V.Count, last, V.Count - rest, results, out sum, out tops);
    }

    private void RowBlockOf<V, E>(E* x, E* results, nint start, nint end, int block, SoftmaxBlocks<V, E> blocks)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        nint whole = (end - start) / V.Count, rest = (end - start) % V.Count;
        E* last = rest == 0 ? null : x + end - V.Count;
        var top = SoftmaxBlocks<V, E>.Greatest(x + start, V.Count, whole);
        top = V.Broadcast(SoftmaxBlocks<V, E>.Greatest(last is null ? top : SoftmaxBlocks<V, E>.Larger(top, V.Load(in *last))));
        bool stores = result == SoftmaxResult.Weights;
        var sum = SoftmaxBlocks<V, E>.Sum(x + start, V.Count, whole, last, V.Count - rest, top, results + start, stores, out var tops);
        blocks.Set(block, top, V.Broadcast(V.Sum(sum)), stores ? tops : V.Broadcast(V.Sum(tops)));
    }

    // The last columns end flush with the matrix: they may begin early, and then do some columns anew, from x on.
    private void Columns<V, E>(E* from, E* to) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        nint results = result == SoftmaxResult.LogOfSum ? 1 : axis;
        for (int o = 0; o < outer; o++, from += (nint)axis * inner, to += results * inner)
        {
            for (int first = 0; first < inner;)
            {
                int lanes = Math.Min((inner - first + V.Count - 1) / V.Count, MaxLanes);
                while (lanes * V.Count > inner)
                    lanes--;
                int start = Math.Min(first, inner - lanes * V.Count);
                if (axis <= SoftmaxBlocks<V, E>.MaxFew)
                {
                    for (int lane = 0; lane < lanes; lane++)
                        SoftmaxBlocks<V, E>.Few(from + start + lane * V.Count, inner, axis, to + start + lane * V.Count, result);
                }
                else
                {
                    Strip<V, E>(from + start, lanes, to + start);
                }

                first = start + lanes * V.Count;
            }
        }
    }

    [SkipLocalsInit]
    private void Strip<V, E>(E* from, int lanes, E* to) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        var parts = Blocks(axis, ColumnBlock);
        int size = parts.Count * SoftmaxBlocks<V, E>.Size;
        E* room = stackalloc E[lanes * size];
        for (int b = 0; b < parts.Count; b++)
        {
            nint start = parts.Start(b), count = parts.Start(b + 1) - start;
            for (int lane = 0; lane < lanes; lane++)
            {
                nint at = start * inner + lane * V.Count;
                var top = SoftmaxBlocks<V, E>.Greatest(from + at, inner, count);
                E* results = result == SoftmaxResult.LogOfSum ? from + at : to + at;
                var sum = SoftmaxBlocks<V, E>.Sum(from + at, inner, count, null, 0, top, results, result == SoftmaxResult.Weights, out var tops);
                new SoftmaxBlocks<V, E>(room + lane * size, parts.Count).Set(b, top, sum, tops);
            }
        }

        for (int lane = 0; lane < lanes; lane++)
        {
            var blocks = new SoftmaxBlocks<V, E>(room + lane * size, parts.Count);
            var greatest = blocks.Join(out var sum, out var tops);
            nint column = lane * V.Count;
            switch (result)
            {
                case SoftmaxResult.LogOfSum:
                    V.Store(greatest + V.LogP1(sum + (tops - 1)), ref to[column]);
                    break;
                case SoftmaxResult.Logs:
                    SoftmaxBlocks<V, E>.Subtract(from + column, inner, axis, greatest, V.LogP1(sum + (tops - 1)), to + column);
                    break;
                default:
                    var inverse = SoftmaxBlocks<V, E>.Inverse(greatest, sum);
                    for (int b = 0; b < parts.Count; b++)
                    {
                        nint start = parts.Start(b), count = parts.Start(b + 1) - start;
                        SoftmaxBlocks<V, E>.Scale(to + column + start * inner, inner, count, blocks.Share(b, greatest) * inverse);
                    }

                    break;
            }
        }
    }
}
