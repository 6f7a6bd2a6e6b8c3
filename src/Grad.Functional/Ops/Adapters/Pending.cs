namespace Grad.Functional;

/// <summary>
/// Arithmetic on values with a pending mask. The cotangent that leaves a select carries its mask along; products on the way may leave
/// NaN where the mask does not hold, and one select, where the masked region ends, makes an exact zero of them.
/// </summary>
internal static class Pending
{
    /// <summary>The value with exact zeros outside the mask; null for a structural zero.</summary>
    public static Node? Clean(in Masked x)
    {
        if (x.Mask is null || !x.Dirty)
        {
            return x.Value;
        }

        var zero = x.Value!.Constant(0);
        return x.Inverted ? WhereOp.Instance.Apply(x.Mask, zero, x.Value) : WhereOp.Instance.Apply(x.Mask, x.Value, zero);
    }

    /// <summary>The sum: under the same mask it stays pending, under opposite ones it is a choice, else both are cleaned and the masks are joined.</summary>
    public static Masked Add(in Masked x, in Masked y)
    {
        if (x.IsZero)
        {
            return y;
        }

        if (y.IsZero)
        {
            return x;
        }

        if (ReferenceEquals(x.Mask, y.Mask) && x.Inverted == y.Inverted)
        {
            return x with { Value = Sum(x, y), Dirty = x.Dirty || y.Dirty, Factors = null, IsProduct = false };
        }

        if (x.Mask is not null && ReferenceEquals(x.Mask, y.Mask))
        {
            // Each counts where the other does not: one select cleans both.
            var (first, second) = x.Inverted ? (y, x) : (x, y);
            return new Masked(WhereOp.Instance.Apply(x.Mask, first.Value!, second.Value!));
        }

        var sum = Sum(Clean(x)!, Clean(y)!);
        return x.Mask is null || y.Mask is null
            ? new Masked(sum)
            : new Masked(sum, MaskBinary<OrOp>.Default.Apply(Holds(x)!, Holds(y)!));
    }

    /// <summary>
    /// Whether a value stands among zeros: others can be added to it in their places. Not whether it has been carried out, which depends on who else has read
    /// it so far, and would change the order of a sum.
    /// </summary>
    public static bool IsPlaced(in Masked x) => x.Value is { Op: IPlacement } && !x.Dirty;

    /// <summary>The sum with several that are placed: these are added up where they belong, not array by array.</summary>
    public static Masked AddPlaced(in Masked x, IReadOnlyList<Masked> placed)
    {
        if (placed.Count <= 1)
        {
            return placed.Count == 0 ? x : Add(x, placed[0]);
        }

        var (values, masks) = (new List<Node>(placed.Count), new List<Node>(placed.Count));
        foreach (var each in placed)
        {
            values.Add(each.Value!);
            if (Holds(each) is { } mask)
            {
                masks.Add(mask);
            }
        }

        // One that counts everywhere makes all of it count.
        return Add(x, new Masked(PlacedSumOp.Of(values), masks.Count == values.Count ? Join(masks) : null));
    }

    /// <summary>The product with a slope, elementwise.</summary>
    public static Masked Multiply(in Masked x, NodeLane slope)
    {
        if (slope.IsConstant && slope.ConstantValue == 0)
        {
            return default;
        }

        // A gate made from an operand that the op stretched in passing has that operand's shape.
        var gated = slope.IsGated ? Restrict(x, Broadcast.To(slope.Gate.Node!, x.Value!.Shape)) : x;
        var factor = slope.Ungated;
        var value = new NodeLane(x.Value!);
        return factor.IsConstant
            ? gated.WithLinear((value * factor).ToNode(x.Value!)) with { IsProduct = x.IsProduct || Math.Abs(factor.ConstantValue) != 1 }
            : gated.WithProduct((value * factor).ToNode(x.Value!), factor.ToNode(x.Value!));
    }

    /// <summary>The value where a mask holds, zero elsewhere; the zeros are pending.</summary>
    public static Masked Restrict(in Masked x, Node mask, bool inverted = false)
    {
        if (x.Mask is null || (ReferenceEquals(x.Mask, mask) && x.Inverted == inverted))
        {
            return new Masked(x.Value, mask, inverted, Dirty: true);
        }

        return ReferenceEquals(x.Mask, mask)
            ? default
            : new Masked(x.Value, MaskBinary<AndOp>.Default.Apply(Holds(x)!, inverted ? NotOp.Instance.Apply(mask) : mask), Dirty: true);
    }

    /// <summary>
    /// Both parts through an op that only places or adds elements: garbage is cleared away first unless every element keeps to itself.
    /// </summary>
    public static Masked Through(in Masked x, Op op, bool adds)
    {
        var value = adds ? Clean(x)! : x.Value!;
        var mask = Holds(x);
        return new Masked(op.Apply([value]), mask is null ? null : op.Apply([mask]), Dirty: x.Dirty && !adds);
    }

    /// <summary>Where the value counts, as one mask.</summary>
    public static Node? Holds(in Masked x) => x.Mask is null ? null : x.Inverted ? NotOp.Instance.Apply(x.Mask) : x.Mask;

    // A product that joins a sum is multiplied and added at once. Two products that meet are not: each is rounded, so that the sum is the same in either
    // order, and zero if one is the negative of the other.
    private static Node Sum(in Masked x, in Masked y) =>
        y.Factors is { } added && !x.IsProduct ? MultiplyAddOp.Instance.Apply([added.X, added.Y, x.Value!])
        : x.Factors is { } first && !y.IsProduct ? MultiplyAddOp.Instance.Apply([first.X, first.Y, y.Value!])
        : Sum(x.Value!, y.Value!);

    // Where any holds. They stand among zeros like what they are masks of, or are stretched from such.
    private static Node Join(List<Node> masks)
    {
        if (masks.TrueForAll(mask => mask.Op is IPlacement))
        {
            return PlacedSumOp.Of(masks);
        }

        if (masks.TrueForAll(mask => mask.Op is Broadcast && mask.Operand(0).Shape == masks[0].Operand(0).Shape)
            && masks.TrueForAll(mask => ((Broadcast)mask.Op!).RepeatedAxes.SequenceEqual(((Broadcast)masks[0].Op!).RepeatedAxes)))
        {
            return masks[0].Op!.Apply([Join(masks.ConvertAll(mask => mask.Operand(0)))]);
        }

        return masks.Aggregate(MaskBinary<OrOp>.Default.Apply);
    }

    private static Node Sum(Node x, Node y) => Binary<AddOp>.Default.Apply(x, y);
}
