using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Between the rows of a matrix and its columns, each in memory of its own: narrow matrices, a stretch of rows at a time.</summary>
internal static unsafe class Columns
{
    // The rows and columns of a square that is turned in registers.
    private const int Block = 4;

    /// <summary>Takes columns out of a stretch of rows: <c>columns[k][n] = x[n·stride + places[k]]</c>.</summary>
    /// <param name="x">The first row.</param>
    /// <param name="stride">From a row to the next, in elements.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="readable">The elements from x on that may be read: blocks reach beyond a row.</param>
    /// <param name="places">Where in a row each column stands, ascending.</param>
    /// <param name="columns">Where the columns go.</param>
    /// <param name="elementSize">Bytes of an element: 1, 4 or 8.</param>
    public static void Split(byte* x, nint stride, nint count, nint readable, ReadOnlySpan<int> places, ReadOnlySpan<nint> columns, int elementSize)
    {
        switch (elementSize)
        {
            case sizeof(double):
                Split<Square64, double>((double*)x, stride, count, readable, places, columns);
                break;
            case sizeof(float):
                Split<Square32, float>((float*)x, stride, count, readable, places, columns);
                break;
            default:
                SplitRest(x, stride, 0, count, places, columns);
                break;
        }
    }

    /// <summary>Puts columns together to a stretch of rows that stand one behind the other: <c>x[n·width + k] = columns[k][n]</c>.</summary>
    /// <param name="columns">The columns; as many as a row is wide.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="x">The first row.</param>
    /// <param name="elementSize">Bytes of an element: 1, 4 or 8.</param>
    public static void Join(ReadOnlySpan<nint> columns, nint count, byte* x, int elementSize)
    {
        switch (elementSize)
        {
            case sizeof(double):
                Join<Square64, double>(columns, count, (double*)x);
                break;
            case sizeof(float):
                Join<Square32, float>(columns, count, (float*)x);
                break;
            default:
                JoinRest(columns, 0, count, x);
                break;
        }
    }

    private static void Split<TSquare, T>(T* x, nint stride, nint count, nint readable, ReadOnlySpan<int> places, ReadOnlySpan<nint> columns)
        where TSquare : struct, ISquare<T>
        where T : unmanaged
    {
        T** block = stackalloc T*[Block];
        for (int k = 0; k < places.Length;)
        {
            // Columns that stand in one block of their rows, in ascending order.
            int width = 1;
            while (k + width < places.Length && places[k + width] > places[k + width - 1] && places[k + width] - places[k] < Block)
                width++;
            nint whole = 0;
            if (TSquare.IsSupported && width > 1)
            {
                whole = Math.Max(Math.Min(count, (readable - places[k] - Block) / stride + 1), 0);
                whole -= whole % Block;
                for (int i = 0; i < Block; i++)
                    block[i] = null;
                for (int i = 0; i < width; i++)
                    block[places[k + i] - places[k]] = (T*)columns[k + i];
                if (stride == 2 && width == 2 && block[1] is not null)
                    SplitPairs<TSquare, T>(x + places[k], whole, block[0], block[1]);
                else
                    SplitBlocks<TSquare, T>(x + places[k], stride, whole, block);
            }

            SplitRest(x, stride, whole, count, places.Slice(k, width), columns.Slice(k, width));
            k += width;
        }
    }

