namespace Grad.Simd;

/// <summary>The dot products of the rows of a matrix with a vector, by some rows at a time.</summary>
internal readonly unsafe struct RowDotPieces<T> : ITeamWork where T : unmanaged
{
    // So many elements of the matrix are worth a piece.
    private const int PieceElements = 1 << 15;

    private readonly T* _a;
    private readonly nint _stride;
    private readonly int _columns;
    private readonly T* _x;
    private readonly T* _y;
    private readonly T _alpha;
    private readonly T _beta;
    private readonly Parts _parts;

    private RowDotPieces(T* a, nint stride, int rows, int columns, T* x, T* y, T alpha, T beta)
    {
        _a = a;
        _stride = stride;
        _columns = columns;
        _x = x;
        _y = y;
        (_alpha, _beta) = (alpha, beta);
        _parts = Parts.AtMost(rows, Math.Max(PieceElements / Math.Max(columns, 1), 1));
    }

    /// <summary><c>y = alpha·A·x + beta·y</c>.</summary>
    public static void Run(T* a, nint stride, int rows, int columns, T* x, T* y, T alpha, T beta, TeamSize team)
    {
        var pieces = new RowDotPieces<T>(a, stride, rows, columns, x, y, alpha, beta);
        Team.Run(pieces, pieces._parts.Count, team.Degree, team.Token);
    }

    public void Work(scoped ref TeamShare share)
    {
        while (share.TryTake(out int piece))
        {
            int first = _parts.Start(piece);
            var loop = new RowDots<T>(_a + (first * _stride), _stride, _parts.Start(piece + 1) - first, _columns, _x, _y + first, _alpha, _beta);
            Widest.Run<RowDots<T>, T>(ref loop, _columns);
        }
    }
}
