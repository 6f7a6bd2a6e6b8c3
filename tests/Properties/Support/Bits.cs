using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Properties.Support;

/// <summary>Numbers by their bit patterns, for float and double alike.</summary>
public static class Bits
{
    /// <summary>The bit pattern.</summary>
    public static ulong Of<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<T, uint>(x) : Unsafe.BitCast<T, ulong>(x);

    /// <summary>The number of a bit pattern.</summary>
    public static T To<T>(ulong bits)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<uint, T>((uint)bits) : Unsafe.BitCast<ulong, T>(bits);

    /// <summary>Equal to the bit; which NaN it is, IEEE 754 leaves open.</summary>
    public static bool Same<T>(T x, T y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Of(x) == Of(y) || (T.IsNaN(x) && T.IsNaN(y));

    /// <summary>A number and its bits, for messages.</summary>
    public static string Describe<T>(T x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        string.Create(CultureInfo.InvariantCulture, $"{x:R} (0x{Of(x):X})");
}
