using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Lane operations that no vector instruction serves, one element after the other.</summary>
internal static class PerElement
{
    private const int Widest = 64;

    /// <summary>The function of every element.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Map<V, T>(V x, Func<T, T> function)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        Span<T> elements = stackalloc T[Widest];
        V.Store(x, ref elements[0]);
        for (var i = 0; i < V.Count; i++)
        {
            elements[i] = function(elements[i]);
        }
        return V.Load(in elements[0]);
    }

    /// <summary>The function of every pair of elements.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Map<V, T>(V x, V y, Func<T, T, T> function)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        Span<T> elements = stackalloc T[Widest];
        Span<T> others = stackalloc T[Widest];
        V.Store(x, ref elements[0]);
        V.Store(y, ref others[0]);
        for (var i = 0; i < V.Count; i++)
        {
            elements[i] = function(elements[i], others[i]);
        }
        return V.Load(in elements[0]);
    }

    /// <summary>The function of every element and a constant.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Map<V, T>(V x, double constant, Func<T, double, T> function)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        Span<T> elements = stackalloc T[Widest];
        V.Store(x, ref elements[0]);
        for (var i = 0; i < V.Count; i++)
        {
            elements[i] = function(elements[i], constant);
        }
        return V.Load(in elements[0]);
    }
}
