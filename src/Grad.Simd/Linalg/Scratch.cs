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

    public void Dispose() => NativeMemory.AlignedFree(_start);
}
