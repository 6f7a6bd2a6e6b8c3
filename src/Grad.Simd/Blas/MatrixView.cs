using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance;

namespace Grad.Simd;

/// <summary>A row-major matrix in memory that a span guards.</summary>
internal readonly ref struct MatrixView<T> where T : unmanaged
{
    public MatrixView(ReadOnlySpan2D<T> matrix)
    {
        (Rows, Columns) = (matrix.Height, matrix.Width);
        Start = ref matrix.DangerousGetReference();
        Stride = Rows > 1
            ? Unsafe.ByteOffset(ref matrix.DangerousGetReferenceAt(0, 0), ref matrix.DangerousGetReferenceAt(1, 0)) / Unsafe.SizeOf<T>()
            : Columns;
    }

    public MatrixView(ReadOnlySpan<T> vector)
    {
        (Rows, Columns, Stride) = (1, vector.Length, vector.Length);
        Start = ref MemoryMarshal.GetReference(vector);
    }

    public readonly ref readonly T Start;

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The elements from a row to the next.</summary>
    public nint Stride { get; }

    public ref readonly T GetPinnableReference() => ref Start;

    /// <summary>The elements from the first to the last, both counted.</summary>
    public nint Extent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Rows - 1) * Stride + Columns;
    }
}
