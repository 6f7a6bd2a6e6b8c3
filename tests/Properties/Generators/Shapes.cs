using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;

namespace Properties.Generators;

/// <summary>Shapes worth trying: rank 0 to 4, extents 0 and 1, around the widths of vectors, small; and shapes that broadcast.</summary>
public static class Shapes
{
    /// <summary>The most elements that a drawn shape holds.</summary>
    public const int MaxElements = 160;

    private const int MaxRank = 4;

    // 2, 4, 8 and 16 are the widths of the hardware lanes.
    private static readonly Gen<int> s_extents = Gen.Frequency(
        (1, Gen.Constant(0)),
        (5, Gen.Constant(1)),
        (9, Gen.Choose(2, 5)),
        (5, Gen.Elements(2, 4, 8, 16).SelectMany(width => Gen.Choose(width - 1, width + 1))));

    /// <summary>Any shape.</summary>
    public static Gen<Shape> Any { get; } =
        from rank in Gen.Frequency(
            (2, Gen.Constant(0)), (5, Gen.Constant(1)), (5, Gen.Constant(2)), (3, Gen.Constant(3)), (1, Gen.Constant(MaxRank)))
        from extents in s_extents.ArrayOf(rank)
        select Shape.Create(Fit(extents));

    /// <summary>Shapes of which every two broadcast.</summary>
    public static Gen<Shape[]> Broadcast(int count) =>
        from shape in Any
        from operands in Operand(shape).ArrayOf(count)
        select operands;

    /// <summary>Shapes with fewer axes or elements, the simplest first.</summary>
    public static IEnumerable<Shape> Shrink(Shape shape)
    {
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            int[] others = [.. shape.AsSpan()[..axis], .. shape.AsSpan()[(axis + 1)..]];
            yield return Shape.Create(others);
        }

        for (int axis = 0; axis < shape.Rank; axis++)
        {
            foreach (int extent in ShrinkExtent(shape[axis]))
                yield return With(shape, axis, extent);
        }
    }

    /// <summary>Shapes that still broadcast, with fewer axes or elements: an axis, counted from the innermost, shrinks in all.</summary>
    public static IEnumerable<Shape[]> Shrink(Shape[] operands)
    {
        int rank = operands.Max(shape => shape.Rank);
        for (int fromEnd = 1; fromEnd <= rank; fromEnd++)
        {
            int axis = fromEnd;
            yield return Array.ConvertAll(operands, shape => shape.Rank < axis ? shape : Without(shape, shape.Rank - axis));
            int longest = operands.Max(shape => shape.Rank < axis ? 1 : shape[shape.Rank - axis]);
            foreach (int extent in ShrinkExtent(longest))
            {
                yield return Array.ConvertAll(operands, shape =>
                    shape.Rank < axis || shape[shape.Rank - axis] == 1 ? shape : With(shape, shape.Rank - axis, extent));
            }
        }
    }

    /// <summary>What all of the shapes broadcast to.</summary>
    public static Shape Common(params ReadOnlySpan<Shape> operands)
    {
        Shape common = [];
        foreach (var shape in operands)
            common = Axes.Broadcast("Common", common, shape);
        return common;
    }

    // An operand keeps each axis, stretches along it, or lacks it and those before it.
    private static Gen<Shape> Operand(Shape shape) =>
        from lacking in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, shape.Rank)))
        from stretched in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(0, (1 << shape.Rank) - 1)))
        let axes = Enumerable.Range(lacking, shape.Rank - lacking)
        select Shape.Create([.. axes.Select(axis => (stretched >> axis & 1) == 1 ? 1 : shape[axis])]);

    private static int[] Fit(int[] extents)
    {
        long count = 1;
        for (int axis = extents.Length - 1; axis >= 0; axis--)
        {
            if (count * extents[axis] > MaxElements)
                extents[axis] = 1;
            count *= Math.Max(extents[axis], 1);
        }

        return extents;
    }

    private static IEnumerable<int> ShrinkExtent(int extent) =>
        new[] { 1, extent / 2, extent - 1 }.Where(smaller => smaller >= 1 && smaller < extent).Distinct();

    private static Shape Without(Shape shape, int axis) => Shape.Create([.. shape.AsSpan()[..axis], .. shape.AsSpan()[(axis + 1)..]]);

    private static Shape With(Shape shape, int axis, int extent)
    {
        int[] extents = shape.AsSpan().ToArray();
        extents[axis] = extent;
        return Shape.Create(extents);
    }
}
