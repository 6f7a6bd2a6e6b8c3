using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Sums of a few terms, many at once where there are many: the rows of a matrix become columns first.</summary>
internal static class ShortSums
{
    // Bytes on the stack for rows that have become columns.
    private const int RoomBytes = 8192;

    /// <summary>The sum of one term or a few.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x) where T : unmanaged
    {
        T sum = default;
        SumColumns(x, x.Length, new Span<T>(ref sum));
        return sum;
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
