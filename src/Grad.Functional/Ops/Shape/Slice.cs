namespace Grad.Functional;

/// <summary>Every step-th element along each axis; what indexing is made of.</summary>
internal sealed class Slice(int[] starts, int[] steps, int[] counts) : StructuralOp, IRowwise, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new Slice([1], [2], [3]), OperandSpec.Real(-5, 5, [7])),
        new(new Slice([0, 3], [1, -1], [2, 4]), OperandSpec.Real(-5, 5, [2, 4])),
        new(new Slice([1, 0], [1, 1], [0, 3]), OperandSpec.Real(-5, 5, [2, 3])),
    ];

    public override string Name => "Slice";

    public override string Attributes
    {
        get
        {
            var parts = new string[starts.Length];
            for (var axis = 0; axis < parts.Length; axis++)
            {
                parts[axis] = FormattableString.Invariant($"{starts[axis]}+{steps[axis]}·{counts[axis]}");
            }

            return string.Join(", ", parts);
        }
    }

    /// <summary>The elements start, start + step, … of each axis; all of them lie inside the array.</summary>
    public static NDArray<T> Of<T>(NDArray<T> x, int[] starts, int[] steps, int[] counts) where T : unmanaged =>
        (NDArray<T>)new Slice(starts, steps, counts).Apply([x]);

    /// <summary>The whole array but for one axis, of which one place is kept.</summary>
    public static Slice At(Shape shape, int axis, int place) => Along(shape, axis, place, 1);

    /// <summary>The whole array but for one axis, of which some neighbouring places are kept.</summary>
    public static Slice Along(Shape shape, int axis, int start, int count)
    {
        var (starts, steps, counts) = (new int[shape.Rank], new int[shape.Rank], shape.AsSpan().ToArray());
        Array.Fill(steps, 1);
        (starts[axis], counts[axis]) = (start, count);
        return new Slice(starts, steps, counts);
    }

    public override void Describe(OpKey key)
    {
        key.Add(starts);
        key.Add(steps);
        key.Add(counts);
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, new Shape(counts), operands[0]);

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = Unslice.Place(cotangent, new Unslice(starts, steps, counts, node.Operand(0).Shape), node.Operand(0).Shape);

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Pending.Through(tangents[0], this, adds: false);

    /// <summary>The whole array is the array; of a part a part is a part of the whole.</summary>
    public override Node? Simplify(Node node, ReadOnlySpan<Node> operands)
    {
        var x = operands[0];
        if (x.Shape == node.Shape && Array.TrueForAll(steps, step => step == 1))
        {
            return x;
        }

        return x.Op is Slice inner && !x.HasValue ? new Slice(inner.Within(starts), inner.Steps(steps), counts).Apply([x.Operand(0)]) : null;
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        new Slice([0, .. starts], [1, .. steps], [size, .. counts]).Apply(operands);

    public Node? RowOf(Node node, ElementRow row, OperandRow operand)
    {
        var (first, strides) = Strides(node.Operand(0).Shape, starts, steps);
        return RowPlace.Of(node.Shape, row) is { } at ? operand(0, at.In(strides, first)) : null;
    }

    public override OpLayout Layout(Node node) => Places(node.Operand(0).Shape, starts, steps, counts);

    // Where in the operand places of the result are, and steps of the result lead.
    private int[] Within(int[] places) => [.. places.Select((place, axis) => starts[axis] + (place * steps[axis]))];

    private int[] Steps(int[] own) => [.. own.Select((step, axis) => step * steps[axis])];

    protected override void Evaluate<T>(in Evaluation e) => e.Layout<StridedCopy>().Gather(e.Operand<T>(), e.Result<T>());

    /// <summary>The places of a slice in an array.</summary>
    internal static StridedCopy Places(Shape shape, int[] starts, int[] steps, int[] counts)
    {
        var (first, strides) = Strides(shape, starts, steps);
        return new StridedCopy(first, strides, new Shape(counts));
    }

    private static (int First, int[] Strides) Strides(Shape shape, int[] starts, int[] steps)
    {
        var (first, strides) = (0, StridedCopy.RowMajor(shape));
        for (var axis = 0; axis < strides.Length; axis++)
        {
            first += starts[axis] * strides[axis];
            strides[axis] *= steps[axis];
        }

        return (first, strides);
    }
}

/// <summary>The adjoint of a slice: its elements back in their places, zeros around them.</summary>
internal sealed class Unslice(int[] starts, int[] steps, int[] counts, Shape shape) : StructuralOp, IRowwise, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new Unslice([1], [2], [3], [7]), OperandSpec.Real(-5, 5, [3])),
        new(new Unslice([0, 3], [1, -1], [2, 4], [2, 4]), OperandSpec.Real(-5, 5, [2, 4])),
    ];

    public override string Name => "Unslice";

    public override string Attributes => shape.ToString();

    public override void Describe(OpKey key)
    {
        key.Add(starts);
        key.Add(steps);
        key.Add(counts);
        key.Add(shape.AsSpan());
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, shape, operands[0]);

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = Pending.Through(cotangent, new Slice(starts, steps, counts), adds: false);

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Place(tangents[0], this, shape);

    /// <summary>A cotangent or tangent among the zeros, if there are any.</summary>
    public static Masked Place(in Masked x, Unslice op, Shape shape) =>
        x.Value!.Length == shape.ElementCount ? Pending.Through(x, op, adds: false) : Pending.Place(x, op);

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        new Unslice([0, .. starts], [1, .. steps], [size, .. counts], Axes.Prepend(size, shape)).Apply(operands);

    public Node? RowOf(Node node, ElementRow row, OperandRow operand)
    {
        if (RowPlace.Of(shape, row) is not { } at)
        {
            return null;
        }

        var strides = StridedCopy.RowMajor(counts);
        var (place, step) = (0, 0);
        for (var axis = 0; axis < strides.Length; axis++)
        {
            var (first, apart) = Math.DivRem(at.At[axis] - starts[axis], steps[axis]);
            var isInside = apart == 0 && first >= 0 && first < counts[axis];
            if (axis == at.Axis && at.Count > 1)
            {
                // Inside from end to end, or nowhere.
                var (run, odd) = Math.DivRem(at.Step, steps[axis]);
                var last = first + ((at.Count - 1) * run);
                if (odd != 0 || isInside != (apart == 0 && last >= 0 && last < counts[axis])
                    || (!isInside && apart == 0 && first < 0 != last < 0))
                {
                    return null;
                }

                step = run * strides[axis];
            }

            if (!isInside)
            {
                return node.Constant(0);
            }

            place += first * strides[axis];
        }

        return operand(0, new ElementRow(place, step, row.Count));
    }

    public override OpLayout Layout(Node node) => Slice.Places(shape, starts, steps, counts);

    protected override void Evaluate<T>(in Evaluation e)
    {
        var result = e.Result<T>();
        result.Clear();
        e.Layout<StridedCopy>().Scatter(e.Operand<T>(), result);
    }
}
