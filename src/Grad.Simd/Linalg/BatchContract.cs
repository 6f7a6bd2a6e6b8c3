namespace Grad.Simd;

/// <summary>What batches of matrices in spans demand of their layouts.</summary>
internal static class BatchContract
{
    /// <summary>The matrices lie inside a span; those that are written have no element in common.</summary>
    public static void Layout(string operation, string name, int rows, int columns, int batch, int length, MatrixLayout layout, bool isWritten)
    {
        if (layout.Row < 0 || layout.Column < 0 || layout.Batch < 0 || layout.Offset < 0)
        {
            throw new ArgumentOutOfRangeException(
                name, LinalgContract.Text($"{operation} needs strides and an offset of at least 0 for {name}, but got {layout}. Correct the layout."));
        }

        if (rows == 0 || columns == 0 || batch == 0)
            return;
        long last = layout.Offset + ((long)layout.Batch * (batch - 1)) + ((long)layout.Row * (rows - 1)) + ((long)layout.Column * (columns - 1));
        if (last >= length)
        {
            throw new ArgumentException(
                LinalgContract.Text($"{operation} takes {batch} matrices {rows}×{columns} in {name}, the last element at {last}, ")
                + LinalgContract.Text($"but it holds {length}. Correct the layout."),
                name);
        }

        if (!isWritten)
            return;

        // From the shortest step to the longest, each leads beyond all that the shorter ones reach.
        Span<(long Step, long Count)> steps = [(layout.Row, rows), (layout.Column, columns), (layout.Batch, batch)];
        steps.Sort();
        long reach = 0;
        foreach (var (step, count) in steps)
        {
            if (count == 1)
                continue;
            if (step <= reach)
            {
                throw new ArgumentException(
                    LinalgContract.Text($"{operation} writes {batch} matrices {rows}×{columns} in {name}, but by {layout} some share elements. Correct the layout."),
                    name);
            }

            reach += step * (count - 1);
        }
    }

    /// <summary>As many numbers beside the matrices as there have to be.</summary>
    public static void Length(string operation, string name, int length, int perMatrix, int batch)
    {
        if (length != (long)perMatrix * batch)
        {
            throw new ArgumentException(
                LinalgContract.Text($"{operation} needs {perMatrix} elements in {name} for each of {batch} matrices, but got {length}. Slice it."), name);
        }
    }

    /// <summary>None of the extents is negative.</summary>
    public static void Extents(int rows, int columns, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
    }

    /// <summary>What is read and what is written share no memory.</summary>
    public static void Disjoint<T>(string operation, ReadOnlySpan<T> input, string inputName, ReadOnlySpan<T> result, string resultName)
    {
        if (input.Overlaps(result))
        {
            throw new ArgumentException(
                $"{operation} reads {inputName} while it writes {resultName}, but they share memory. Write to another buffer and copy.", resultName);
        }
    }
}
