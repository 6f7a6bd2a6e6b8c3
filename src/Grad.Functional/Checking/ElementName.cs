namespace Grad.Functional;

/// <summary>Elements as they are written in C#.</summary>
internal static class ElementName
{
    /// <summary>The indices of an element along each axis, from its row-major position.</summary>
    public static int[] Index(Shape shape, int position)
    {
        var index = new int[shape.Rank];
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
        {
            (position, index[axis]) = Math.DivRem(position, shape[axis]);
        }

        return index;
    }

    /// <summary><c>x[1, 2]</c>, or <c>x</c> for a single number.</summary>
    public static string Of(string array, Shape shape, int position) =>
        shape.Rank == 0 ? array : array + Shape.Format(Index(shape, position));
}
