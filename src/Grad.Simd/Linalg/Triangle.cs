using System.Numerics;

namespace Grad.Simd;

/// <summary>
/// A triangular matrix by its place in memory. It steps by any strides, so that a transpose is an exchange of two; what lies beyond the
/// diagonal is not read, nor, of a unit one, the diagonal.
/// </summary>
internal readonly unsafe struct Triangle<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T* Start { get; private init; }

    public int Size { get; private init; }

    public nint RowStep { get; private init; }

    public nint ColumnStep { get; private init; }

    public bool IsLower { get; private init; }

    public bool IsUnit { get; private init; }

    public T this[int row, int column] => Start[(row * RowStep) + (column * ColumnStep)];

    public Triangle<T> Transposed => new()
    {
        Start = Start,
        Size = Size,
        RowStep = ColumnStep,
        ColumnStep = RowStep,
        IsLower = !IsLower,
        IsUnit = IsUnit,
    };

    public static Triangle<T> Of(Matrix<T> a, bool isLower, bool isUnit = false) => new()
    {
        Start = a.Start,
        Size = a.Rows,
        RowStep = a.Stride,
        ColumnStep = 1,
        IsLower = isLower,
        IsUnit = isUnit,
    };

    /// <summary>The triangle of some rows, and the same columns.</summary>
    public Triangle<T> Part(int first, int count) => new()
    {
        Start = At(first, first),
        Size = count,
        RowStep = RowStep,
        ColumnStep = ColumnStep,
        IsLower = IsLower,
        IsUnit = IsUnit,
    };

    /// <summary>Where an element lies.</summary>
    public T* At(int row, int column) => Start + (row * RowStep) + (column * ColumnStep);
}
