using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Copies parts of a matrix into the order in which tiles read them.</summary>
internal static unsafe class Packing
{
    /// <summary>Rows of one or two lanes, one behind the other.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Rows<V, E>(E* source, nint stride, int lanes, nint depth, E* destination)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        if (lanes == 1)
        {
            for (; depth > 0; depth--, source += stride, destination += V.Count)
                V.Store(V.Load(in *source), ref *destination);
            return;
        }

        for (; depth > 0; depth--, source += stride, destination += 2 * V.Count)
        {
            V.Store(V.Load(in *source), ref *destination);
            V.Store(V.Load(in source[V.Count]), ref destination[V.Count]);
        }
    }

    /// <summary><c>destination[p·count + i] = source[i·stride + p·step]</c>, for p below the depth.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Interleave<E>(E* source, nint stride, nint step, nint count, nint depth, E* destination)
        where E : unmanaged
    {
        for (nint i = 0; i < count; i++, source += stride, destination++)
        {
            E* from = source, to = destination;
            nint p = depth;
            for (; p >= 4; p -= 4, from += 4 * step, to += 4 * count)
            {
                to[0] = from[0];
                to[count] = from[step];
                to[2 * count] = from[2 * step];
                to[3 * count] = from[3 * step];
            }

            for (; p > 0; p--, from += step, to += count)
                *to = *from;
        }
    }
}
