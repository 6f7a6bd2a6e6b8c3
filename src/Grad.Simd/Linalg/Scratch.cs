using System.Numerics;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Memory for the length of a call, on a cache line; its first contents are unspecified.</summary>
internal readonly unsafe ref struct Scratch<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Line = 64;
    private readonly T* _start;

    public Scratch(long count) => _start = (T*)NativeMemory.AlignedAlloc(checked((nuint)(Math.Max(count, 1) * sizeof(T))), Line);

    public T* Start => _start;

    /// <summary>A matrix from its first element on.</summary>
    public Matrix<T> Matrix(int rows, int columns) => new(_start, rows, columns, columns);

    /// <summary>A matrix with rows so far apart, from its first element on.</summary>
    public Matrix<T> Matrix(int rows, int columns, int stride, TeamSize team = default) => new(_start, rows, columns, stride, team);

    /// <summary>From a row to the next of a matrix whose rows begin on lines, an odd number of lines apart, so that they do not meet in a cache.</summary>
    public static int Stride(int columns) => checked((((columns * sizeof(T)) + Line - 1) / Line | 1) * Line / sizeof(T));

    public void Dispose() => NativeMemory.AlignedFree(_start);
}
