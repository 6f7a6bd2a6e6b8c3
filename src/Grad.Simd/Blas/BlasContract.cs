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
    public static unsafe void Disjoint<T>(string operation, in MatrixView<T> input, string inputName, in MatrixView<T> result, string resultName)
        where T : unmanaged
    {
        if (input.Rows == 0 || input.Columns == 0 || result.Rows == 0 || result.Columns == 0)
            return;
        nint bytes = Unsafe.ByteOffset(ref Unsafe.AsRef(in input.Start), ref Unsafe.AsRef(in result.Start));
        if (bytes >= input.Extent * sizeof(T) || -bytes >= result.Extent * sizeof(T))
            return;
        if (input.Stride == result.Stride && bytes % sizeof(T) == 0)
        {
            nint column = (bytes / sizeof(T) % input.Stride + input.Stride) % input.Stride;
            if (column >= input.Columns && column + result.Columns <= input.Stride)
                return;
        }

        ThrowOverlap(operation, inputName, resultName);
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
