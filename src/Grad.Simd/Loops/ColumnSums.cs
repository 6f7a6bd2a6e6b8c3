using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// The sums of a function of each element down the columns of a row-major matrix, which has at least a lane of columns and one row.
/// Columns go by tiles that stay in cache; down a tile, eight rows at a time are summed pairwise, and so are the blocks of eight, like the digits of a binary counter.
/// A column's tree depends on the number of rows alone.
/// </summary>
internal ref struct ColumnSums<TTerm, T>(ref T x, int rows, int columns, ref T destination) : ILoop
    where TTerm : struct, IUnaryKernel
{
    private const int BlockRows = 8;
    private const int TileColumns = 256;

    private readonly ref T x = ref x;
    private readonly ref T destination = ref destination;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public readonly unsafe void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        int blocks = rows / BlockRows;
        E* pending = stackalloc E[(BitOperations.Log2((uint)blocks | 1) + 1) * TileColumns];
        for (int start = 0; start < columns; start += TileColumns)
        {
            // No tile is narrower than a lane: the last one may begin early, and repeats a few columns.
            int first = Math.Min(start, columns - V.Count);
            Tile<V, E>(
                ref Unsafe.As<T, E>(ref Unsafe.Add(ref x, first)),
                Math.Min(TileColumns, columns - first),
                pending,
                ref Unsafe.As<T, E>(ref Unsafe.Add(ref destination, first)));
        }
    }

    private readonly unsafe void Tile<V, E>(ref E x, int width, E* pending, ref E sums)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        int blocks = rows / BlockRows;
        nint blockSize = (nint)BlockRows * columns;
        for (int done = 0; done < blocks; done++)
            AddBlock<V, E>(ref Unsafe.Add(ref x, done * blockSize), columns, width, pending, BitOperations.TrailingZeroCount(~done));
        Finish<V, E>(ref Unsafe.Add(ref x, blocks * blockSize), columns, rows % BlockRows, width, pending, blocks, ref sums);
    }

    // pending[k] is the sum of 2^k blocks whenever bit k of the number of blocks done is set. The new block joins the levels below
    // `level` and is left there; columns that two lanes share are computed twice from the same numbers.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AddBlock<V, E>(ref E x, nint stride, int width, E* pending, int level)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        for (nint lane = 0; lane < width; lane += V.Count)
        {
            nint i = Math.Min(lane, width - V.Count);
            ref E row0 = ref Unsafe.Add(ref x, i);
            ref E row4 = ref Unsafe.Add(ref row0, 4 * stride);
            var upper = Term<V, E>(ref row0, 0) + Term<V, E>(ref row0, stride)
                + (Term<V, E>(ref row0, 2 * stride) + Term<V, E>(ref row0, 3 * stride));
            var lower = Term<V, E>(ref row4, 0) + Term<V, E>(ref row4, stride)
                + (Term<V, E>(ref row4, 2 * stride) + Term<V, E>(ref row4, 3 * stride));
            var sum = upper + lower;
            for (int k = 0; k < level; k++)
                sum = Row<V, E>(ref pending[k * TileColumns], i) + sum;
            V.Store(sum, ref pending[level * TileColumns + i]);
        }
    }

    // Adds the rows that are left over, one by one, and what is pending.
    private static unsafe void Finish<V, E>(ref E x, nint stride, int rest, int width, E* pending, int blocks, ref E sums)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        for (nint lane = 0; lane < width; lane += V.Count)
        {
            nint i = Math.Min(lane, width - V.Count);
            var sum = V.Constant(-0.0);
            for (int row = 0; row < rest; row++)
                sum += Term<V, E>(ref x, row * stride + i);
            for (int k = 0; blocks >> k != 0; k++)
            {
                if ((blocks >> k & 1) != 0)
                    sum = Row<V, E>(ref pending[k * TileColumns], i) + sum;
            }

            V.Store(sum, ref Unsafe.Add(ref sums, i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Term<V, E>(ref E x, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        default(TTerm).Eval(Row<V, E>(ref x, i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Row<V, E>(ref E x, nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        V.Load(in Unsafe.Add(ref x, i));
}

/// <summary>The number itself.</summary>
internal readonly struct Identity : IUnaryKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => x;
}

/// <summary>The square.</summary>
internal readonly struct Squared : IUnaryKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => x * x;
}
