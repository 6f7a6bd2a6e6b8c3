namespace Grad.Simd;

/// <summary>A product of which nothing is packed, in pieces of some rows and columns, each a product of its own.</summary>
internal readonly unsafe struct GemmPieces<T> : ITeamWork where T : unmanaged
{
    // So many rows or columns are worth a piece.
    private const int RowUnit = 56, ColumnUnit = 128;

    private readonly Product<T> _product;
    private readonly Parts _rows;
    private readonly Parts _columns;

    /// <param name="product">The product.</param>
    /// <param name="pieces">About as many pieces as are wanted.</param>
    public GemmPieces(in Product<T> product, int pieces)
    {
        _product = product;
        _rows = new(product.Rows, Math.Clamp(product.Rows / RowUnit, 1, pieces));
        int units = Math.Max(product.Columns / ColumnUnit, 1);
        _columns = new(units, Math.Min(units, (pieces + _rows.Count - 1) / _rows.Count));
    }

    /// <summary>The pieces.</summary>
    public int Count => _rows.Count * _columns.Count;

    public void Work(scoped ref TeamShare share)
    {
        while (share.TryTake(out int piece))
        {
            var (row, column) = Math.DivRem(piece, _columns.Count);
            int top = _rows.Start(row), left = _columns.Start(column) * ColumnUnit;
            var part = _product;
            part.A += top * part.ARow;
            part.B += left * part.BColumn;
            part.C += top * part.CRow + left;
            part.Rows = _rows.Start(row + 1) - top;
            part.Columns = column == _columns.Count - 1 ? part.Columns - left : _columns.Start(column + 1) * ColumnUnit - left;
            Gemm.Run(in part);
        }
    }
}
