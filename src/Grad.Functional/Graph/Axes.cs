namespace Grad.Functional;

/// <summary>Arithmetic on shapes and axes that the ops share.</summary>
internal static class Axes
{
    /// <summary>The axis counted from the front; negative ones count from the end.</summary>
    public static int Normalize(string operation, int axis, int rank, string parameter = "axis")
    {
        if (axis < -rank || axis >= rank)
        {
            var range = rank == 0 ? "a single number has no axes" : $"axes run from {-rank} to {rank - 1}";
            throw new ArgumentOutOfRangeException(parameter, $"{operation} was given axis {axis} of an array of rank {rank}, but {range}.");
        }

        return axis < 0 ? axis + rank : axis;
    }

    /// <summary>The axes counted from the front, ascending.</summary>
    public static int[] Normalize(string operation, ReadOnlySpan<int> axes, int rank)
    {
        var result = new int[axes.Length];
        for (var i = 0; i < axes.Length; i++)
        {
            result[i] = Normalize(operation, axes[i], rank, "axes");
        }

        Array.Sort(result);
        for (var i = 1; i < result.Length; i++)
        {
            if (result[i] == result[i - 1])
            {
                throw new ArgumentException($"{operation} was given axis {result[i]} twice in {Shape.Format(axes)}. Name each axis once.", nameof(axes));
            }
        }

        return result;
    }

    public static int[] All(int rank) => [.. Enumerable.Range(0, rank)];

    /// <summary>The shape without <paramref name="axes"/> (ascending).</summary>
    public static Shape Remove(Shape shape, ReadOnlySpan<int> axes)
    {
        if (axes.Length == 0)
        {
            return shape;
        }

        var kept = new int[shape.Rank - axes.Length];
        for (int axis = 0, next = 0, out_ = 0; axis < shape.Rank; axis++)
        {
            if (next < axes.Length && axes[next] == axis)
            {
                next++;
            }
            else
            {
                kept[out_++] = shape[axis];
            }
        }

        return new Shape(kept);
    }

    /// <summary>The shape with extent 1 along <paramref name="axes"/>.</summary>
    public static Shape KeepAsOnes(Shape shape, ReadOnlySpan<int> axes)
    {
        var extents = shape.AsSpan().ToArray();
        foreach (var axis in axes)
        {
            extents[axis] = 1;
        }

        return new Shape(extents);
    }

    /// <summary>The number of elements along some axes, multiplied; 1 for none.</summary>
    public static int Count(Shape shape, ReadOnlySpan<int> axes)
    {
        var count = 1;
        foreach (var axis in axes)
        {
            count *= shape[axis];
        }

        return count;
    }

    /// <summary>The axes from <paramref name="first"/> on and before <paramref name="end"/> as one, those before and after as one each.</summary>
    public static (int Outer, int Axis, int Inner) Split(Shape shape, int first, int end)
    {
        var extents = shape.AsSpan();
        return (Product(extents[..first]), Product(extents[first..end]), Product(extents[end..]));

        static int Product(ReadOnlySpan<int> extents)
        {
            var product = 1;
            foreach (var extent in extents)
            {
                product *= extent;
            }

            return product;
        }
    }

    /// <summary>The error of a reduction that has no result for no elements.</summary>
    public static ArgumentException Empty(string operation, Shape shape, int[] axes, string otherwise = "or reduce another axis") => new(
        $"{operation} needs at least one element, but axes {Shape.Format(axes)} of shape {shape} hold none. Test the length first, {otherwise}.", "x");

    /// <summary>The shape with one more axis, outermost.</summary>
    public static Shape Prepend(int extent, Shape shape) => Shape.Create([extent, .. shape]);

    /// <summary>Each axis moved one place inward, as under a new leading axis.</summary>
    public static int[] Shift(ReadOnlySpan<int> axes)
    {
        var shifted = axes.ToArray();
        foreach (ref var axis in shifted.AsSpan())
        {
            axis++;
        }

        return shifted;
    }

    /// <summary>The shape that both broadcast to: aligned at the innermost axis, an extent of 1 stretches (NumPy's rule).</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Shape Broadcast(string operation, Shape x, Shape y)
    {
        if (x == y || y.Rank == 0)
        {
            return x;
        }

        if (x.Rank == 0)
        {
            return y;
        }

        var extents = new int[Math.Max(x.Rank, y.Rank)];
        for (var i = 1; i <= extents.Length; i++)
        {
            var (a, b) = (i <= x.Rank ? x[^i] : 1, i <= y.Rank ? y[^i] : 1);
            if (a != b && a != 1 && b != 1)
            {
                throw new ArgumentException(
                    $"{operation} needs shapes that broadcast, but got {x} and {y}: counted from the innermost axis, axis {i} has extents {a} and {b}, " +
                    "which are neither equal nor 1. Reshape or ExpandDims one of them.");
            }

            extents[^i] = a == 1 ? b : a;
        }

        return Shape.Create(extents);
    }
}
