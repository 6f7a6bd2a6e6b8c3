namespace Grad.Simd;

/// <summary>
/// A matrix product <c>C = alpha·A·B + beta·C</c> by places in memory: A and B step by any strides, so that a transpose is an exchange of
/// two; the columns of C are neighbours.
/// </summary>
internal unsafe struct Product<T> where T : unmanaged
{
    /// <summary>The rows of A and C.</summary>
    public int Rows;

    /// <summary>The columns of B and C.</summary>
    public int Columns;

    /// <summary>The columns of A and rows of B: the terms of each sum.</summary>
    public int Depth;

    public T* A;
    public nint ARow;
    public nint AColumn;
    public T* B;
    public nint BRow;
    public nint BColumn;
    public T* C;
    public nint CRow;
    public T Alpha;
    public T Beta;
}
