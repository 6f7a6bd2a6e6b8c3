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

    /// <summary>Copies <paramref name="count"/> elements into a lane of memory whose rest is ones.</summary>
    public static unsafe ref readonly T Pad<V, E, T>(ref readonly T source, E* lane, int count)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        V.Store(V.Constant(1), ref *lane);
        Copy(ref Unsafe.As<T, E>(ref Unsafe.AsRef(in source)), ref *lane, count);
        return ref Unsafe.As<E, T>(ref *lane);
    }

    /// <summary>Copies <paramref name="count"/> truth values into a lane of memory whose rest is false.</summary>
    public static unsafe ref readonly bool PadMask<V, E>(ref readonly bool source, E* lane, int count)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        V.Store(V.Constant(0), ref *lane);
        Copy(ref Unsafe.AsRef(in source), ref *(bool*)lane, count);
        return ref *(bool*)lane;
    }

    /// <summary>Copies fewer elements than a lane has.</summary>
    public static void Copy<T>(ref T source, ref T destination, int count)
    {
        for (int i = 0; i < count; i++)
            Unsafe.Add(ref destination, i) = Unsafe.Add(ref source, i);
    }
}
