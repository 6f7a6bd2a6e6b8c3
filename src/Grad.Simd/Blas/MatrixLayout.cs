namespace Grad.Simd;

/// <summary>How a matrix, or a batch of them, lies in a span: what one step takes, counted in elements. A stride of 0 repeats.</summary>
/// <param name="Row">From a row to the next.</param>
/// <param name="Column">From a column to the next.</param>
/// <param name="Offset">To the first element.</param>
/// <param name="Batch">From a matrix to the next.</param>
public readonly record struct MatrixLayout(int Row, int Column, int Offset = 0, int Batch = 0)
{
    /// <summary>Where an element lies.</summary>
    /// <param name="matrix">The matrix of the batch.</param>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    public int At(int matrix, int row, int column) => Offset + (matrix * Batch) + (row * Row) + (column * Column);
}
