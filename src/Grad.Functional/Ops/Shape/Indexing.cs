using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <content>Indexing by positions, ranges, index arrays and masks.</content>
public sealed partial class NDArray<T>
{
    /// <summary>
    /// The elements selected by one index per axis, from the first on; axes without one are taken whole. A position drops its axis, a
    /// range keeps it: <c>x[0]</c>, <c>x[^1]</c>, <c>x[1.., 2]</c>, <c>x[NDIndex.Ellipsis, 0]</c>, <c>x[.., NDIndex.NewAxis]</c>,
    /// <c>x[NDIndex.Every(-1)]</c>. An index array picks positions: <c>m[0..2, [0, 2]]</c>; its shape takes the place of the axis.
    /// </summary>
    /// <remarks>
    /// As in NumPy: several index arrays, and single positions beside one, broadcast together and name elements jointly:
    /// <c>m[[0, 1], [1, 2]]</c> has two elements. Their common shape stands where the first of them stood if they are neighbours, else
    /// first. In an index array negative positions count from the end. A mask, <c>x[x > 0]</c>, spans as many axes as it has, and one axis
    /// takes their place, as long as the mask has true values; where the shape must not depend on values, use
    /// <see cref="NDMath.Where{T}(NDArray{bool}, NDArray{T}, NDArray{T})"/>. <c>x[indices]</c> is <see cref="NDMath.Take"/>.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">An index points outside its axis.</exception>
    /// <exception cref="ArgumentException">
    /// There are more indices than axes, or two ellipses; a mask has not the extents of its axes; index arrays do not broadcast.
    /// </exception>
    /// <exception cref="InvalidOperationException">A mask has no values, as its operands stand for many arrays at once.</exception>
    public NDArray<T> this[params ReadOnlySpan<NDIndex> indices]
    {
        get
        {
            // One element of a plain array is worth no op: loops over elements are common.
            if (!IsTraced && FlatPosition(indices) is { } position)
            {
                return Data[position];
            }

            return (NDArray<T>)new Selection(Shape, indices).Read(this);
        }
    }

    /// <summary>
    /// The elements at several positions of the first axis, in the order given: <c>x[[0, 0, 2]]</c>. A single element of a matrix is
    /// <c>x[0, 2]</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside the axis; negative ones count from the end.</exception>
    [OverloadResolutionPriority(1)]
    public NDArray<T> this[ReadOnlySpan<int> indices] => this[NDIndex.Create(indices)];

    /// <summary>
    /// Begins a functional update, as in JAX: <c>x.At[1.., ^1].Set(v)</c> and <c>x.At[rows].Add(v)</c> are new arrays with some elements
    /// replaced or added to. Takes every index that the array itself takes.
    /// </summary>
    public ArrayUpdater<T> At => new(this);

    /// <summary>Where the single element stands that the indices name, if they name one.</summary>
    private int? FlatPosition(ReadOnlySpan<NDIndex> indices)
    {
        if (indices.Length != Rank || Rank == 0)
        {
            return null;
        }

        var flat = 0;
        for (var axis = 0; axis < indices.Length; axis++)
        {
            if (!indices[axis].IsPosition)
            {
                return null;
            }

            flat = (flat * Shape[axis]) + indices[axis].On(axis, Shape[axis]).Start;
        }

        return flat;
    }
}
