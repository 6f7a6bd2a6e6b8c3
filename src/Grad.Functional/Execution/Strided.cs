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

    /// <summary>Runs <paramref name="row"/> over the result of an op whose operands may be broadcast, and whose layout is a <see cref="RowWalk"/>.</summary>
    /// <param name="e">The evaluation.</param>
    /// <param name="sources">The numbers of elements that stand behind the operands.</param>
    /// <param name="row">What to do.</param>
    public static void ForEachRow<TRow>(in Evaluation e, scoped ReadOnlySpan<int> sources, ref TRow row) where TRow : struct, IRow, allows ref struct
    {
        var (count, length) = (sources.Length, e.Length);
        if (length == 0)
        {
            return;
        }

        Span<bool> runs = stackalloc bool[count];
        for (var i = 0; i < count; i++)
        {
            runs[i] = sources[i] == length;
            if (!runs[i] && sources[i] != 1)
            {
                e.Layout<RowWalk>().ForEach(ref row);
                return;
            }
        }

        Span<int> offsets = stackalloc int[count];
        offsets.Clear();
        row.Run(0, length, offsets, runs);
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
