using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The sum of all elements, of rank 0; 0 for an empty array.</summary>
    /// <remarks>Summed in blocks by a tree that depends on the length alone: the error grows with its logarithm. Whole numbers wrap.</remarks>
    public static NDArray<T> Sum<T>(NDArray<T> x) where T : unmanaged, INumber<T> => Sum(x, keepDims: false);

    /// <summary>The sum of all elements; with <paramref name="keepDims"/> every axis stays, with extent 1.</summary>
    public static NDArray<T> Sum<T>(NDArray<T> x, bool keepDims) where T : unmanaged, INumber<T> => Reduction<SumOp>.Call(x, keepDims);

    /// <summary>The sum along an axis, counted from the end if negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static NDArray<T> Sum<T>(NDArray<T> x, int axis, bool keepDims = false) where T : unmanaged, INumber<T> => Sum(x, [axis], keepDims);

    /// <summary>The sum along several axes.</summary>
    /// <exception cref="ArgumentException">There is no such axis, or one is named twice.</exception>
    public static NDArray<T> Sum<T>(NDArray<T> x, ReadOnlySpan<int> axes, bool keepDims = false) where T : unmanaged, INumber<T> =>
        Reduction<SumOp>.Call(x, axes, keepDims);
}

/// <summary>
/// Adds along axes. The exact adjoint of <see cref="Broadcast"/> over the same axes. Truth values add up to whether any holds.
/// </summary>
internal sealed class SumOp(int[] axes) : ReductionOp(axes), IReduction, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new SumOp([0]), OperandSpec.Real(-5, 5, [5])) { Accumulates = true },
        new(new SumOp([1]), OperandSpec.Real(-5, 5, [3, 4])) { Accumulates = true },
        new(new SumOp([0, 2]), OperandSpec.Real(-5, 5, [2, 3, 4])) { Accumulates = true },
        new(new SumOp([0]), OperandSpec.Real(-5, 5, [0, 3])) { Accumulates = true },
        new(new SumOp([]), OperandSpec.Real(-5, 5, [])) { Accumulates = true },
    ];

    public static string Operation => "Sum";

    public static bool NeedsElements => false;

    public override string Name => Operation;

    public static ReductionOp Of(int[] axes) => new SumOp(axes);

    public static NDArray<T> Over<T>(NDArray<T> x, int[] axes, bool keepDims) where T : unmanaged => Reduction<SumOp>.Over(x, axes, keepDims);

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = Stretch(cotangent, node.Operand(0));

    // A sum of nothing depends on nothing.
    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Add(tangents[0]);

    protected override bool KeepsOne => true;

    protected override ReductionOp Over(int[] axes) => Of(axes);

    protected override PiecewiseFold? Pieces<T>(int axis, int inner) =>
        typeof(T) != typeof(bool) ? Simd.Fold.SumPieces<T>(axis, inner) : inner == 1 ? new RowAnyPieces(axis) : null;

    protected override bool FoldsRows(int terms, bool isContiguous) => !isContiguous || terms <= Simd.Fold.ShortSum;

    protected override Node? FoldRows(ReadOnlySpan<Node> terms, bool isContiguous)
    {
        if (terms[0].ElementType == typeof(bool))
        {
            var any = terms[0];
            foreach (var term in terms[1..])
            {
                any = Simplification.Apply(MaskBinary<OrOp>.Default, [any, term]);
            }

            return any;
        }

        return isContiguous && terms.Length > Simd.Fold.ShortSum ? null : Pairwise(terms);
    }

    // What Fold.SumAxis does down a column: eights by pairs, those like the digits of a binary counter, and first of all, one by one, what is left over.
    private static Node Pairwise(ReadOnlySpan<Node> terms)
    {
        var pending = new Stack<(Node Sum, int Level)>();
        var at = 0;
        for (; at + 8 <= terms.Length; at += 8)
        {
            var t = terms.Slice(at, 8);
            var (sum, level) = (Plus(Plus(Plus(t[0], t[1]), Plus(t[2], t[3])), Plus(Plus(t[4], t[5]), Plus(t[6], t[7]))), 0);
            for (; pending.TryPeek(out var below) && below.Level == level; level++)
            {
                sum = Plus(pending.Pop().Sum, sum);
            }

            pending.Push((sum, level));
        }

        var total = at < terms.Length ? terms[at++] : null;
        for (; at < terms.Length; at++)
        {
            total = Plus(total!, terms[at]);
        }

        while (pending.TryPop(out var block))
        {
            total = total is null ? block.Sum : Plus(block.Sum, total);
        }

        return total!;
    }

    private static Node Plus(Node x, Node y) => Simplification.Apply(Binary<AddOp>.Default, [x, y]);

    protected override void Fold<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination)
    {
        if (typeof(T) != typeof(bool))
        {
            Simd.Fold.SumAxis(x, outer, axis, inner, destination);
            return;
        }

        destination.Clear();
        for (var i = 0; i < x.Length; i++)
        {
            if (!EqualityComparer<T>.Default.Equals(x[i], default))
            {
                destination[(i / (axis * inner) * inner) + (i % inner)] = x[i];
            }
        }
    }
}
