using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>What products of matrices demand of their arguments, and the words in which they say so.</summary>
internal static class BlasContract
{
    /// <summary>op(A) is m × k, op(B) is k × n, and C is m × n.</summary>
    public static void Shapes(
        string operation, (int Rows, int Columns) a, bool transposeA, (int Rows, int Columns) b, bool transposeB, (int Rows, int Columns) c)
    {
        var (left, right) = (transposeA ? (a.Columns, a.Rows) : a, transposeB ? (b.Columns, b.Rows) : b);
        if (left.Item2 != right.Item1)
            ThrowShapes(operation, a, transposeA, b, transposeB, c, "the columns of op(A) differ from the rows of op(B)", nameof(b));
        if (left.Item1 != c.Rows || right.Item2 != c.Columns)
            ThrowShapes(operation, a, transposeA, b, transposeB, c, $"op(A)·op(B) is {Text((left.Item1, right.Item2))}", nameof(c));
    }

    /// <summary>op(A) is m × n, x has n elements, and y has m.</summary>
    public static void Shapes(string operation, (int Rows, int Columns) a, bool transposeA, int x, int y)
    {
        var (rows, columns) = transposeA ? (a.Columns, a.Rows) : a;
        if (columns != x || rows != y)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{operation} computes y = alpha·op(A)·x + beta·y, but got A of {Text(a)}{Note(transposeA)}, ")
                + string.Create(CultureInfo.InvariantCulture, $"x of {x} and y of {y} elements: op(A) is {Text((rows, columns))}. Slice or transpose."),
                columns != x ? nameof(x) : nameof(y));
        }
    }

    /// <summary>The result shares no element with an operand. Two blocks of one matrix may have their rows side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Disjoint<T>(string operation, in MatrixView<T> input, string inputName, in MatrixView<T> result, string resultName)
        where T : unmanaged
    {
        // Scalars are passed on, not views: those are kept in registers.
        nint bytes = Unsafe.ByteOffset(ref Unsafe.AsRef(in input.Start), ref Unsafe.AsRef(in result.Start));
        if (bytes < input.Extent * sizeof(T) && -bytes < result.Extent * sizeof(T)
            && !AreApart(bytes, sizeof(T), input.Rows, input.Columns, input.Stride, result.Rows, result.Columns, result.Stride))
        {
            ThrowOverlap(operation, inputName, resultName);
        }
    }

    // Whether matrices whose extents overlap share no element all the same.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool AreApart(nint bytes, int size, int rows, int columns, nint stride, int resultRows, int resultColumns, nint resultStride)
    {
        if (rows == 0 || columns == 0 || resultRows == 0 || resultColumns == 0)
            return true;
        if (stride != resultStride || bytes % size != 0)
            return false;
        nint column = (bytes / size % stride + stride) % stride;
        return column >= columns && column + resultColumns <= stride;
    }

    private static string Text((int Rows, int Columns) shape) => string.Create(CultureInfo.InvariantCulture, $"{shape.Rows}×{shape.Columns}");

    private static string Note(bool transposed) => transposed ? " (transposed)" : "";

    [DoesNotReturn]
    private static void ThrowShapes(
        string operation,
        (int Rows, int Columns) a,
        bool transposeA,
        (int Rows, int Columns) b,
        bool transposeB,
        (int Rows, int Columns) c,
        string reason,
        string parameter) => throw new ArgumentException(
            $"{operation} computes C = alpha·op(A)·op(B) + beta·C, but got A of {Text(a)}{Note(transposeA)}, B of {Text(b)}{Note(transposeB)} "
            + $"and C of {Text(c)}: {reason}. Slice or transpose an operand, or pass a C that fits.",
            parameter);

    [DoesNotReturn]
    private static void ThrowOverlap(string operation, string inputName, string resultName) => throw new ArgumentException(
        $"{operation} reads {inputName} while it writes {resultName}, but they share memory. Write to another buffer and copy.", resultName);
}
