using System.Numerics;
using System.Runtime.InteropServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>
    /// The array with updates added along an axis: element [i, k, j] of <paramref name="updates"/> to element [i, indices[i, k, j], j], for
    /// the axis in the middle. As PyTorch's scatter_add.
    /// </summary>
    /// <remarks>
    /// Negative positions count from the end. Several updates of one element are all added, in the order of the indices, before the
    /// element itself is. <paramref name="updates"/> broadcast to the shape of the indices; these broadcast to the array on all axes but
    /// the one (PyTorch also takes fewer of them). Differentiable in the array and the updates. Whole numbers wrap.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index points outside it.</exception>
    /// <exception cref="ArgumentException">The ranks differ, or the shapes do not broadcast.</exception>
    public static NDArray<T> ScatterAdd<T>(NDArray<T> x, NDArray<int> indices, NDArray<T> updates, int axis = 0) where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(updates);
        var (place, fitted) = GatherAlong.Fit("ScatterAdd", x, indices, axis);
        var shape = fitted.Shape;
        GatherAlong.CheckUpdates("ScatterAdd", updates.Shape, shape);
        var sums = new ScatterAddOp(x.Rank - 1, x.Shape[place], x.Rank - 1)
            .Apply([Indices.ToBack(Broadcast.To(updates, shape), place), Indices.ToBack(fitted, place)]);
        return x + (NDArray<T>)Indices.FromBack(sums, place);
    }
}

/// <summary>
/// The adjoint of <see cref="TakeOp"/>: what was picked is added up where it came from, in the order of the indices; zeros elsewhere. Of
/// truth values, whether any holds.
/// </summary>
/// <param name="axis">The axis of the result that the indices point into.</param>
/// <param name="extent">Its extent.</param>
/// <param name="shared">How many leading axes operand and indices have in common, at most <paramref name="axis"/>.</param>
internal sealed class ScatterAddOp(int axis, int extent, int shared = 0) : StructuralOp, IPlacement, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new ScatterAddOp(0, 4), OperandSpec.Real(-5, 5, [5]), OperandSpec.Index(4, [5])) { Accumulates = true },
        new(new ScatterAddOp(1, 3), OperandSpec.Real(-5, 5, [2, 2, 2, 2]), OperandSpec.Index(3, [2, 2])) { Accumulates = true },
        new(new ScatterAddOp(0, 3), OperandSpec.Real(-5, 5, [2]), OperandSpec.Index(3, [])) { Accumulates = true },
        new(new ScatterAddOp(1, 2, 1), OperandSpec.Real(-5, 5, [3, 4]), OperandSpec.Index(2, [3, 4])) { Accumulates = true },
        new(new ScatterAddOp(2, 3, 1), OperandSpec.Real(-5, 5, [2, 2, 4, 2]), OperandSpec.Index(3, [2, 4])) { Accumulates = true },
        new(new ScatterAddOp(0, 3), OperandSpec.Real(-5, 5, [0, 2]), OperandSpec.Index(3, [0])) { Accumulates = true },
    ];

    public override string Name => "ScatterAdd";

    public override string Attributes => Indices.Attributes(axis, shared) + FormattableString.Invariant($", extent {extent}");

    public int OperandCount => 2;

    public override void Describe(OpKey key)
    {
        key.Add(axis);
        key.Add(extent);
        key.Add(shared);
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, ShapeOf(operands), operands[0], operands[1]);

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = Pick(cotangent, [node.Operand(1)]);

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Place(tangents[0], [node.Operand(1)]);

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size)
    {
        var all = operands.ToArray();
        return ((Op)Batch(all.AsSpan(), batched, size)).Apply(all);
    }

    public IPlacement Batch(Span<Node> operands, ReadOnlySpan<bool> batched, int size)
    {
        operands[0] = Indices.InBatch(operands[0], batched[0], size);
        if (shared == 0 && !batched[1])
        {
            return new ScatterAddOp(axis + 1, extent);
        }

        operands[1] = Indices.InBatch(operands[1], batched[1], size);
        return new ScatterAddOp(axis + 1, extent, shared + 1);
    }

    public Masked Place(in Masked x, ReadOnlySpan<Node> rest)
    {
        var value = Lazily(Pending.Clean(x)!, rest[0]);
        return new Masked(value, Pending.Holds(x) is { } mask ? Lazily(mask, rest[0]) : Named(rest[0], value.Shape));
    }

    public Masked Pick(in Masked x, ReadOnlySpan<Node> rest) => new TakeOp(axis, shared).Through(x, rest[0]);

    public void AddTo<T>(in Evaluation e, int operand, OpLayout? layout, Span<T> result) where T : unmanaged
    {
        var x = e.Operand<T>(operand);
        var indices = e.Operand<int>(operand + 1);
        Indices.Check(Name, indices, e.OperandShape(operand + 1), axis, extent);
        var (batch, outer, inner) = Indices.Split(e.Shape, axis, shared);
        if (typeof(T) == typeof(bool))
        {
            SpanLayout.ScatterOrRows(MemoryMarshal.Cast<T, bool>(x), indices, batch, outer, extent, inner, MemoryMarshal.Cast<T, bool>(result));
        }
        else if (typeof(T) == typeof(double))
        {
            SpanLayout.ScatterAddRows(MemoryMarshal.Cast<T, double>(x), indices, batch, outer, extent, inner, MemoryMarshal.Cast<T, double>(result));
        }
        else if (typeof(T) == typeof(float))
        {
            SpanLayout.ScatterAddRows(MemoryMarshal.Cast<T, float>(x), indices, batch, outer, extent, inner, MemoryMarshal.Cast<T, float>(result));
        }
        else if (typeof(T) == typeof(long))
        {
            SpanLayout.ScatterAddRows(MemoryMarshal.Cast<T, long>(x), indices, batch, outer, extent, inner, MemoryMarshal.Cast<T, long>(result));
        }
        else if (typeof(T) == typeof(int))
        {
            SpanLayout.ScatterAddRows(MemoryMarshal.Cast<T, int>(x), indices, batch, outer, extent, inner, MemoryMarshal.Cast<T, int>(result));
        }
        else
        {
            throw Elementwise.Unsupported(this, e.Node);
        }
    }

    protected override void Evaluate<T>(in Evaluation e)
    {
        e.Result<T>().Clear();
        AddTo(e, 0, null, e.Result<T>());
    }

    private Shape ShapeOf(ReadOnlySpan<Node> operands)
    {
        var updates = operands[0].Shape.AsSpan();
        var taken = operands[1].Rank - shared;
        return Shape.Create([.. updates[..axis], extent, .. updates[(axis + taken)..]]);
    }

    // Others may be added to it.
    private Node Lazily(Node x, Node indices) => x.MakeLazy(this, ShapeOf([x, indices]), x, indices);

    // Rows are named whole: one truth value for each, stretched over it, which nobody carries out.
    private Node Named(Node indices, Shape shape)
    {
        var (rows, rank) = (new int[shape.Rank - 1 + indices.Rank - shared], indices.Rank - shared);
        Array.Fill(rows, 1);
        indices.Shape.AsSpan()[..shared].CopyTo(rows);
        indices.Shape.AsSpan()[shared..].CopyTo(rows.AsSpan(axis, rank));
        return Broadcast.To(Lazily(NDArray.Full(true, rows), indices), shape);
    }
}
