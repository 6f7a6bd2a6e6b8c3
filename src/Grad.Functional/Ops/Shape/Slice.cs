namespace Grad.Functional;

/// <summary>Every step-th element along each axis; what indexing is made of.</summary>
internal sealed class Slice(int[] starts, int[] steps, int[] counts) : StructuralOp, IRowwise, IReadsRow, IOpDefinition
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
        contributions[0] = new Unslice(starts, steps, counts, node.Operand(0).Shape).Place(cotangent, []);

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

    ElementRow? IReadsRow.RowOf(Node node) => node.Length == 1 ? new ElementRow(Strides(node.Operand(0).Shape, starts, steps).First, 0, 1) : null;

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
internal sealed class Unslice(int[] starts, int[] steps, int[] counts, Shape shape) : StructuralOp, IPlacement, IRowwise, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new Unslice([1], [2], [3], [7]), OperandSpec.Real(-5, 5, [3])),
        new(new Unslice([0, 3], [1, -1], [2, 4], [2, 4]), OperandSpec.Real(-5, 5, [2, 4])),
    ];

    public override string Name => "Unslice";

    public override string Attributes => shape.ToString();

    public int OperandCount => 1;

    /// <summary>Where in row-major order a single element is placed; null if there are more.</summary>
    public int? PlaceOfOne
    {
        get
        {
            if (new Shape(counts).ElementCount != 1)
            {
                return null;
            }

            var (place, strides) = (0, StridedCopy.RowMajor(shape));
            for (var axis = 0; axis < strides.Length; axis++)
            {
                place += starts[axis] * strides[axis];
            }

            return place;
        }
    }

    public override void Describe(OpKey key)
    {
        key.Add(starts);
        key.Add(steps);
        key.Add(counts);
        key.Add(shape.AsSpan());
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, shape, operands[0]);

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = Pick(cotangent, []);

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Place(tangents[0], []);

    public void AddTo<T>(in Evaluation e, int operand, OpLayout? layout, Span<T> result) where T : unmanaged =>
        ((StridedCopy)layout!).Add(e.Operand<T>(operand), result);

    public Masked Place(in Masked x, ReadOnlySpan<Node> rest)
    {
        var value = Lazily(Pending.Clean(x)!);
        return Pending.Holds(x) is { } mask ? new Masked(value, Lazily(mask))
            : x.Value!.Length == shape.ElementCount ? new Masked(value)
            : new Masked(value, Lazily(NDArray.Full(true, x.Value!.Shape)));
    }

    public Masked Pick(in Masked x, ReadOnlySpan<Node> rest) => Pending.Through(x, new Slice(starts, steps, counts), adds: false);

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Batch(size).Apply(operands);

    public IPlacement Batch(Span<Node> operands, ReadOnlySpan<bool> batched, int size)
    {
        operands[0] = Indices.InBatch(operands[0], batched[0], size);
        return Batch(size);
    }

    public Node? RowOf(Node node, ElementRow row, OperandRow operand) =>
        !TryFind(row, out var part) ? null : part is { } at ? operand(0, at) : node.Constant(0);

    /// <summary>Where the elements of a row stand in the operand; null if all are zeros. False if it is no row there.</summary>
    public bool TryFind(ElementRow row, out ElementRow? part)
    {
        part = null;
        if (RowPlace.Of(shape, row) is not { } at)
        {
            return false;
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
                    return false;
                }

                step = run * strides[axis];
            }

            if (!isInside)
            {
                return true;
            }

            place += first * strides[axis];
        }

        part = new ElementRow(place, step, row.Count);
        return true;
    }

    public override OpLayout Layout(Node node) => Slice.Places(shape, starts, steps, counts);

    protected override void Evaluate<T>(in Evaluation e)
    {
        var result = e.Result<T>();
        result.Clear();
        e.Layout<StridedCopy>().Scatter(e.Operand<T>(), result);
    }

    // Others may be added to it.
    private Node Lazily(Node x) => x.MakeLazy(this, shape, x);

    private Unslice Batch(int size) => new([0, .. starts], [1, .. steps], [size, .. counts], Axes.Prepend(size, shape));
}
