using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <content>Single numbers as operands.</content>
public sealed partial class NDArray<T>
{
    private const int KeptNumbers = 64;

    // The numbers beside arrays are few, and come again and again: their nodes need not be made anew, as nothing about them ever changes.
    [ThreadStatic]
    private static NDArray<T>?[]? s_numbers;

    /// <summary>A single number: one node for the same bits, as long as it is remembered.</summary>
    internal static NDArray<T> Number(T value)
    {
        if (!FitsInNode)
        {
            return new NDArray<T>(value);
        }

        var bits = 0L;
        Unsafe.WriteUnaligned(ref Unsafe.As<long, byte>(ref bits), value);
        var hash = (ulong)bits * 0x9E3779B97F4A7C15;
        ref var known = ref (s_numbers ??= new NDArray<T>?[KeptNumbers])[(int)(hash >> 58)];
        return known is { } number && number.Single == bits ? number : known = new NDArray<T>(value);
    }
}
