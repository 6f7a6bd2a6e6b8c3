using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>What a program of <see cref="Arithmetic"/> reads and writes.</summary>
/// <param name="addresses">Where it goes on in each array.</param>
/// <param name="running">The arrays that run.</param>
/// <param name="count">How many these are.</param>
internal readonly unsafe struct ArithmeticTable(nint* addresses, int* running, int count)
{
    /// <summary>Where it goes on in each array.</summary>
    public nint* Addresses => addresses;

    /// <summary>Goes on by so many bytes in what runs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(nint bytes)
    {
        for (int k = 0; k < count; k++)
            addresses[running[k]] += bytes;
    }
}
