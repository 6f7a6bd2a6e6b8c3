namespace Grad.Functional;

/// <summary>Writes out a part of a broadcast operand: the elements that meet those of the result from one place to another.</summary>
internal sealed unsafe class ExpandWalk
{
    private readonly int[] _extents;
    private readonly int[] _strides;
    private readonly int _size;

    /// <param name="shape">The shape of the result.</param>
    /// <param name="strides">How far each of its axes moves in the operand.</param>
    /// <param name="size">Bytes of an element: 1, 4 or 8.</param>
    public ExpandWalk(Shape shape, int[] strides, int size)
    {
        var (extents, merged) = Strided.Merge(shape, [strides]);
        (_extents, _strides, _size) = (extents, merged[0], size);
    }

    /// <summary>Bytes of an element.</summary>
    public int ElementSize => _size;

    /// <param name="source">The operand's elements.</param>
    /// <param name="start">The first place of the result.</param>
    /// <param name="count">How many.</param>
    /// <param name="target">Where they go.</param>
    public void Run(byte* source, int start, int count, byte* target)
    {
        var rank = _extents.Length;
        var counter = stackalloc int[rank];
        var offset = 0;
        for (int axis = rank - 1, rest = start; axis >= 0; axis--)
        {
            (rest, counter[axis]) = Math.DivRem(rest, _extents[axis]);
            offset += counter[axis] * _strides[axis];
        }

        var (row, stride) = (_extents[rank - 1], _strides[rank - 1]);
        while (count > 0)
        {
            var run = Math.Min(row - counter[rank - 1], count);
            Copy(source + ((nint)offset * _size), stride, run, target);
            target += (nint)run * _size;
            count -= run;
            offset -= counter[rank - 1] * stride;
            counter[rank - 1] = 0;
            for (var axis = rank - 2; axis >= 0; axis--)
            {
                offset += _strides[axis];
                if (++counter[axis] < _extents[axis])
                {
                    break;
                }

                offset -= _strides[axis] * _extents[axis];
                counter[axis] = 0;
            }
        }
    }

    private void Copy(byte* source, int stride, int count, byte* target)
    {
        switch (_size)
        {
            case sizeof(byte):
                Copy<byte>(source, stride, count, target);
                break;
            case sizeof(int):
                Copy<int>(source, stride, count, target);
                break;
            default:
                Copy<long>(source, stride, count, target);
                break;
        }
    }

    private static void Copy<T>(void* source, int stride, int count, void* target) where T : unmanaged
    {
        var to = new Span<T>(target, count);
        if (stride == 0)
        {
            to.Fill(*(T*)source);
        }
        else
        {
            new ReadOnlySpan<T>(source, count).CopyTo(to);
        }
    }
}
