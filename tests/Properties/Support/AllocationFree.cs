using System.Runtime.InteropServices;
using Grad.Functional;
using Properties.Laws;

namespace Properties.Support;

/// <summary>Compiled functions on memory that lies still, heard for allocations.</summary>
internal static class AllocationFree
{
    private const int WarmUps = 3, Runs = 5;

    /// <summary>Compiles f, runs it, and demands that no run after the first few allocates, and that each gives what f gives.</summary>
    public static void Check<T>(Func<NDArray<T>[], NDArray<T>[]> f, NDArray<T>[] x) where T : unmanaged
    {
        var compiled = Ad.Compile(f, x);
        NDArray<T>[] expected = f(x);
        T[][] inputs = Array.ConvertAll(x, Pinned), outputs = Array.ConvertAll(expected, Pinned);
        nint[] from = Array.ConvertAll(inputs, Address), to = Array.ConvertAll(outputs, Address);
        int[] fromLengths = Array.ConvertAll(inputs, input => input.Length), toLengths = Array.ConvertAll(outputs, output => output.Length);
        foreach (var output in outputs)
            Array.Clear(output);
        for (int i = 0; i < WarmUps; i++)
            compiled.Core.Run(from, fromLengths, to, toLengths, default);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Runs; i++)
            compiled.Core.Run(from, fromLengths, to, toLengths, default);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Claim.That(allocated == 0, $"{Runs} runs allocated {allocated} bytes.");
        for (int i = 0; i < outputs.Length; i++)
            Claim.That(MemoryMarshal.AsBytes<T>(outputs[i]).SequenceEqual(MemoryMarshal.AsBytes(expected[i].AsSpan())), $"Result {i} has other bits than f gives.");
    }

    private static T[] Pinned<T>(NDArray<T> x) where T : unmanaged
    {
        var copy = GC.AllocateArray<T>(x.Length, pinned: true);
        x.CopyTo(copy);
        return copy;
    }

    private static unsafe nint Address<T>(T[] pinned) where T : unmanaged => (nint)(void*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
}
