using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Sums of a few terms, many at once where there are many: the rows of a matrix become columns first.</summary>
internal static class ShortSums
{
    // Bytes on the stack for rows that have become columns.
    private const int RoomBytes = 8192;

    /// <summary>The sum of up to <see cref="Fold.ShortSum"/> terms, by the tree of a column.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x) where T : unmanaged
    {
        var loop = new Terms<T>(x);
        Widest.Run<Terms<T>, T>(ref loop, 1);
        return loop.Result;
    }

    /// <summary>The sum of one product or a few.</summary>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged
    {
        var loop = new Products<T>(x, y);
        Widest.Run<Products<T>, T>(ref loop, 1);
        return loop.Result;
    }

    /// <summary>The sums of the rows of a matrix that has one column or a few.</summary>
    [SkipLocalsInit]
    public static void SumRows<T>(ReadOnlySpan<T> x, int columns, Span<T> destination) where T : unmanaged
    {
        Span<T> room = stackalloc T[RoomBytes / Unsafe.SizeOf<T>()];
        int most = Math.Max(room.Length / columns, 1);
        for (int first = 0; first < destination.Length; first += most)
        {
            int rows = Math.Min(most, destination.Length - first);
            scoped var terms = x.Slice(first * columns, rows * columns);
            if (columns > 1 && rows > 1)
            {
                SpanLayout.Transpose(terms, rows, columns, room);
                terms = room[..terms.Length];
            }

            SumColumns(terms, columns, destination.Slice(first, rows));
        }
    }

    private static void SumColumns<T>(ReadOnlySpan<T> x, int rows, Span<T> destination) where T : unmanaged
    {
        if (destination.IsEmpty)
            return;
        var loop = new ColumnSums<Identity, T>(ref MemoryMarshal.GetReference(x), rows, destination.Length, ref MemoryMarshal.GetReference(destination));
        Widest.Run<ColumnSums<Identity, T>, T>(ref loop, destination.Length);
    }

    private ref struct Terms<T>(ReadOnlySpan<T> x) : ILoop where T : unmanaged
    {
        private readonly ReadOnlySpan<T> x = x;

        public T Result;

        // What is left over by the eights, one by one, then the eights before it.
        public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
        {
            V sum = V.Constant(-0.0);
            for (int i = x.Length & ~7; i < x.Length; i++)
                sum += At<V, E>(i);
            if (x.Length >= 16)
                sum = (Eight<V, E>(0) + Eight<V, E>(8)) + sum;
            else if (x.Length >= 8)
                sum = Eight<V, E>(0) + sum;
            Result = Unsafe.BitCast<E, T>(V.First(sum));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly V Eight<V, E>(int i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
            ((At<V, E>(i) + At<V, E>(i + 1)) + (At<V, E>(i + 2) + At<V, E>(i + 3)))
            + ((At<V, E>(i + 4) + At<V, E>(i + 5)) + (At<V, E>(i + 6) + At<V, E>(i + 7)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly V At<V, E>(int i) where V : struct, IHardwareLane<V, E> where E : unmanaged => V.Broadcast(Unsafe.BitCast<T, E>(x[i]));
    }

    private ref struct Products<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) : ILoop where T : unmanaged
    {
        private readonly ReadOnlySpan<T> x = x;
        private readonly ReadOnlySpan<T> y = y;

        public T Result;

        // −0 is the neutral element of addition.
        public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
        {
            V sum = V.Constant(-0.0);
            for (int i = 0; i < x.Length; i++)
                sum = V.MultiplyAdd(V.Broadcast(Unsafe.BitCast<T, E>(x[i])), V.Broadcast(Unsafe.BitCast<T, E>(y[i])), sum);
            Result = Unsafe.BitCast<E, T>(V.First(sum));
        }
    }
}
