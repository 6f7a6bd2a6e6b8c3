using Grad.Simd;

namespace Grad.Functional;

/// <summary>What the ops that take index arrays share.</summary>
internal static class Indices
{
    /// <summary>Refuses indices outside an axis, if they are known by now; those that are not are checked when they are.</summary>
    public static void CheckReady(string operation, NDArray<int> indices, int axis, int extent)
    {
        if (indices.HasValue)
        {
            Check(operation, indices.Data, indices.Shape, axis, extent);
        }
    }

    /// <summary>Refuses indices outside an axis, naming the first.</summary>
    public static void Check(string operation, ReadOnlySpan<int> indices, Shape shape, int axis, int extent, bool fromEnd = true)
    {
        var place = SpanLayout.IndexOfOutside(indices, extent);
        var negative = fromEnd ? -1 : indices.IndexOfAnyInRange(int.MinValue, -1);
        place = place < 0 || (negative >= 0 && negative < place) ? negative : place;
        if (place < 0)
        {
            return;
        }

        var lowest = fromEnd ? -extent : 0;
        var range = extent == 0 ? "which has no elements" : FormattableString.Invariant($"where positions run from {lowest} to {extent - 1}");
        throw new ArgumentOutOfRangeException(
            nameof(indices),
            FormattableString.Invariant($"{operation} got index {indices[place]}{At(shape, place)} on axis {axis} of extent {extent}, ")
            + $"{range}. Correct the indices, or Clamp them.");
    }

    /// <summary>The extents before an axis, the shared ones apart, and after it.</summary>
    public static (int Batch, int Outer, int Inner) Split(Shape shape, int axis, int shared)
    {
        var extents = shape.AsSpan();
        return (Product(extents[..shared]), Product(extents[shared..axis]), Product(extents[(axis + 1)..]));
    }

    public static string Attributes(int axis, int shared) =>
        shared == 0 ? FormattableString.Invariant($"axis {axis}") : FormattableString.Invariant($"axis {axis}, {shared} shared");

    /// <summary>An operand with the leading axis of a batch.</summary>
    public static Node InBatch(Node operand, bool isBatched, int size) =>
        isBatched ? operand : Broadcast.To(operand, Axes.Prepend(size, operand.Shape));

    /// <summary>An axis made the first.</summary>
    public static Node ToFront(Node x, int axis) => PermuteOp.Of(x, [axis, .. Axes.All(axis), .. Axes.All(x.Rank)[(axis + 1)..]]);

    /// <summary>An axis made the last.</summary>
    public static Node ToBack(Node x, int axis) => PermuteOp.Of(x, [.. Axes.All(axis), .. Axes.All(x.Rank)[(axis + 1)..], axis]);

    /// <summary>The last axis put back to its place.</summary>
    public static Node FromBack(Node x, int axis) => PermuteOp.Of(x, [.. Axes.All(axis), x.Rank - 1, .. Axes.All(x.Rank - 1)[axis..]]);

    /// <summary>Where an element stands, for messages; nothing for a single number.</summary>
    private static string At(Shape shape, int place)
    {
        if (shape.Rank == 0)
        {
            return "";
        }

        var position = new int[shape.Rank];
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
        {
            (place, position[axis]) = Math.DivRem(place, shape[axis]);
        }

        return $" at {Shape.Format(position)}";
    }

    private static int Product(ReadOnlySpan<int> extents)
    {
        var product = 1;
        foreach (var extent in extents)
        {
            product *= extent;
        }

        return product;
    }
}
