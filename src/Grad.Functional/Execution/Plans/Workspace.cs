using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>Where one run of a plan takes place: a table of addresses, and memory for what lies between inputs and outputs.</summary>
internal sealed unsafe class Workspace : IDisposable
{
    private const int Alignment = 64;

    /// <param name="slots">Addresses in the table.</param>
    /// <param name="bytes">Bytes of memory.</param>
    /// <exception cref="OutOfMemoryException">There is not as much memory.</exception>
    public Workspace(int slots, long bytes)
    {
        var table = (((long)slots * sizeof(nint)) + Alignment - 1) / Alignment * Alignment;
        try
        {
            Table = (nint*)NativeMemory.AlignedAlloc((nuint)(table + bytes), Alignment);
        }
        catch (OutOfMemoryException exception)
        {
            throw new OutOfMemoryException(
                $"The intermediates of this computation need {table + bytes:N0} bytes at their peak, and there are not as many. "
                + "Work on smaller batches, or in float.",
                exception);
        }

        Memory = (byte*)Table + table;
    }

    ~Workspace() => Free();

    /// <summary>Addresses by slot.</summary>
    public nint* Table { get; private set; }

    /// <summary>The first byte of the memory.</summary>
    public byte* Memory { get; }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Table);
        Table = null;
    }
}
