using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance;
using Grad.Simd;
using Properties.Support;

namespace Properties.Kernels;

/// <summary>
/// A product of matrices between guard pages, with rows further apart than they are long: its operands, and what it should give.
/// </summary>
internal sealed unsafe class GemmCase<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly GuardedMatrix<T> _a;
    private readonly GuardedMatrix<T> _b;
    private readonly GuardedMatrix<T> _c;
    private readonly T[] _old;

    public GemmCase(int m, int n, int k, Func<T> draw, bool transposeA = false, bool transposeB = false, int gap = 0, bool right = true)
    {
        (Rows, Columns, Depth, TransposeA, TransposeB) = (m, n, k, transposeA, transposeB);
        _a = new(transposeA ? k : m, transposeA ? m : k, gap, right, draw);
        _b = new(transposeB ? n : k, transposeB ? k : n, gap, !right, draw);
        _c = new(m, n, gap, right, draw);
        _old = new T[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
                _old[i * n + j] = _c[i, j];
        }
    }

    public int Rows { get; }

    public int Columns { get; }

    public int Depth { get; }

    public bool TransposeA { get; }

    public bool TransposeB { get; }

    /// <summary>What stands in C.</summary>
    public T this[int i, int j] => _c[i, j];

    public T A(int i, int p) => TransposeA ? _a[p, i] : _a[i, p];

    public T B(int p, int j) => TransposeB ? _b[j, p] : _b[p, j];

    /// <summary>What stood in C.</summary>
    public T Old(int i, int j) => _old[i * Columns + j];

    /// <summary>Fills C.</summary>
    public void Fill(T value) => _c.Fill(() => value);

    /// <summary>Computes C.</summary>
    public void Run(double alpha = 1, double beta = 0) =>
        Blas.Gemm(_a.View, _b.View, _c.View, alpha, beta, TransposeA, TransposeB);

    /// <summary>Computes C on lanes of one width, which the hardware may have or not; there is at least a lane of columns.</summary>
    public void RunOn<V>() where V : struct, IHardwareLane<V, T>
    {
        var product = new Product<T>
        {
            Rows = Rows,
            Columns = Columns,
            Depth = Depth,
            A = _a.Start,
            ARow = TransposeA ? 1 : _a.Stride,
            AColumn = TransposeA ? _a.Stride : 1,
            B = _b.Start,
            BRow = TransposeB ? 1 : _b.Stride,
            BColumn = TransposeB ? _b.Stride : 1,
            C = _c.Start,
            CRow = _c.Stride,
            Alpha = T.One,
        };
        var loop = new GemmLoop<T>(in product, 1, 0, 0, 0);
        loop.Run<V, T>();
    }

    /// <summary>A part of the product: some rows and columns of C, computed alone.</summary>
    public T[] Part(int top, int rows, int left, int columns)
    {
        var c = new T[rows * columns];
        fixed (T* start = c)
        {
            Blas.Gemm(
                TransposeA ? _a.Part(0, Depth, top, rows) : _a.Part(top, rows, 0, Depth),
                TransposeB ? _b.Part(left, columns, 0, Depth) : _b.Part(0, Depth, left, columns),
                new Span2D<T>(start, rows, columns, 0),
                1,
                0,
                TransposeA,
                TransposeB);
        }

        return c;
    }

    /// <summary>Whether nothing between the rows of C was written.</summary>
    public bool GapsAreUntouched() => _c.GapsAreUntouched();

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _c.Dispose();
    }
}

/// <summary>A row-major matrix whose first or last element lies beside a guard page.</summary>
internal sealed unsafe class GuardedMatrix<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly GuardedMemory<T> _memory;
    private readonly int _rows;
    private readonly int _columns;

    public GuardedMatrix(int rows, int columns, int gap, bool right, Func<T> draw)
    {
        (_rows, _columns, Stride) = (rows, columns, columns + gap);
        int length = rows == 0 ? 0 : (rows - 1) * Stride + columns;
        _memory = new(length + 1);
        var elements = _memory.Take(length, right);
        elements.Fill(T.NaN);
        Start = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(elements));
        Fill(draw);
    }

    public T* Start { get; }

    public int Stride { get; }

    public Span2D<T> View => Part(0, _rows, 0, _columns);

    public T this[int i, int j] => Start[i * Stride + j];

    public void Fill(Func<T> draw)
    {
        for (int i = 0; i < _rows; i++)
        {
            for (int j = 0; j < _columns; j++)
                Start[i * Stride + j] = draw();
        }
    }

    public Span2D<T> Part(int top, int rows, int left, int columns) =>
        new(Start + top * Stride + left, rows, columns, Stride - columns);

    public bool GapsAreUntouched()
    {
        for (int i = 0; i < _rows - 1; i++)
        {
            for (int j = _columns; j < Stride; j++)
            {
                if (!T.IsNaN(this[i, j]))
                    return false;
            }
        }

        return true;
    }

    public void Dispose() => _memory.Dispose();
}

/// <summary>The overloads for float and double behind one name.</summary>
internal static unsafe class Blas
{
    public static void Gemm<T>(
        ReadOnlySpan2D<T> a, ReadOnlySpan2D<T> b, Span2D<T> c, double alpha, double beta, bool transposeA, bool transposeB)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            SpanBlas.Gemm(View<T, double>(a), View<T, double>(b), Writable<T, double>(c), alpha, beta, transposeA, transposeB);
        else
            SpanBlas.Gemm(View<T, float>(a), View<T, float>(b), Writable<T, float>(c), (float)alpha, (float)beta, transposeA, transposeB);
    }

    public static void Gemv<T>(ReadOnlySpan2D<T> a, ReadOnlySpan<T> x, Span<T> y, double alpha, double beta, bool transposeA)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            SpanBlas.Gemv(
                View<T, double>(a),
                MemoryMarshal.Cast<T, double>(x),
                MemoryMarshal.Cast<T, double>(y),
                alpha,
                beta,
                transposeA);
        }
        else
        {
            SpanBlas.Gemv(
                View<T, float>(a),
                MemoryMarshal.Cast<T, float>(x),
                MemoryMarshal.Cast<T, float>(y),
                (float)alpha,
                (float)beta,
                transposeA);
        }
    }

    // The same type under another name.
    private static ReadOnlySpan2D<E> View<T, E>(ReadOnlySpan2D<T> x)
        where T : unmanaged
        where E : unmanaged => Unsafe.As<ReadOnlySpan2D<T>, ReadOnlySpan2D<E>>(ref x);

    private static Span2D<E> Writable<T, E>(Span2D<T> x)
        where T : unmanaged
        where E : unmanaged => Unsafe.As<Span2D<T>, Span2D<E>>(ref x);
}
