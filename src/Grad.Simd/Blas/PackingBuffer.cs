using System.Buffers;

namespace Grad.Simd;

/// <summary>Memory for packed parts of a matrix, which begins on a line of the cache: the caller's, or from the pool if more is needed.</summary>
internal readonly unsafe ref struct PackingBuffer<E> : IDisposable where E : unmanaged
{
    /// <summary>The bytes that the caller has at hand.</summary>
    public const int SmallBytes = 2048;

    private readonly int _size;

    /// <param name="size">The elements; none for a buffer that is not there.</param>
    public PackingBuffer(int size)
    {
        int line = GemmLoop<E>.LineBytes / sizeof(E);
        _size = size;
        if (size > 0 && (size + line) * sizeof(E) > SmallBytes)
            Rented = ArrayPool<E>.Shared.Rent(size + line);
    }

    /// <summary>What is to be pinned while the buffer is used; null if it is not from the pool.</summary>
    public E[]? Rented { get; }

    /// <summary>The first element; null if there is no buffer.</summary>
    public E* Start(E* rented, byte* small)
    {
        nint start = Rented is null ? (nint)small : (nint)rented;
        return _size == 0 ? null : (E*)((start + GemmLoop<E>.LineBytes - 1) & -GemmLoop<E>.LineBytes);
    }

    public void Dispose()
    {
        if (Rented is not null)
            ArrayPool<E>.Shared.Return(Rented);
    }
}
