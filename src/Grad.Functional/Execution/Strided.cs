namespace Grad.Functional;

/// <summary>Work on one contiguous row of the result; an operand either runs along or stands still.</summary>
internal interface IRow
{
    /// <param name="start">Where the row begins in the result.</param>
    /// <param name="length">Its length.</param>
    /// <param name="offsets">Where each operand's row begins.</param>
    /// <param name="runs">Whether each operand advances along the row.</param>
    void Run(int start, int length, scoped ReadOnlySpan<int> offsets, scoped ReadOnlySpan<bool> runs);
}

/// <summary>Walks a row-major result whose operands are broadcast, in rows as long as all operands' layouts allow.</summary>
internal static class Strided
{
    /// <summary>
    /// How far each axis of <paramref name="result"/> moves in the elements that stand behind <paramref name="operand"/>: 0 along the
    /// axes over which it repeats.
    /// </summary>
    public static int[] Strides(Node operand, Shape result)
    {
        var source = BroadcastSource.Of(operand);
        var repeated = ReferenceEquals(source, operand) ? [] : ((IRepeatsOperand)operand.Op!).RepeatedAxes;
        var strides = new int[result.Rank];
        var lead = result.Rank - operand.Rank;
        var (next, stride) = (repeated.Length - 1, 1);
        for (var axis = operand.Rank - 1; axis >= 0; axis--)
        {
            if (next >= 0 && repeated[next] == axis)
            {
                next--;
                continue;
            }

            strides[lead + axis] = operand.Shape[axis] == 1 ? 0 : stride;
            stride *= operand.Shape[axis];
        }

        return strides;
    }

    /// <summary>Runs <paramref name="row"/> over the node's result, whose operands may be broadcast.</summary>
    /// <param name="node">The node.</param>
    /// <param name="sources">The numbers of elements that stand behind the operands.</param>
    /// <param name="row">What to do.</param>
    public static void ForEachRow<TRow>(Node node, scoped ReadOnlySpan<int> sources, ref TRow row) where TRow : struct, IRow, allows ref struct
    {
        var (count, length) = (sources.Length, node.Length);
        if (length == 0)
        {
            return;
        }

        Span<bool> runs = stackalloc bool[count];
        var plain = true;
        for (var i = 0; i < count; i++)
        {
            runs[i] = sources[i] == length;
            plain &= runs[i] || sources[i] == 1;
        }

        if (plain)
        {
            Span<int> offsets = stackalloc int[count];
            offsets.Clear();
            row.Run(0, length, offsets, runs);
            return;
        }

        var strides = new int[count][];
        for (var i = 0; i < count; i++)
        {
            strides[i] = Strides(node.Operand(i), node.Shape);
        }

        ForEachRow(node.Shape, strides, ref row);
    }

    /// <summary>Runs <paramref name="row"/> over a result whose operands are laid out by <paramref name="strides"/>.</summary>
    public static void ForEachRow<TRow>(Shape shape, int[][] strides, ref TRow row) where TRow : struct, IRow, allows ref struct
    {
        if (shape.ElementCount == 0)
        {
            return;
        }

        var (extents, merged) = Merge(shape, strides);
        var rank = extents.Length;
        var length = rank == 0 ? 1 : extents[^1];
        Span<int> offsets = stackalloc int[strides.Length];
        Span<bool> runs = stackalloc bool[strides.Length];
        for (var i = 0; i < strides.Length; i++)
        {
            runs[i] = rank > 0 && merged[i][^1] != 0;
        }

        Span<int> counter = stackalloc int[Math.Max(rank, 1)];
        counter.Clear();
        offsets.Clear();
        var total = shape.ElementCount;
        for (var start = 0; start < total; start += length)
        {
            row.Run(start, length, offsets, runs);
            for (var axis = rank - 2; axis >= 0; axis--)
            {
                var wrapped = ++counter[axis] == extents[axis];
                for (var i = 0; i < strides.Length; i++)
                {
                    offsets[i] += wrapped ? -merged[i][axis] * (extents[axis] - 1) : merged[i][axis];
                }

                if (!wrapped)
                {
                    break;
                }

                counter[axis] = 0;
            }
        }
    }

    /// <summary>Drops axes of extent 1 and joins neighbours that every operand walks as one.</summary>
    public static (int[] Extents, int[][] Strides) Merge(Shape shape, int[][] strides)
    {
        var extents = new List<int>();
        var merged = Array.ConvertAll(strides, _ => new List<int>());
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] == 1)
            {
                continue;
            }

            var joins = extents.Count > 0;
            for (var i = 0; i < strides.Length && joins; i++)
            {
                joins = merged[i][^1] == strides[i][axis] * shape[axis];
            }

            if (joins)
            {
                extents[^1] *= shape[axis];
            }
            else
            {
                extents.Add(shape[axis]);
            }

            for (var i = 0; i < strides.Length; i++)
            {
                if (joins)
                {
                    merged[i][^1] = strides[i][axis];
                }
                else
                {
                    merged[i].Add(strides[i][axis]);
                }
            }
        }

        return ([.. extents], Array.ConvertAll(merged, list => list.ToArray()));
    }
}
