namespace Grad.Functional;

/// <summary>Copies between a contiguous array and a regular pattern of places in another.</summary>
internal static class StridedCopy
{
    /// <summary>How far each axis of a row-major array moves.</summary>
    public static int[] RowMajor(ReadOnlySpan<int> shape)
    {
        var strides = new int[shape.Length];
        for (int axis = shape.Length - 1, stride = 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }

    /// <summary>Collects the places of <paramref name="source"/> in order.</summary>
    public static void Gather<T>(ReadOnlySpan<T> source, int first, ReadOnlySpan<int> strides, ReadOnlySpan<int> shape, Span<T> destination)
    {
        var walk = new Walk(first, strides, shape, stackalloc int[Shape.MaxRank]);
        for (var at = 0; at < destination.Length; at += walk.RowLength)
        {
            if (walk.RowStride == 1)
            {
                source.Slice(walk.Place, walk.RowLength).CopyTo(destination[at..]);
            }
            else
            {
                for (int i = 0, place = walk.Place; i < walk.RowLength; i++, place += walk.RowStride)
                {
                    destination[at + i] = source[place];
                }
            }

            walk.Next();
        }
    }

    /// <summary>Puts the elements of <paramref name="source"/> at their places, in order.</summary>
    public static void Scatter<T>(ReadOnlySpan<T> source, int first, ReadOnlySpan<int> strides, ReadOnlySpan<int> shape, Span<T> destination)
    {
        var walk = new Walk(first, strides, shape, stackalloc int[Shape.MaxRank]);
        for (var at = 0; at < source.Length; at += walk.RowLength)
        {
            for (int i = 0, place = walk.Place; i < walk.RowLength; i++, place += walk.RowStride)
            {
                destination[place] = source[at + i];
            }

            walk.Next();
        }
    }

    private ref struct Walk
    {
        private readonly ReadOnlySpan<int> _strides;
        private readonly ReadOnlySpan<int> _shape;
        private readonly Span<int> _counter;

        public Walk(int first, ReadOnlySpan<int> strides, ReadOnlySpan<int> shape, Span<int> counter)
        {
            Place = first;
            _strides = strides;
            _shape = shape;
            _counter = counter;
            _counter.Clear();
        }

        public int Place { get; private set; }

        public readonly int RowLength => _shape.Length == 0 ? 1 : _shape[^1];

        public readonly int RowStride => _shape.Length == 0 ? 1 : _strides[^1];

        public void Next()
        {
            for (var axis = _shape.Length - 2; axis >= 0; axis--)
            {
                Place += _strides[axis];
                if (++_counter[axis] < _shape[axis])
                {
                    return;
                }

                Place -= _strides[axis] * _shape[axis];
                _counter[axis] = 0;
            }
        }
    }
}
