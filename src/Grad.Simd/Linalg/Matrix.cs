using System.Numerics;

namespace Grad.Simd;

/// <summary>
/// A row-major matrix at a fixed place in memory: what the factorizations work on, and how many threads may. Parts of it share its elements.
/// </summary>
internal readonly unsafe struct Matrix<T>(T* start, int rows, int columns, nint stride, TeamSize team = default)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T* Start => start;

    public int Rows => rows;

    public int Columns => columns;

    /// <summary>Elements from a row to the next.</summary>
    public nint Stride => stride;

    /// <summary>The threads that may work on it.</summary>
    public TeamSize Team => team;

    public ref T this[int row, int column] => ref start[(row * stride) + column];

    public Span<T> Row(int row) => new(start + (row * stride), columns);

    /// <summary>The rows and columns from a place on.</summary>
    public Matrix<T> Part(int row, int column, int height, int width) => new(start + (row * stride) + column, height, width, stride, team);

    /// <summary>Some rows, whole.</summary>
    public Matrix<T> Strip(int row, int height) => Part(row, 0, height, columns);

    /// <summary><c>this = alpha·op(A)·op(B) + beta·this</c>; A and B share no element with this.</summary>
    public void Add(T alpha, Matrix<T> a, bool transposeA, Matrix<T> b, bool transposeB, T beta) => Gemm.Run(new Product<T>
    {
        Rows = rows,
        Columns = columns,
        Depth = transposeA ? a.Rows : a.Columns,
        A = a.Start,
        ARow = transposeA ? 1 : a.Stride,
        AColumn = transposeA ? a.Stride : 1,
        B = b.Start,
        BRow = transposeB ? 1 : b.Stride,
        BColumn = transposeB ? b.Stride : 1,
        C = start,
        CRow = stride,
        Alpha = alpha,
        Beta = beta,
    }, degree: team.Degree, token: team.Token);

    /// <summary><c>y = alpha·this·x + beta·y</c>.</summary>
    public void Times(T alpha, T* x, T beta, T* y)
    {
        if (rows > 0)
            RowDotPieces<T>.Run(start, stride, rows, columns, x, y, alpha, beta, team);
    }

    /// <summary><c>y = alpha·xᵀ·this + beta·y</c>, where x steps as it will.</summary>
    public void TimesFromLeft(T alpha, T* x, nint step, T beta, T* y) => Gemm.Run(new Product<T>
    {
        Rows = 1,
        Columns = columns,
        Depth = rows,
        A = x,
        ARow = rows,
        AColumn = step,
        B = start,
        BRow = stride,
        BColumn = 1,
        C = y,
        CRow = columns,
        Alpha = alpha,
        Beta = beta,
    }, degree: team.Degree, token: team.Token);

    public void CopyTo(Matrix<T> target)
    {
        for (int i = 0; i < rows; i++)
            Row(i).CopyTo(target.Row(i));
    }

    /// <summary>Writes the transpose elsewhere.</summary>
    public void TransposeTo(Matrix<T> target)
    {
        if (rows == 0 || columns == 0)
            return;
        SpanLayout.Transpose(
            new ReadOnlySpan<T>(start, (int)(((rows - 1) * stride) + columns)),
            rows,
            columns,
            (int)stride,
            new Span<T>(target.Start, (int)(((columns - 1) * target.Stride) + rows)),
            (int)target.Stride);
    }

    /// <summary>
    /// Multiplies by a power of two, so that the largest element is about one and nothing overflows on the way; gives the exponent that takes it back.
    /// </summary>
    public int Normalize()
    {
        T largest = T.Zero;
        for (int i = 0; i < rows && columns > 0; i++)
            largest = T.Max(largest, T.Max(Fold.Max<T>(Row(i)), -Fold.Min<T>(Row(i))));
        int exponent = largest == T.Zero ? 0 : T.ILogB(largest);
        if (exponent == 0)
            return 0;

        // In two steps, each of which is a normal number.
        T half = T.ScaleB(T.One, -exponent / 2), rest = T.ScaleB(T.One, -exponent - (-exponent / 2));
        for (int i = 0; i < rows; i++)
        {
            SpanBlas.Scal(half, Row(i));
            SpanBlas.Scal(rest, Row(i));
        }

        return exponent;
    }

    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    public void SetIdentity()
    {
        for (int i = 0; i < rows; i++)
        {
            Row(i).Clear();
            if (i < columns)
                this[i, i] = T.One;
        }
    }

    public void SwapRows(int x, int y)
    {
        Span<T> first = Row(x), second = Row(y);
        for (int j = 0; j < first.Length; j++)
            (first[j], second[j]) = (second[j], first[j]);
    }
}
