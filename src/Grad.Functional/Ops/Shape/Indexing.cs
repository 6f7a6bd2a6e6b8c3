using System.ComponentModel;

namespace Grad.Functional;

/// <content>Indexing by positions and ranges.</content>
public sealed partial class NDArray<T>
{
    /// <summary>
    /// The elements selected by one index per axis, from the first on; axes without one are taken whole. A position drops its axis, a
    /// range keeps it: <c>x[0]</c>, <c>x[^1]</c>, <c>x[1.., 2]</c>, <c>x[NDIndex.Ellipsis, 0]</c>, <c>x[.., NDIndex.NewAxis]</c>,
    /// <c>x[NDIndex.Every(-1)]</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An index points outside its axis.</exception>
    /// <exception cref="ArgumentException">There are more indices than axes, or two ellipses.</exception>
    public NDArray<T> this[params ReadOnlySpan<NDIndex> indices]
    {
        get
        {
            // One element of a plain array is worth no op: loops over elements are common.
            if (!IsTraced && FlatPosition(indices) is { } position)
            {
                return Data[position];
            }

            var (starts, steps, counts) = (new int[Rank], new int[Rank], new int[Rank]);
            var shape = new List<int>(Rank);
            var axis = 0;
            foreach (var index in Expand(indices))
            {
                if (index.IsNewAxis)
                {
                    shape.Add(1);
                    continue;
                }

                (starts[axis], steps[axis], counts[axis]) = index.On(axis, Shape[axis]);
                if (!index.IsPosition)
                {
                    shape.Add(counts[axis]);
                }

                axis++;
            }

            return Select(starts, steps, counts, [.. shape]);
        }
    }

    /// <summary>
    /// Refused by the compiler: without it, <c>x[[0, 2]]</c>, which reads like the rows 0 and 2, would be taken for <c>x[0, 2]</c>.
    /// </summary>
    [Obsolete("A list of positions is not an index. x[0, 2] is a single element; to pick several rows, Stack them.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NDArray<T> this[ReadOnlySpan<int> indices] => throw new NotSupportedException("A list of positions is not an index.");

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

    private NDArray<T> Select(int[] starts, int[] steps, int[] counts, ReadOnlySpan<int> shape)
    {
        var isWhole = Shape.AsSpan().SequenceEqual(counts) && !steps.AsSpan().ContainsAnyExcept(1);
        var selected = isWhole ? this : Slice.Of(this, starts, steps, counts);
        return selected.Shape.AsSpan().SequenceEqual(shape) ? selected : NDMath.Reshape(selected, shape);
    }

    /// <summary>The indices with a whole axis for each one that the ellipsis stands for; without one, they are the last.</summary>
    private List<NDIndex> Expand(ReadOnlySpan<NDIndex> indices)
    {
        var (named, ellipses) = (0, 0);
        foreach (var index in indices)
        {
            named += index.IsEllipsis || index.IsNewAxis ? 0 : 1;
            ellipses += index.IsEllipsis ? 1 : 0;
        }

        if (named > Rank)
        {
            throw new ArgumentException(
                $"Indexing needs at most one index per axis, but got {named} for shape {Shape}, which has rank {Rank}. " +
                $"Leave out {named - Rank}.",
                nameof(indices));
        }

        if (ellipses > 1)
        {
            throw new ArgumentException(
                $"Indexing needs at most one NDIndex.Ellipsis, but got {ellipses}, and which axes each stands for is open. " +
                "Write .. for single axes.",
                nameof(indices));
        }

        var expanded = new List<NDIndex>(indices.Length + Rank);
        foreach (var index in indices)
        {
            if (index.IsEllipsis)
            {
                AddWhole();
            }
            else
            {
                expanded.Add(index);
            }
        }

        if (ellipses == 0)
        {
            AddWhole();
        }

        return expanded;

        void AddWhole() => expanded.AddRange(Enumerable.Repeat(default(NDIndex), Rank - named));
    }
}
