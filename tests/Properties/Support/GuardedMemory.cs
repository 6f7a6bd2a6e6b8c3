using System.Runtime.InteropServices;

namespace Properties.Support;

/// <summary>
/// Pages of memory between two pages that may not be touched: a span flush with either end turns one byte read or written too far into
/// a fault of the whole process.
/// </summary>
public sealed class GuardedMemory<T> : IDisposable
    where T : unmanaged
{
    private readonly nint start;
    private readonly nint bytes;

    /// <summary>Memory for at least <paramref name="length"/> elements.</summary>
    public unsafe GuardedMemory(int length)
    {
        nint page = Environment.SystemPageSize;
        bytes = ((nint)length * sizeof(T) + page - 1) / page * page;
        start = GuardedPages.Allocate(bytes + 2 * page) + page;
        GuardedPages.Open(start, bytes);
    }

    /// <summary>The first elements: what lies before them is guarded.</summary>
    public unsafe Span<T> Left(int length) => new((void*)start, length);

    /// <summary>The last elements: what lies after them is guarded.</summary>
    public unsafe Span<T> Right(int length) => new((void*)(start + bytes - (nint)length * sizeof(T)), length);

    /// <summary>The elements flush with the end that is asked for.</summary>
    public Span<T> Take(int length, bool right) => right ? Right(length) : Left(length);

    public void Dispose() => GuardedPages.Free(start - Environment.SystemPageSize, bytes + 2 * Environment.SystemPageSize);
}

/// <summary>What the operating systems call it.</summary>
internal static partial class GuardedPages
{
    /// <summary>Reserves pages that may not be touched.</summary>
    public static nint Allocate(nint bytes)
    {
        const int privateAnonymousLinux = 0x22, privateAnonymousMac = 0x1002, reserveAndCommit = 0x3000, pageNoAccess = 1;
        nint pages = OperatingSystem.IsWindows()
            ? VirtualAlloc(0, bytes, reserveAndCommit, pageNoAccess)
            : MemoryMap(0, bytes, 0, OperatingSystem.IsMacOS() ? privateAnonymousMac : privateAnonymousLinux, -1, 0);
        return pages is not (0 or -1) ? pages : throw new OutOfMemoryException("No pages for guarded memory.");
    }

    /// <summary>Allows reading and writing.</summary>
    public static void Open(nint start, nint bytes)
    {
        const int readAndWrite = 3, pageReadWrite = 4;
        bool opened = OperatingSystem.IsWindows()
            ? VirtualProtect(start, bytes, pageReadWrite, out _)
            : MemoryProtect(start, bytes, readAndWrite) == 0;
        if (!opened)
            throw new InvalidOperationException("Guarded memory could not be opened for writing.");
    }

    /// <summary>Gives the pages back.</summary>
    public static void Free(nint start, nint bytes)
    {
        const int release = 0x8000;
        bool freed = OperatingSystem.IsWindows() ? VirtualFree(start, 0, release) : MemoryUnmap(start, bytes) == 0;
        if (!freed)
            throw new InvalidOperationException("Guarded memory could not be freed.");
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MemoryMap(nint address, nint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int MemoryProtect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int MemoryUnmap(nint address, nint length);

    [LibraryImport("kernel32")]
    private static partial nint VirtualAlloc(nint address, nint size, int type, int protection);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool VirtualProtect(nint address, nint size, int protection, out int oldProtection);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool VirtualFree(nint address, nint size, int type);
}