    // Columns of the block that nobody asks for are null, but the first.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SplitBlocks<TSquare, T>(T* x, nint stride, nint count, T** block)
        where TSquare : struct, ISquare<T>
        where T : unmanaged
    {
        T* c0 = block[0], c1 = block[1], c2 = block[2], c3 = block[3];
        for (nint n = 0; n < count; n += Block, x += Block * stride)
        {
            TSquare.Turn(x, x + stride, x + 2 * stride, x + 3 * stride, out var a, out var b, out var c, out var d);
            TSquare.Store(a, c0 + n);
            if (c1 is not null)
                TSquare.Store(b, c1 + n);
            if (c2 is not null)
                TSquare.Store(c, c2 + n);
            if (c3 is not null)
                TSquare.Store(d, c3 + n);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SplitPairs<TSquare, T>(T* x, nint count, T* c0, T* c1)
        where TSquare : struct, ISquare<T>
        where T : unmanaged
    {
        for (nint n = 0; n < count; n += Block, x += 2 * Block)
            TSquare.SplitPair(x, c0 + n, c1 + n);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SplitRest<T>(T* x, nint stride, nint first, nint count, ReadOnlySpan<int> places, ReadOnlySpan<nint> columns) where T : unmanaged
    {
        for (int k = 0; k < places.Length; k++)
        {
            T* source = x + places[k] + first * stride, target = (T*)columns[k];
            for (nint n = first; n < count; n++, source += stride)
                target[n] = *source;
        }
    }

    private static void Join<TSquare, T>(ReadOnlySpan<nint> columns, nint count, T* x)
        where TSquare : struct, ISquare<T>
        where T : unmanaged
    {
        int width = columns.Length;
        nint whole = 0;
        if (TSquare.IsSupported && width == 2)
        {
            whole = count - count % Block;
            JoinPairs<TSquare, T>((T*)columns[0], (T*)columns[1], whole, x);
        }
        else if (TSquare.IsSupported && width > 2)
        {
            // A block of a row of three reaches into the next, which is written later.
            whole = width == 3 ? Math.Max(count - 1, 0) : count;
            whole -= whole % Block;
            for (int k = 0; k < width; k += Block)
            {
                int at = width < Block ? 0 : Math.Min(k, width - Block);
                T* last = (T*)columns[Math.Min(at + 3, width - 1)];
                JoinBlocks<TSquare, T>((T*)columns[at], (T*)columns[at + 1], (T*)columns[at + 2], last, whole, x + at, width);
            }
        }

        JoinRest(columns, whole, count, x);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void JoinBlocks<TSquare, T>(T* c0, T* c1, T* c2, T* c3, nint count, T* x, nint stride)
        where TSquare : struct, ISquare<T>
        where T : unmanaged
    {
        for (nint n = 0; n < count; n += Block, x += Block * stride)
        {
            TSquare.Turn(c0 + n, c1 + n, c2 + n, c3 + n, out var a, out var b, out var c, out var d);
            TSquare.Store(a, x);
            TSquare.Store(b, x + stride);
            TSquare.Store(c, x + 2 * stride);
            TSquare.Store(d, x + 3 * stride);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void JoinPairs<TSquare, T>(T* c0, T* c1, nint count, T* x)
        where TSquare : struct, ISquare<T>
        where T : unmanaged
    {
        for (nint n = 0; n < count; n += Block, x += 2 * Block)
            TSquare.JoinPair(c0 + n, c1 + n, x);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void JoinRest<T>(ReadOnlySpan<nint> columns, nint first, nint count, T* x) where T : unmanaged
    {
        for (int k = 0; k < columns.Length; k++)
        {
            T* source = (T*)columns[k], target = x + k + first * columns.Length;
            for (nint n = first; n < count; n++, target += columns.Length)
                *target = source[n];
        }
    }

    /// <summary>Four rows of four elements, which become four columns, or the other way round.</summary>
    private interface ISquare<T> where T : unmanaged
    {
        static abstract bool IsSupported { get; }

        static abstract void Turn(T* a, T* b, T* c, T* d, out Vector256<T> p, out Vector256<T> q, out Vector256<T> r, out Vector256<T> s);

        static abstract void Store(Vector256<T> four, T* x);

        /// <summary>Four rows of two become two columns.</summary>
        static abstract void SplitPair(T* x, T* c0, T* c1);

        /// <summary>Two columns become four rows of two.</summary>
        static abstract void JoinPair(T* c0, T* c1, T* x);
    }

    private readonly struct Square64 : ISquare<double>
    {
        public static bool IsSupported => Avx.IsSupported;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Turn(
            double* a, double* b, double* c, double* d,
            out Vector256<double> p, out Vector256<double> q, out Vector256<double> r, out Vector256<double> s)
        {
            Vector256<double> x = Vector256.Load(a), y = Vector256.Load(b), z = Vector256.Load(c), w = Vector256.Load(d);
            Vector256<double> xyLow = Avx.UnpackLow(x, y), xyHigh = Avx.UnpackHigh(x, y), zwLow = Avx.UnpackLow(z, w), zwHigh = Avx.UnpackHigh(z, w);
            p = Avx.Permute2x128(xyLow, zwLow, 0x20);
            q = Avx.Permute2x128(xyHigh, zwHigh, 0x20);
            r = Avx.Permute2x128(xyLow, zwLow, 0x31);
            s = Avx.Permute2x128(xyHigh, zwHigh, 0x31);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(Vector256<double> four, double* x) => four.Store(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void SplitPair(double* x, double* c0, double* c1)
        {
            Vector256<double> a = Vector256.Load(x), b = Vector256.Load(x + 4);
            Vector256<double> even = Avx.Permute2x128(a, b, 0x20), odd = Avx.Permute2x128(a, b, 0x31);
            Avx.UnpackLow(even, odd).Store(c0);
            Avx.UnpackHigh(even, odd).Store(c1);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void JoinPair(double* c0, double* c1, double* x)
        {
            Vector256<double> a = Vector256.Load(c0), b = Vector256.Load(c1);
            Vector256<double> low = Avx.UnpackLow(a, b), high = Avx.UnpackHigh(a, b);
            Avx.Permute2x128(low, high, 0x20).Store(x);
            Avx.Permute2x128(low, high, 0x31).Store(x + 4);
        }
    }

    // Four floats fill the lower half.
    private readonly struct Square32 : ISquare<float>
    {
        public static bool IsSupported => Sse.IsSupported;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Turn(
            float* a, float* b, float* c, float* d,
            out Vector256<float> p, out Vector256<float> q, out Vector256<float> r, out Vector256<float> s)
        {
            Vector128<float> x = Vector128.Load(a), y = Vector128.Load(b), z = Vector128.Load(c), w = Vector128.Load(d);
            Vector128<float> xyLow = Sse.UnpackLow(x, y), xyHigh = Sse.UnpackHigh(x, y), zwLow = Sse.UnpackLow(z, w), zwHigh = Sse.UnpackHigh(z, w);
            p = Sse.MoveLowToHigh(xyLow, zwLow).ToVector256Unsafe();
            q = Sse.MoveHighToLow(zwLow, xyLow).ToVector256Unsafe();
            r = Sse.MoveLowToHigh(xyHigh, zwHigh).ToVector256Unsafe();
            s = Sse.MoveHighToLow(zwHigh, xyHigh).ToVector256Unsafe();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(Vector256<float> four, float* x) => four.GetLower().Store(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void SplitPair(float* x, float* c0, float* c1)
        {
            Vector128<float> a = Vector128.Load(x), b = Vector128.Load(x + 4);
            Sse.Shuffle(a, b, 0b10_00_10_00).Store(c0);
            Sse.Shuffle(a, b, 0b11_01_11_01).Store(c1);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void JoinPair(float* c0, float* c1, float* x)
        {
            Vector128<float> a = Vector128.Load(c0), b = Vector128.Load(c1);
            Sse.UnpackLow(a, b).Store(x);
            Sse.UnpackHigh(a, b).Store(x + 4);
        }
    }
}
