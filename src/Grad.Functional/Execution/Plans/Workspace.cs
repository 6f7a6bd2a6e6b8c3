using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>Where one run of a plan takes place: a table of addresses, and memory for what lies between inputs and outputs.</summary>
internal sealed unsafe class Workspace : IDisposable
{
    private const int Alignment = 64;

    /// <param name="capacity">Bytes, of table and memory together.</param>
    /// <exception cref="OutOfMemoryException">There are not as many.</exception>
    public Workspace(long capacity)
    {
        try
        {
            Table = (nint*)NativeMemory.AlignedAlloc(checked((nuint)capacity), Alignment);
        }
        catch (OutOfMemoryException exception)
        {
            throw new OutOfMemoryException(
                $"The intermediates of this computation need {capacity:N0} bytes at their peak, and there are not as many. "
                + "Work on smaller batches, or in float.",
                exception);
        }

        Capacity = capacity;
        GC.AddMemoryPressure(capacity);
    }

    ~Workspace() => Free();

    /// <summary>Bytes, of table and memory together.</summary>
    public long Capacity { get; }

    /// <summary>Addresses by slot.</summary>
    public nint* Table { get; private set; }

    /// <summary>The bytes that a table and memory behind it take.</summary>
    public static long Size(int slots, long bytes) => TableSize(slots) + bytes;

    /// <summary>The first byte of the memory behind a table of this many slots.</summary>
    public byte* Memory(int slots) => (byte*)Table + TableSize(slots);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static long TableSize(int slots) => (((long)slots * sizeof(nint)) + Alignment - 1) / Alignment * Alignment;

    private void Free()
    {
        if (Table is not null)
        {
            NativeMemory.AlignedFree(Table);
            Table = null;
            GC.RemoveMemoryPressure(Capacity);
        }
    }
}
