using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The sum of all elements, of rank 0; 0 for an empty array.</summary>
    /// <remarks>Summed in blocks by a tree that depends on the length alone: the error grows with its logarithm. Whole numbers wrap.</remarks>
    public static NDArray<T> Sum<T>(NDArray<T> x) where T : unmanaged, INumber<T> => Sum(x, keepDims: false);

    /// <summary>The sum of all elements; with <paramref name="keepDims"/> every axis stays, with extent 1.</summary>
    public static NDArray<T> Sum<T>(NDArray<T> x, bool keepDims) where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return SumOp.Over(x, Axes.All(x.Rank), keepDims);
    }

    /// <summary>The sum along an axis, counted from the end if negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static NDArray<T> Sum<T>(NDArray<T> x, int axis, bool keepDims = false) where T : unmanaged, INumber<T> => Sum(x, [axis], keepDims);

    /// <summary>The sum along several axes.</summary>
    /// <exception cref="ArgumentException">There is no such axis, or one is named twice.</exception>
    public static NDArray<T> Sum<T>(NDArray<T> x, ReadOnlySpan<int> axes, bool keepDims = false) where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return SumOp.Over(x, Axes.Normalize("Sum", axes, x.Rank), keepDims);
    }
}

/// <summary>
/// Adds along axes. The exact adjoint of <see cref="Broadcast"/> over the same axes. Truth values add up to whether any holds.
/// </summary>
internal sealed class SumOp(int[] axes) : StructuralOp, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new SumOp([0]), OperandSpec.Real(-5, 5, [5])) { Accumulates = true },
        new(new SumOp([1]), OperandSpec.Real(-5, 5, [3, 4])) { Accumulates = true },
        new(new SumOp([0, 2]), OperandSpec.Real(-5, 5, [2, 3, 4])) { Accumulates = true },
        new(new SumOp([0]), OperandSpec.Real(-5, 5, [0, 3])) { Accumulates = true },
        new(new SumOp([]), OperandSpec.Real(-5, 5, [])) { Accumulates = true },
    ];

    public override string Name => "Sum";

    public override string Attributes => "axes " + Shape.Format(axes);

    public static NDArray<T> Over<T>(NDArray<T> x, int[] axes, bool keepDims) where T : unmanaged
    {
        var sum = axes.Length == 0 ? x : new SumOp(axes).Apply([x]);
        return (NDArray<T>)(keepDims ? ReshapeOp.To(sum, Axes.KeepAsOnes(x.Shape, axes)) : sum);
    }

    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, Axes.Remove(operands[0].Shape, axes), operands[0]);

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = Pending.Through(cotangent, new Broadcast(node.Operand(0).Shape, axes), adds: false);

    // A sum of nothing depends on nothing.
    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) =>
        node.Operand(0).Length == 0 ? default : Pending.Through(tangents[0], this, adds: true);

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        new SumOp(Axes.Shift(axes)).Apply(operands);

    protected override void Evaluate<T>(NDArray<T> node)
    {
        var (data, shape) = (Value(node), node.Operand(0).Shape);

        // From the innermost run of neighbouring axes outward: each run is one axis of a [outer, axis, inner] array.
        for (var last = axes.Length - 1; last >= 0;)
        {
            var first = last;
            while (first > 0 && axes[first - 1] == axes[first] - 1)
            {
                first--;
            }

            var extents = shape.AsSpan();
            var (outer, axis, inner) = (Product(extents[..axes[first]]), Product(extents[axes[first]..(axes[last] + 1)]), Product(extents[(axes[last] + 1)..]));
            var sums = new T[outer * inner];
            Add<T>(data, outer, axis, inner, sums);
            (data, shape) = (sums, Axes.Remove(shape, axes.AsSpan(first, last - first + 1)));
            last = first - 1;
        }

        node.SetValue(data);
    }

    private static void Add<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> sums) where T : unmanaged
    {
        if (typeof(T) != typeof(bool))
        {
            Fold.SumAxis(x, outer, axis, inner, sums);
            return;
        }

        for (var i = 0; i < x.Length; i++)
        {
            if (!EqualityComparer<T>.Default.Equals(x[i], default))
            {
                sums[(i / (axis * inner) * inner) + (i % inner)] = x[i];
            }
        }
    }

    private static int Product(ReadOnlySpan<int> extents)
    {
        var product = 1;
        foreach (var extent in extents)
        {
            product *= extent;
        }

        return product;
    }
}
