using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// The sum of what several placements make, in their order: one array of zeros that all of them are added to. So the reverse of many reads from one array
/// costs as much as what was read, and not an array for each.
/// </summary>
/// <param name="placements">The placements, whose operands stand one after the other.</param>
/// <param name="shape">The shape that they have in common.</param>
internal sealed class PlacedSumOp(IPlacement[] placements, Shape shape) : StructuralOp, IRowwise, IOpDefinition
{
    // Elements to which nothing is added that are written one by one nevertheless.
    private const int MostZeros = 32;

    public static IEnumerable<OpSample> Samples =>
    [
        new(new PlacedSumOp([new Unslice([1], [2], [3], [7]), new Unslice([3], [-1], [4], [7])], [7]), OperandSpec.Real(-5, 5, [3]), OperandSpec.Real(-5, 5, [4]))
        {
            Accumulates = true,
        },
        new(
            new PlacedSumOp([new Unslice([0, 3], [1, -1], [2, 2], [2, 4]), new ScatterAddOp(0, 2), new Unslice([1, 0], [1, 1], [1, 4], [2, 4])], [2, 4]),
            OperandSpec.Real(-5, 5, [2, 2]),
            OperandSpec.Real(-5, 5, [3, 4]),
            OperandSpec.Index(2, [3]),
            OperandSpec.Real(-5, 5, [1, 4]))
        {
            Accumulates = true,
        },
    ];

    public override string Name => "PlacedSum";

    public override string Attributes => FormattableString.Invariant($"{placements.Length} in {shape}");

    /// <summary>The sum of nodes each of which is a placement's, none of them carried out.</summary>
    public static Node Of(IReadOnlyList<Node> placed)
    {
        var placements = new IPlacement[placed.Count];
        var operands = new List<Node>(placements.Length);
        for (var k = 0; k < placements.Length; k++)
        {
            placements[k] = (IPlacement)placed[k].Op!;
            for (var i = 0; i < placed[k].OperandCount; i++)
            {
                operands.Add(placed[k].Operand(i));
            }
        }

        return new PlacedSumOp(placements, placed[0].Shape).Apply([.. operands]);
    }

    public override void Describe(OpKey key)
    {
        key.Add(shape.AsSpan());
        key.Add(placements.Length);
        foreach (var placement in placements)
        {
            var op = (Op)placement;
            key.Add(op.Code);
            op.Describe(key);
        }
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, shape, operands.ToArray());

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        for (int k = 0, first = 0; k < placements.Length; first += placements[k++].OperandCount)
        {
            if (needed[first])
            {
                contributions[first] = placements[k].Pick(cotangent, Rest(node, k, first));
            }
        }
    }

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents)
    {
        var placed = new List<Masked>();
        for (int k = 0, first = 0; k < placements.Length; first += placements[k++].OperandCount)
        {
            if (!tangents[first].IsZero)
            {
                placed.Add(placements[k].Place(tangents[first], Rest(node, k, first)));
            }
        }

        return Pending.AddPlaced(default, placed);
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size)
    {
        var (all, batches) = (operands.ToArray(), new IPlacement[placements.Length]);
        for (int k = 0, first = 0; k < batches.Length; first += placements[k++].OperandCount)
        {
            var count = placements[k].OperandCount;
            batches[k] = placements[k].Batch(all.AsSpan(first, count), batched.Slice(first, count), size);
        }

        return new PlacedSumOp(batches, Axes.Prepend(size, shape)).Apply(all);
    }

    public Node? RowOf(Node node, ElementRow row, OperandRow operand)
    {
        var sum = node.Constant(0);
        for (var k = 0; k < placements.Length; k++)
        {
            // Where an index array says it, it is not known.
            if (placements[k] is not Unslice unslice || !unslice.TryFind(row, out var part))
            {
                return null;
            }

            if (part is { } at)
            {
                if (operand(k, at) is not { } term)
                {
                    return null;
                }

                Op add = node.ElementType == typeof(bool) ? MaskBinary<OrOp>.Default : Binary<AddOp>.Default;
                sum = Simplification.Apply(add, [sum, term]);
            }
        }

        return sum;
    }

    public override Node? Simplify(Node node, ReadOnlySpan<Node> operands)
    {
        // Among many zeros it is as well left alone.
        if (!node.IsDifferentiable || shape.ElementCount > MostZeros + placements.Length)
        {
            return null;
        }

        var sums = new Node[shape.ElementCount];
        Array.Fill(sums, node.Constant(0));
        for (var k = 0; k < placements.Length; k++)
        {
            if (placements[k] is not Unslice { PlaceOfOne: { } place })
            {
                return null;
            }

            sums[place] = Binary<AddOp>.Default.Apply(sums[place], ReshapeOp.To(operands[k], default));
        }

        return InterleaveOp.OfNumbers(node, sums);
    }

    public override OpLayout Layout(Node node) => new Layouts(Array.ConvertAll(placements, placement => ((Op)placement).Layout(node)), shape.ElementCount);

    protected override void Evaluate<T>(in Evaluation e)
    {
        var result = e.Result<T>();
        var layouts = e.Layout<Layouts>();
        if (layouts.Rows is { } rows && (typeof(T) == typeof(double) || typeof(T) == typeof(float)))
        {
            SumRows(e, rows, stackalloc nint[placements.Length], 0, result);
            return;
        }

        result.Clear();
        for (int k = 0, first = 0; k < placements.Length; first += placements[k++].OperandCount)
        {
            placements[k].AddTo(e, first, layouts.Of(k), result);
        }
    }

    // Every placement has one operand here. One after the other they are made to stand still.
    private unsafe void SumRows<T>(in Evaluation e, PlacedRows rows, Span<nint> addresses, int operand, Span<T> result) where T : unmanaged
    {
        if (operand == placements.Length)
        {
            rows.Sum(addresses, result);
            return;
        }

        fixed (T* elements = e.Operand<T>(operand))
        {
            addresses[operand] = (nint)elements;
            SumRows(e, rows, addresses, operand + 1, result);
        }
    }

    private Node[] Rest(Node node, int placement, int first)
    {
        var rest = new Node[placements[placement].OperandCount - 1];
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] = node.Operand(first + 1 + i);
        }

        return rest;
    }

    private sealed class Layouts(OpLayout?[] layouts, int length) : OpLayout
    {
        /// <summary>Where the operands lie, if each lies there in one piece.</summary>
        public PlacedRows? Rows { get; } = Array.TrueForAll(layouts, layout => layout is StridedCopy { OneRow: not null })
            ? PlacedRows.Of(Array.ConvertAll(layouts, layout => ((StridedCopy)layout!).OneRow!.Value), length)
            : null;

        public OpLayout? Of(int placement) => layouts[placement];
    }
}
