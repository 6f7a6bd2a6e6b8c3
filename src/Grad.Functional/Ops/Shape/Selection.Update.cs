namespace Grad.Functional;

/// <content>The same places written to.</content>
internal sealed partial class Selection
{
    /// <summary>The array with the selected elements replaced; of several values for one element the last counts.</summary>
    public Node Set(Node x, Node values)
    {
        var fitted = Fit("Set", values);
        if (Shape.ElementCount == 0)
        {
            return x;
        }

        if (_arrays.Count == 0)
        {
            var everywhere = Shape.ElementCount == x.Length;
            return everywhere ? Place(fitted) : WhereOp.Instance.Apply(Place(NDArray.Full(true, Shape)), Place(fitted), x);
        }

        var (rows, axis, positions) = Rows(x);
        return ReshapeOp.To(Overwrite(ReshapeOp.To(x, rows), positions, values.Length == 1 ? values : fitted, axis), x.Shape);
    }

    /// <summary>The array with values added to the selected elements; several for one element are all added.</summary>
    public Node Add(Node x, Node values)
    {
        var fitted = Fit("Add", values);
        if (Shape.ElementCount == 0)
        {
            return x;
        }

        if (_arrays.Count == 0)
        {
            return Binary<AddOp>.Default.Apply(x, Place(fitted));
        }

        var (rows, axis, positions) = Rows(x);
        var sums = new ScatterAddOp(axis, rows[axis]).Apply([InRows(fitted, rows, axis, positions), positions]);
        return Binary<AddOp>.Default.Apply(x, ReshapeOp.To(sums, x.Shape));
    }

    /// <summary>The array with whole rows along an axis replaced where the positions, of rank 1, say so; the last one counts.</summary>
    public static Node Overwrite(Node x, Node positions, Node values, int axis)
    {
        var last = (NDArray<int>)new LastOfOp(x.Shape[axis]).Apply([positions]);
        var extents = new int[x.Rank];
        Array.Fill(extents, 1);
        extents[axis] = x.Shape[axis];
        var isNamed = ReshapeOp.To(last >= 0, new Shape(extents));
        if (values.Length == 1)
        {
            return WhereOp.Instance.Apply(isNamed, ReshapeOp.To(values, default), x);
        }

        var rows = new TakeOp(axis).Apply([InRows(values, x.Shape, axis, positions), NDMath.Maximum(last, 0)]);
        return WhereOp.Instance.Apply(isNamed, rows, x);
    }

    private static Node InRows(Node values, Shape rows, int axis, Node positions) =>
        ReshapeOp.To(values, new Shape([.. rows.AsSpan()[..axis], positions.Length, .. rows.AsSpan()[(axis + 1)..]]));

    // Whole rows by a single index array, if that is all there is; else every element by its place in the flat array.
    private (Shape Rows, int Axis, Node Positions) Rows(Node x)
    {
        var isByRow = _arrays.Count == 1 && _dropped.Count == 0 && IsWholeBeforeArrays;
        var (rows, axis) = isByRow ? (_merged, _arrays[0].Axis) : (new Shape([x.Length]), 0);
        var positions = isByRow ? _arrays[0].Positions : Read(ReshapeOp.To(NDArray.Arange(x.Length), _whole));
        return (rows, axis, ReshapeOp.To(positions, new Shape([positions.Length])));
    }

    // What a slice selects, back in its places among zeros.
    private Node Place(Node values)
    {
        var slices = ReshapeOp.To(values, new Shape([.. _counts]));
        return ReshapeOp.To(IsWholeBeforeArrays ? slices : new Unslice([.. _starts], [.. _steps], [.. _counts], _merged).Apply([slices]), _whole);
    }

    private Node Fit(string operation, Node values)
    {
        if (Axes.Broadcast($"At[…].{operation}", values.Shape, Shape) != Shape)
        {
            throw new ArgumentException(
                $"At[…].{operation} needs values that broadcast to what is selected, of shape {Shape}, but got {values.Shape}. Reduce or reshape them.",
                nameof(values));
        }

        return Broadcast.To(values, Shape);
    }
}
