namespace Grad.Functional;

/// <summary>
/// What an index selects of an array of a given shape: a slice along each axis, then the index arrays, which name elements jointly.
/// </summary>
internal sealed partial class Selection
{
    private readonly Shape _whole;
    private readonly Shape _merged;
    private readonly List<int> _starts = [];
    private readonly List<int> _steps = [];
    private readonly List<int> _counts = [];

    // Axes, after those of a mask were made one, that a position drops, and those that an index array is for.
    private readonly List<int> _dropped = [];
    private readonly List<(int Axis, NDArray<int> Positions)> _arrays = [];

    // How many of the axes that stay stand before what the index arrays name.
    private readonly int _before;
    private readonly Shape _block;

    public Selection(Shape shape, ReadOnlySpan<NDIndex> indices)
    {
        _whole = shape;
        var (merged, result) = (new List<int>(), new List<int>());
        var (axis, kept, blockAt, before, isLast, isTorn) = (0, 0, -1, 0, false, false);
        foreach (var index in Expand(shape, indices))
        {
            if (index.IsNewAxis)
            {
                result.Add(1);
                isLast = false;
                continue;
            }

            var place = merged.Count;
            var extent = index.Mask is { } mask ? CheckMask(shape, axis, mask) : shape[axis];
            merged.Add(extent);
            var (start, step, count) = index.Mask is null && index.Positions is null ? index.On(axis, extent) : (0, 1, extent);
            _starts.Add(start);
            _steps.Add(step);
            _counts.Add(count);
            var positions = index.Mask is { } holds ? Places(holds) : index.Positions;
            if (positions is not null)
            {
                Indices.CheckReady("Indexing", positions, axis, extent);
                _arrays.Add((place, positions));
            }
            else if (index.IsPosition)
            {
                _dropped.Add(place);
            }

            axis += index.AxisCount;
            if (positions is null && !index.IsPosition)
            {
                result.Add(count);
                kept++;
                isLast = false;
                continue;
            }

            isTorn |= blockAt >= 0 && !isLast;
            (blockAt, before, isLast) = blockAt < 0 ? (result.Count, kept, true) : (blockAt, before, true);
        }

        _merged = new Shape([.. merged]);
        if (_arrays.Count > 0)
        {
            _block = Block();
            _before = isTorn ? 0 : before;
            result.InsertRange(isTorn ? 0 : blockAt, _block.AsSpan());
        }

        Shape = Shape.Create([.. result]);
    }

    /// <summary>The shape of what is selected.</summary>
    public Shape Shape { get; }

    private bool IsWholeBeforeArrays => _merged.AsSpan().SequenceEqual(_counts.ToArray()) && _steps.TrueForAll(step => step == 1);

    /// <summary>The selected elements.</summary>
    public Node Read(Node x)
    {
        var y = ReshapeOp.To(x, _merged);
        y = IsWholeBeforeArrays ? y : new Slice([.. _starts], [.. _steps], [.. _counts]).Apply([y]);
        return ReshapeOp.To(_arrays.Count == 0 ? y : Take(y), Shape);
    }

    // The axes of the index arrays, made neighbours, are taken as one.
    private Node Take(Node sliced)
    {
        var y = ReshapeOp.To(sliced, Axes.Remove(sliced.Shape, [.. _dropped]));
        int[] named = [.. _arrays.Select(array => array.Axis - _dropped.Count(axis => axis < array.Axis))];
        int[] kept = [.. Axes.All(y.Rank).Except(named)];
        y = PermuteOp.Of(y, [.. kept[.._before], .. named, .. kept[_before..]]);
        if (named.Length == 1)
        {
            return new TakeOp(_before).Apply([y, _arrays[0].Positions]);
        }

        var extents = y.Shape.AsSpan().Slice(_before, named.Length).ToArray();
        var merged = Shape.Create([.. y.Shape.AsSpan()[.._before], new Shape(extents).ElementCount, .. y.Shape.AsSpan()[(_before + named.Length)..]]);
        var flat = new FlatIndexOp(extents).Apply([.. _arrays.Select(array => Broadcast.To(array.Positions, _block))]);
        return new TakeOp(_before).Apply([ReshapeOp.To(y, merged), flat]);
    }

    private Shape Block()
    {
        var block = default(Shape);
        foreach (var (_, positions) in _arrays)
        {
            block = Axes.Broadcast("Indexing by several index arrays", block, positions.Shape);
        }

        return block;
    }

    /// <summary>The product of the extents that a mask is for.</summary>
    private static int CheckMask(Shape shape, int axis, NDArray<bool> mask)
    {
        var extents = shape.AsSpan().Slice(axis, mask.Rank);
        if (mask.Rank == 0 || !extents.SequenceEqual(mask.Shape))
        {
            throw new ArgumentException(
                $"Indexing needs a mask with the extents of the axes it is for, but got a mask of shape {mask.Shape} for {Shape.Format(extents)}, "
                + $"from axis {axis} of shape {shape} on. For a mask that broadcasts use Where.",
                "indices");
        }

        return mask.Length;
    }

    /// <summary>The places where a mask holds. They decide a shape, so the mask must have values.</summary>
    private static NDArray<int> Places(NDArray<bool> mask)
    {
        ReadOnlySpan<bool> holds;
        try
        {
            ReadLog.Note(mask);
            holds = mask.Data;
        }
        catch (InvalidOperationException missing)
        {
            throw new InvalidOperationException(
                $"Indexing with a mask needs its values, as they decide the shape of the result, but the mask of shape {mask.Shape} stands for many "
                + "masks at once. Use Where(mask, x, y), whose shape is known.",
                missing);
        }

        var places = new int[holds.Count(true)];
        for (int place = 0, next = 0; next < places.Length; place++)
        {
            if (holds[place])
            {
                places[next++] = place;
            }
        }

        return new NDArray<int>(places, new Shape([places.Length]));
    }

    /// <summary>The indices with a whole axis for each one that the ellipsis stands for; without one, they are the last.</summary>
    private static List<NDIndex> Expand(Shape shape, ReadOnlySpan<NDIndex> indices)
    {
        var (named, ellipses) = (0, 0);
        foreach (var index in indices)
        {
            named += index.AxisCount;
            ellipses += index.IsEllipsis ? 1 : 0;
        }

        if (named > shape.Rank)
        {
            throw new ArgumentException(
                $"Indexing needs at most one index per axis, but got {named} for shape {shape}, which has rank {shape.Rank}. " +
                $"Leave out {named - shape.Rank}.",
                nameof(indices));
        }

        if (ellipses > 1)
        {
            throw new ArgumentException(
                $"Indexing needs at most one NDIndex.Ellipsis, but got {ellipses}, and which axes each stands for is open. " +
                "Write .. for single axes.",
                nameof(indices));
        }

        var expanded = new List<NDIndex>(indices.Length + shape.Rank);
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

        void AddWhole() => expanded.AddRange(Enumerable.Repeat(default(NDIndex), shape.Rank - named));
    }
}
