namespace Grad.Functional;

/// <summary>A row as the axes of an array have it: it runs along one of them.</summary>
/// <param name="At">Where on each axis the row begins.</param>
/// <param name="Axis">The axis that it runs along; −1 for a single element.</param>
/// <param name="Step">From one element to the next on that axis.</param>
/// <param name="Count">How many elements.</param>
internal readonly record struct RowPlace(int[] At, int Axis, int Step, int Count)
{
    /// <summary>Null for a row that runs along no axis alone.</summary>
    public static RowPlace? Of(Shape shape, ElementRow row)
    {
        var strides = StridedCopy.RowMajor(shape);
        var at = new int[strides.Length];
        for (int axis = 0, rest = row.Place; axis < at.Length; axis++)
        {
            (at[axis], rest) = Math.DivRem(rest, strides[axis]);
        }

        if (row.Count == 1)
        {
            return new RowPlace(at, -1, 0, 1);
        }

        for (var axis = at.Length - 1; axis >= 0; axis--)
        {
            if (row.Step % strides[axis] == 0 && at[axis] + ((row.Count - 1L) * (row.Step / strides[axis])) < shape[axis])
            {
                return new RowPlace(at, axis, row.Step / strides[axis], row.Count);
            }
        }

        return null;
    }

    /// <summary>The row in an array in which the axes move by these strides.</summary>
    public ElementRow In(ReadOnlySpan<int> strides, int first = 0)
    {
        for (var axis = 0; axis < At.Length; axis++)
        {
            first += At[axis] * strides[axis];
        }

        return new ElementRow(first, Count == 1 ? 0 : Step * strides[Axis], Count);
    }

    /// <summary>How far each axis of a result moves in an operand that stretches to it.</summary>
    public static int[] Strides(Shape operand, Shape result)
    {
        var (strides, own) = (new int[result.Rank], StridedCopy.RowMajor(operand));
        var lead = result.Rank - own.Length;
        for (var axis = 0; axis < own.Length; axis++)
        {
            strides[lead + axis] = operand[axis] == 1 ? 0 : own[axis];
        }

        return strides;
    }
}
