using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>Copies between a contiguous array and a regular pattern of places in another.</summary>
internal sealed class StridedCopy : OpLayout
{
    private readonly int _first;
    private readonly int[] _extents;
    private readonly int[] _strides;
    private readonly int _rowLength;
    private readonly int _rowStride;

    /// <param name="first">The first place.</param>
    /// <param name="strides">How far each axis of the contiguous array moves in the other.</param>
    /// <param name="shape">The shape of the contiguous array.</param>
    public StridedCopy(int first, int[] strides, Shape shape)
    {
        (_extents, var merged) = Strided.Merge(shape, [strides]);
        (_first, _strides) = (first, merged[0]);
        (_rowLength, _rowStride) = _extents.Length == 0 ? (1, 1) : (_extents[^1], _strides[^1]);
    }

    /// <summary>Where the contiguous array lies in the other, if it lies there in one piece.</summary>
    public (int Start, int Length)? OneRow => _extents.Length == 0 || (_extents.Length == 1 && _rowStride == 1) ? (_first, _rowLength) : null;

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
    public void Gather<T>(ReadOnlySpan<T> source, Span<T> destination)
    {
        Span<int> counter = stackalloc int[Shape.MaxRank];
        counter.Clear();
        var row = _first;
        for (var at = 0; at < destination.Length; at += _rowLength)
        {
            if (_rowStride == 1)
            {
                source.Slice(row, _rowLength).CopyTo(destination[at..]);
            }
            else
            {
                for (int i = 0, place = row; i < _rowLength; i++, place += _rowStride)
                {
                    destination[at + i] = source[place];
                }
            }

            row += NextRow(counter);
        }
    }

    /// <summary>Puts the elements of <paramref name="source"/> at their places, in order.</summary>
    public void Scatter<T>(ReadOnlySpan<T> source, Span<T> destination)
    {
        Span<int> counter = stackalloc int[Shape.MaxRank];
        counter.Clear();
        var row = _first;
        for (var at = 0; at < source.Length; at += _rowLength)
        {
            if (_rowStride == 1)
            {
                source.Slice(at, _rowLength).CopyTo(destination[row..]);
            }
            else
            {
                for (int i = 0, place = row; i < _rowLength; i++, place += _rowStride)
                {
                    destination[place] = source[at + i];
                }
            }

            row += NextRow(counter);
        }
    }

    /// <summary>Adds the elements of <paramref name="source"/> to those at their places, in order; of truth values, whether either holds.</summary>
    public void Add<T>(ReadOnlySpan<T> source, Span<T> destination) where T : unmanaged
    {
        if (source.Length == 1)
        {
            destination[_first] = Plus(destination[_first], source[0]);
            return;
        }

        Span<int> counter = stackalloc int[Shape.MaxRank];
        counter.Clear();
        var row = _first;
        for (var at = 0; at < source.Length; at += _rowLength)
        {
            if (_rowStride == 1)
            {
                AddRow(source.Slice(at, _rowLength), destination.Slice(row, _rowLength));
            }
            else
            {
                for (int i = 0, place = row; i < _rowLength; i++, place += _rowStride)
                {
                    destination[place] = Plus(destination[place], source[at + i]);
                }
            }

            row += NextRow(counter);
        }
    }

    private static void AddRow<T>(ReadOnlySpan<T> source, Span<T> destination) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            var sums = MemoryMarshal.Cast<T, double>(destination);
            SpanMath.Add<double>(sums, MemoryMarshal.Cast<T, double>(source), sums);
        }
        else if (typeof(T) == typeof(float))
        {
            var sums = MemoryMarshal.Cast<T, float>(destination);
            SpanMath.Add<float>(sums, MemoryMarshal.Cast<T, float>(source), sums);
        }
        else
        {
            for (var i = 0; i < source.Length; i++)
            {
                destination[i] = Plus(destination[i], source[i]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Plus<T>(T x, T y) where T : unmanaged =>
        typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(Unsafe.BitCast<T, double>(x) + Unsafe.BitCast<T, double>(y))
        : typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>(Unsafe.BitCast<T, float>(x) + Unsafe.BitCast<T, float>(y))
        : typeof(T) == typeof(long) ? Unsafe.BitCast<long, T>(unchecked(Unsafe.BitCast<T, long>(x) + Unsafe.BitCast<T, long>(y)))
        : typeof(T) == typeof(int) ? Unsafe.BitCast<int, T>(unchecked(Unsafe.BitCast<T, int>(x) + Unsafe.BitCast<T, int>(y)))
        : typeof(T) == typeof(bool) ? Unsafe.BitCast<bool, T>(Unsafe.BitCast<T, bool>(x) | Unsafe.BitCast<T, bool>(y))
        : throw new NotSupportedException($"Elements of type {typeof(T).Name} have no sum.");

    // How far it is to the next row; after the last one, back to the first.
    private int NextRow(Span<int> counter)
    {
        var step = 0;
        for (var axis = _extents.Length - 2; axis >= 0; axis--)
        {
            step += _strides[axis];
            if (++counter[axis] < _extents[axis])
            {
                break;
            }

            step -= _strides[axis] * _extents[axis];
            counter[axis] = 0;
        }

        return step;
    }
}
