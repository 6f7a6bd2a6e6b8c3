using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

        switch (_size)
        {
            case sizeof(byte):
                Run(source + offset, counter, count, target);
                break;
            case sizeof(int):
                Run((int*)source + offset, counter, count, (int*)target);
                break;
            default:
                Run((long*)source + offset, counter, count, (long*)target);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Run<T>(T* source, int* counter, int count, T* target) where T : unmanaged
    {
        var last = _extents.Length - 1;
        int row = _extents[last], stride = _strides[last];
        var (rows, step) = last > 0 ? (_extents[last - 1], _strides[last - 1]) : (1, 0);
        while (true)
        {
            // Whole rows as many as there are on the axis before, else a part of one.
            var whole = last > 0 && counter[last] == 0 ? Math.Min(rows - counter[last - 1], count / row) : 0;
            var run = whole == 0 ? Math.Min(row - counter[last], count) : whole * row;
            Copy(source, stride, whole == 0 ? run : row, Math.Max(whole, 1), step, target);
            target += run;
            count -= run;
            if (count == 0)
            {
                return;
            }

            source -= (nint)counter[last] * stride;
            counter[last] = 0;
            for (int axis = last - 1, done = Math.Max(whole, 1); axis >= 0; axis--, done = 1)
            {
                counter[axis] += done;
                source += (nint)_strides[axis] * done;
                if (counter[axis] < _extents[axis])
                {
                    break;
                }

                source -= (nint)_strides[axis] * _extents[axis];
                counter[axis] = 0;
            }
        }
    }

    // Rows are short as a rule: whole vectors, the last of which ends flush with the row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<T>(T* source, int stride, int length, int rows, int step, T* target) where T : unmanaged
    {
        var last = (nint)length - Vector256<T>.Count;
        if (last < 0)
        {
            for (; rows > 0; rows--, source += step, target += length)
            {
                for (nint at = 0; at < length; at++)
                {
                    target[at] = source[at * stride];
                }
            }
        }
        else if (stride == 0)
        {
            for (; rows > 0; rows--, source += step, target += length)
            {
                var all = Vector256.Create(*source);
                for (nint at = 0; at < last; at += Vector256<T>.Count)
                {
                    all.Store(target + at);
                }

                all.Store(target + last);
            }
        }
        else if (step == 0)
        {
            // One row for all: a vector of it goes to all of them.
            for (nint at = 0; at < length; at += Vector256<T>.Count)
            {
                at = Math.Min(at, last);
                var part = Vector256.Load(source + at);
                var to = target + at;
                for (var left = rows; left > 0; left--, to += length)
                {
                    part.Store(to);
                }
            }
        }
        else
        {
            for (; rows > 0; rows--, source += step, target += length)
            {
                for (nint at = 0; at < last; at += Vector256<T>.Count)
                {
                    Vector256.Load(source + at).Store(target + at);
                }

                Vector256.Load(source + last).Store(target + last);
            }
        }
    }
}
