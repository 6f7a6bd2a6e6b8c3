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

    [SkipLocalsInit]
    private void Rows<V, E>(E* from, E* to) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        var parts = Blocks(axis, RowBlock);
        E* room = stackalloc E[parts.Count * SoftmaxBlocks<V, E>.Size];
        var blocks = new SoftmaxBlocks<V, E>(room, parts.Count);
        for (int o = 0; o < outer; o++, from += axis)
        {
            E* terms = result == SoftmaxResult.Weights ? to : null;
            for (int b = 0; b < parts.Count; b++)
            {
                nint start = parts.Start(b), count = parts.Start(b + 1) - start, whole = count / V.Count;
                E* block = from + start, last = block + count - V.Count;
                nint skip = V.Count - count % V.Count;
                var top = SoftmaxBlocks<V, E>.Greatest(block, V.Count, whole);
                top = V.Broadcast(SoftmaxBlocks<V, E>.Greatest(skip == V.Count ? top : SoftmaxBlocks<V, E>.Larger(top, V.Load(in *last))));
                var tops = V.Constant(0);
                var others = SoftmaxBlocks<V, E>.Others(block, V.Count, whole, top, terms is null ? null : terms + start, ref tops);
                if (skip != V.Count)
                    SoftmaxBlocks<V, E>.Flush(last, skip, top, terms is null ? null : terms + start + count - V.Count, ref others, ref tops);
                blocks.Set(b, top, V.Broadcast(V.Sum(others)), V.Broadcast(V.Sum(tops)));
            }

            var greatest = blocks.Join(out var rest);
            switch (result)
            {
                case SoftmaxResult.LogOfSum:
                    *to++ = V.First(greatest + V.LogP1(rest));
                    break;
                case SoftmaxResult.Logs:
                    SoftmaxBlocks<V, E>.Logs(from, V.Count, axis / V.Count, greatest, rest, to);
                    if (axis % V.Count != 0)
                        SoftmaxBlocks<V, E>.Logs(from + axis - V.Count, V.Count, 1, greatest, rest, to + axis - V.Count);
                    to += axis;
                    break;
                default:
                    var total = SoftmaxBlocks<V, E>.Total(greatest, rest);
                    for (int b = 0; b < parts.Count; b++)
                    {
                        nint start = parts.Start(b), count = parts.Start(b + 1) - start;
                        SoftmaxBlocks<V, E>.ScaleRow(to + start, count, blocks.Share(b, greatest) / total);
                    }

                    to += axis;
                    break;
            }
        }
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
                Strip<V, E>(from + start, lanes, to + start);
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
                var tops = V.Constant(0);
                var others = SoftmaxBlocks<V, E>.Others(from + at, inner, count, top, result == SoftmaxResult.Weights ? to + at : null, ref tops);
                new SoftmaxBlocks<V, E>(room + lane * size, parts.Count).Set(b, top, others, tops);
            }
        }

        for (int lane = 0; lane < lanes; lane++)
        {
            var blocks = new SoftmaxBlocks<V, E>(room + lane * size, parts.Count);
            var greatest = blocks.Join(out var rest);
            nint column = lane * V.Count;
            switch (result)
            {
                case SoftmaxResult.LogOfSum:
                    V.Store(greatest + V.LogP1(rest), ref to[column]);
                    break;
                case SoftmaxResult.Logs:
                    SoftmaxBlocks<V, E>.Logs(from + column, inner, axis, greatest, rest, to + column);
                    break;
                default:
                    var total = SoftmaxBlocks<V, E>.Total(greatest, rest);
                    for (int b = 0; b < parts.Count; b++)
                    {
                        nint start = parts.Start(b), count = parts.Start(b + 1) - start;
                        SoftmaxBlocks<V, E>.Scale(to + column + start * inner, inner, count, blocks.Share(b, greatest) / total);
                    }

                    break;
            }
        }
    }
}
