using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <content>Transposition of matrices.</content>
public static partial class SpanLayout
{
    // A block of either matrix lies in the first-level cache, and its rows in as many pages as the processor keeps at hand.
    private const int Block = 32;

    /// <summary>The transpose of a row-major matrix: <c>destination[j, i] = x[i, j]</c>.</summary>
    /// <param name="x">Row-major [rows, columns].</param>
    /// <param name="rows">The number of rows of x.</param>
    /// <param name="columns">The number of columns of x.</param>
    /// <param name="destination">Row-major [columns, rows]; disjoint from x.</param>
    /// <exception cref="ArgumentException">A length does not fit the extents, or the destination overlaps x.</exception>
    public static void Transpose<T>(ReadOnlySpan<T> x, int rows, int columns, Span<T> destination) where T : unmanaged =>
        Transpose(x, rows, columns, columns, destination, rows);

    /// <summary>
    /// The transpose of a matrix whose rows do not follow closely: <c>destination[j·destinationStride + i] = x[i·stride + j]</c>.
    /// </summary>
    /// <param name="x">The matrix, row by row.</param>
    /// <param name="rows">The number of rows of x.</param>
    /// <param name="columns">The number of columns of x.</param>
    /// <param name="stride">How far the rows of x are apart, at least <paramref name="columns"/>.</param>
    /// <param name="destination">The transpose, row by row; disjoint from x.</param>
    /// <param name="destinationStride">How far the rows of the destination are apart, at least <paramref name="rows"/>.</param>
    /// <exception cref="ArgumentException">A length or stride does not fit the extents, or the destination overlaps x.</exception>
    public static void Transpose<T>(ReadOnlySpan<T> x, int rows, int columns, int stride, Span<T> destination, int destinationStride)
        where T : unmanaged
    {
        if (rows < 0 || columns < 0 || stride < columns || destinationStride < rows)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Transpose needs strides of at least the {columns} columns of x and of the {rows} of destination, ")
                + FormattableString.Invariant($"but got {stride} and {destinationStride}. Correct the extents."));
        }

        if (rows == 0 || columns == 0)
            return;
        if (x.Length < ((long)(rows - 1) * stride) + columns)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Transpose needs x to hold {rows} rows of {columns} elements, {stride} apart, but got {x.Length} elements."),
                nameof(x));
        }

        Contract.Holds(destination.Length, ((long)(columns - 1) * destinationStride) + rows, nameof(Transpose));
        Contract.Disjoint(x, destination, nameof(Transpose));
        ref T source = ref MemoryMarshal.GetReference(x), target = ref MemoryMarshal.GetReference(destination);

        // Bits are moved, so that any type of the size of a number travels as one.
        if (Unsafe.SizeOf<T>() == sizeof(double) && Avx.IsSupported)
            Blocks<Tile4x4, double>(ref Unsafe.As<T, double>(ref source), rows, columns, stride, ref Unsafe.As<T, double>(ref target), destinationStride);
        else if (Unsafe.SizeOf<T>() == sizeof(float) && Avx.IsSupported)
            Blocks<Tile8x8, float>(ref Unsafe.As<T, float>(ref source), rows, columns, stride, ref Unsafe.As<T, float>(ref target), destinationStride);
        else
            Blocks<Tile1x1<T>, T>(ref source, rows, columns, stride, ref target, destinationStride);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Blocks<TTile, T>(ref T x, int rows, int columns, nint stride, ref T destination, nint destinationStride)
        where TTile : struct, ITile<T>
    {
        for (int i0 = 0; i0 < rows; i0 += Block)
        {
            int iEnd = Math.Min(i0 + Block, rows);
            int iTiles = iEnd - ((iEnd - i0) % TTile.Size);
            for (int j0 = 0; j0 < columns; j0 += Block)
            {
                int jEnd = Math.Min(j0 + Block, columns);
                int jTiles = jEnd - ((jEnd - j0) % TTile.Size);
                for (int j = j0; j < jTiles; j += TTile.Size)
                {
                    for (int i = i0; i < iTiles; i += TTile.Size)
                    {
                        TTile.Run(
                            ref Unsafe.Add(ref x, (i * stride) + j), stride, ref Unsafe.Add(ref destination, (j * destinationStride) + i), destinationStride);
                    }
                }

                // What is left below and beside the whole tiles.
                for (int j = j0; j < jEnd; j++)
                {
                    for (int i = j < jTiles ? iTiles : i0; i < iEnd; i++)
                        Unsafe.Add(ref destination, (j * destinationStride) + i) = Unsafe.Add(ref x, (i * stride) + j);
                }
            }
        }
    }

    /// <summary>A square that is turned in registers.</summary>
    private interface ITile<T>
    {
        static abstract int Size { get; }

        static abstract void Run(ref T x, nint stride, ref T destination, nint destinationStride);
    }

    private readonly struct Tile1x1<T> : ITile<T>
    {
        public static int Size => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Run(ref T x, nint stride, ref T destination, nint destinationStride) => destination = x;
    }

    private readonly struct Tile4x4 : ITile<double>
    {
        public static int Size => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Run(ref double x, nint stride, ref double destination, nint destinationStride)
        {
            var a = Vector256.LoadUnsafe(ref x);
            var b = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, stride));
            var c = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 2 * stride));
            var d = Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 3 * stride));
            Vector256<double> ab02 = Avx.UnpackLow(a, b), ab13 = Avx.UnpackHigh(a, b), cd02 = Avx.UnpackLow(c, d), cd13 = Avx.UnpackHigh(c, d);
            Avx.Permute2x128(ab02, cd02, 0x20).StoreUnsafe(ref destination);
            Avx.Permute2x128(ab13, cd13, 0x20).StoreUnsafe(ref Unsafe.Add(ref destination, destinationStride));
            Avx.Permute2x128(ab02, cd02, 0x31).StoreUnsafe(ref Unsafe.Add(ref destination, 2 * destinationStride));
            Avx.Permute2x128(ab13, cd13, 0x31).StoreUnsafe(ref Unsafe.Add(ref destination, 3 * destinationStride));
        }
    }

    private readonly struct Tile8x8 : ITile<float>
    {
        public static int Size => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Run(ref float x, nint stride, ref float destination, nint destinationStride) =>
            Square8x8.Turn(ref x, stride, ref destination, destinationStride);
    }
}
