using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>How the terms of a sum are made and added.</summary>
internal interface ITerm
{
    /// <summary>The sum with the terms that begin at element <paramref name="i"/> added.</summary>
    static abstract V Add<V, E>(V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged;

    /// <summary>The same where the mask holds; elsewhere −0, the neutral element of addition, is added.</summary>
    static abstract V AddWhere<V, E>(V mask, V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged;
}

/// <summary>The terms are the elements of x.</summary>
internal readonly struct Addends : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add<V, E>(V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        sum + V.Load(in Unsafe.Add(ref x, i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddWhere<V, E>(V mask, V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        sum + V.Select(mask, V.Load(in Unsafe.Add(ref x, i)), V.Constant(-0.0));
}

/// <summary>The terms are products.</summary>
internal readonly struct Products : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add<V, E>(V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        V.MultiplyAdd(V.Load(in Unsafe.Add(ref x, i)), V.Load(in Unsafe.Add(ref y, i)), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddWhere<V, E>(V mask, V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        V.MultiplyAdd(
            V.Select(mask, V.Load(in Unsafe.Add(ref x, i)), V.Constant(-0.0)),
            V.Select(mask, V.Load(in Unsafe.Add(ref y, i)), V.Constant(1)),
            sum);
}

/// <summary>The terms are the squares of x: products of which the factors are read once.</summary>
internal readonly struct Squares : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add<V, E>(V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        V factor = V.Load(in Unsafe.Add(ref x, i));
        return V.MultiplyAdd(factor, factor, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddWhere<V, E>(V mask, V sum, ref E x, ref E y, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        Products.AddWhere(mask, sum, ref x, ref x, i);
}

/// <summary>A sum over one span or two, of at least a lane of terms.</summary>
internal ref struct Reduction<TTerm, T>(ref T x, ref T y, int count, ref T result) : ILoop
    where TTerm : struct, ITerm
{
    private readonly ref T x = ref x;
    private readonly ref T y = ref y;
    private readonly ref T result = ref result;

    public readonly void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        Unsafe.As<T, E>(ref result) = SumTree<TTerm, V, E>.Total(ref Unsafe.As<T, E>(ref x), ref Unsafe.As<T, E>(ref y), count);
}
