using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Lanes of E in memory of T, where T is known to be E: what the width dispatch has established.</summary>
internal static class Lane
{
    /// <summary>The lane that begins at element <paramref name="i"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V, E, T>(ref readonly T source, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        V.Load(in Unsafe.As<T, E>(ref Unsafe.Add(ref Unsafe.AsRef(in source), i)));

    /// <summary>Writes a lane from element <paramref name="i"/> on; into truth values where T is bool.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V, E, T>(V value, ref T destination, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        if (typeof(T) == typeof(bool))
            V.StoreMask(value, ref Unsafe.As<T, bool>(ref Unsafe.Add(ref destination, i)));
        else
            V.Store(value, ref Unsafe.As<T, E>(ref Unsafe.Add(ref destination, i)));
    }
}
