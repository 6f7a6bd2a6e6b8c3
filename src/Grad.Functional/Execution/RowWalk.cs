namespace Grad.Functional;

/// <summary>A walk over a row-major result whose operands repeat along some axes, in rows as long as all operands' layouts allow.</summary>
internal sealed class RowWalk : OpLayout
{
    private readonly int[] _extents;
    private readonly int[][] _strides;
    private readonly bool[] _runs;
    private readonly int _length;
    private readonly int _total;

    /// <param name="shape">The shape of the result.</param>
    /// <param name="strides">For each operand, how far each axis of the result moves in it.</param>
    public RowWalk(Shape shape, int[][] strides)
    {
        (_extents, _strides) = Strided.Merge(shape, strides);
        (_length, _total) = (_extents.Length == 0 ? 1 : _extents[^1], shape.ElementCount);
        _runs = Array.ConvertAll(_strides, operand => operand.Length > 0 && operand[^1] != 0);
    }

    /// <summary>The walk over the result of a node that reads broadcast sources.</summary>
    public static RowWalk Of(Node node)
    {
        var strides = new int[node.OperandCount][];
        for (var i = 0; i < strides.Length; i++)
        {
            strides[i] = Strided.Strides(node.Operand(i), node.Shape);
        }

        return new RowWalk(node.Shape, strides);
    }

    /// <summary>Runs <paramref name="row"/> over all rows, in order.</summary>
    public void ForEach<TRow>(ref TRow row) where TRow : struct, IRow, allows ref struct
    {
        var rank = _extents.Length;
        Span<int> offsets = stackalloc int[_strides.Length];
        Span<int> counter = stackalloc int[Shape.MaxRank];
        counter.Clear();
        offsets.Clear();
        for (var start = 0; start < _total; start += _length)
        {
            row.Run(start, _length, offsets, _runs);
            for (var axis = rank - 2; axis >= 0; axis--)
            {
                var wrapped = ++counter[axis] == _extents[axis];
                for (var i = 0; i < _strides.Length; i++)
                {
                    offsets[i] += wrapped ? -_strides[i][axis] * (_extents[axis] - 1) : _strides[i][axis];
                }

                if (!wrapped)
                {
                    break;
                }

                counter[axis] = 0;
            }
        }
    }
}
