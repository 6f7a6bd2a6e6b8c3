using Grad.Simd;

namespace Grad.Functional;

/// <summary>Copies an array with its axes in another order.</summary>
internal sealed class PermutedCopy : OpLayout
{
    // Below it, a call for each matrix costs more than it saves.
    private const int SmallMatrix = 64;

    private readonly int[] _extents;
    private readonly int[] _strides;
    private readonly int[] _steps;

    // The axis of the result along which the source runs.
    private readonly int _unit;

    // Where there are no matrices to transpose: place by place.
    private readonly StridedCopy? _gather;

    /// <summary>Axis i of the result is axis <c>axes[i]</c> of the source.</summary>
    public PermutedCopy(Shape shape, ReadOnlySpan<int> axes)
    {
        (_extents, _strides) = Merge(shape, axes);
        _steps = StridedCopy.RowMajor(_extents);
        _unit = Array.IndexOf(_strides, 1);
        var rank = _extents.Length;
        if (rank == 0 || _unit < 0 || _unit == rank - 1 || (long)_extents[_unit] * _extents[^1] < SmallMatrix)
        {
            _gather = new StridedCopy(0, _strides, new Shape(_extents));
        }
    }

    /// <summary>Copies the whole array.</summary>
    public void Run<T>(ReadOnlySpan<T> source, Span<T> destination) where T : unmanaged
    {
        if (destination.IsEmpty)
        {
            return;
        }

        if (_gather is not null)
        {
            _gather.Gather(source, destination);
            return;
        }

        // The axis along which the source runs and the one along which the result does make a matrix, which is transposed for every place
        // on the other axes.
        var (rows, columns, stride) = (_extents[^1], _extents[_unit], _strides[^1]);
        Span<int> counter = stackalloc int[Shape.MaxRank];
        counter.Clear();
        var (from, to) = (0, 0);
        while (true)
        {
            SpanLayout.Transpose(source[from..], rows, columns, stride, destination[to..], _steps[_unit]);
            var axis = _extents.Length - 2;
            for (; axis >= 0; axis--)
            {
                if (axis == _unit)
                {
                    continue;
                }

                (from, to) = (from + _strides[axis], to + _steps[axis]);
                if (++counter[axis] < _extents[axis])
                {
                    break;
                }

                (from, to) = (from - (_strides[axis] * _extents[axis]), to - (_steps[axis] * _extents[axis]));
                counter[axis] = 0;
            }

            if (axis < 0)
            {
                return;
            }
        }
    }

    /// <summary>The result's axes with their strides in the source: none of extent 1, and neighbours that stay neighbours made one.</summary>
    private static (int[] Extents, int[] Strides) Merge(Shape shape, ReadOnlySpan<int> axes)
    {
        var all = StridedCopy.RowMajor(shape);
        var (extents, strides) = (new List<int>(axes.Length), new List<int>(axes.Length));
        foreach (var axis in axes)
        {
            var (extent, stride) = (shape[axis], all[axis]);
            if (extent == 1)
            {
                continue;
            }

            if (strides.Count > 0 && strides[^1] == stride * extent)
            {
                (extents[^1], strides[^1]) = (extents[^1] * extent, stride);
            }
            else
            {
                extents.Add(extent);
                strides.Add(stride);
            }
        }

        return ([.. extents], [.. strides]);
    }
}
