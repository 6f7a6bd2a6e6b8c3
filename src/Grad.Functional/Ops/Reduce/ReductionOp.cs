using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// Folds axes, however many: an op states what it makes of one axis, and runs of neighbouring axes are folded one after the other, the
/// innermost first.
/// </summary>
/// <param name="axes">The axes of the operand, ascending, that the result lacks.</param>
internal abstract class ReductionOp(int[] axes) : StructuralOp, IFoldOp, IRowwise
{
    // More are not worth a row of their own each.
    private const int MaxTerms = 64;

    public sealed override string Attributes => "axes " + Shape.Format(axes);

    /// <summary>The axes of the operand that the result lacks.</summary>
    protected int[] ReducedAxes => axes;

    public sealed override void Describe(OpKey key) => key.Add(axes);

    public override long Flops(Node node) => node.Operand(0).Length;

    public sealed override Node Apply(ReadOnlySpan<Node> operands) =>
        operands[0].Make(this, Axes.Remove(operands[0].Shape, axes), operands[0]);

    public sealed override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        Over(Axes.Shift(axes)).Apply(operands);

    // Of axes that are not neighbours a second fold reads the results of the first.
    public PiecewiseFold? Pieces(Node node)
    {
        if (axes.Length == 0 || axes[^1] - axes[0] != axes.Length - 1 || node.Operand(0).Length == 0)
        {
            return null;
        }

        var pieces = new OfElements(this);
        node.Operand(0).Dispatch(pieces);
        return pieces.Found;
    }

    /// <summary>Whether the fold of one element is that element.</summary>
    protected virtual bool KeepsOne => false;

    /// <summary>Axes of extent 1 may have nothing to fold.</summary>
    public sealed override Node? Simplify(Node node, ReadOnlySpan<Node> operands) =>
        KeepsOne && node.Length == operands[0].Length && node.Length > 0 ? ReshapeOp.To(operands[0], node.Shape) : null;

    public bool HasRows(Node node)
    {
        var shape = node.Operand(0).Shape;
        var first = axes.Length - 1;
        while (first > 0 && axes[first - 1] == axes[first] - 1)
        {
            first--;
        }

        // Of several runs of neighbours only the innermost can stand side by side in memory.
        return Axes.Count(shape, axes) is >= 1 and <= MaxTerms
            && (first < 0 || FoldsRows(Axes.Count(shape, axes.AsSpan(first)), Axes.Split(shape, axes[first], axes[^1] + 1).Inner == 1));
    }

    public Node? RowOf(Node node, ElementRow row, OperandRow operand)
    {
        var shape = node.Operand(0).Shape;
        if (RowPlace.Of(node.Shape, row) is not { } at || !HasRows(node))
        {
            return null;
        }

        var strides = StridedCopy.RowMajor(shape);
        int[] kept = [.. Axes.All(shape.Rank).Except(axes)];
        return Along(at.In(Array.ConvertAll(kept, axis => strides[axis])), axes.Length);

        // The axes before a place among the reduced ones, folded as they are in memory: runs of neighbours at once, the innermost first.
        Node? Along(ElementRow first, int end)
        {
            var outermost = axes.Length - end;
            if (outermost == axes.Length)
            {
                return operand(0, first);
            }

            var last = outermost;
            while (last + 1 < axes.Length && axes[last + 1] == axes[last] + 1)
            {
                last++;
            }

            var (extent, stride) = (Axes.Count(shape, axes.AsSpan(outermost..(last + 1))), strides[axes[last]]);
            var terms = new Node[extent];
            for (var i = 0; i < extent; i++)
            {
                if (Along(first with { Place = first.Place + (i * stride) }, axes.Length - last - 1) is not { } term)
                {
                    return null;
                }

                terms[i] = term;
            }

            return FoldRows(terms, isContiguous: Array.TrueForAll(kept, axis => axis < axes[last] || shape[axis] == 1));
        }
    }

    /// <summary>Whether <see cref="FoldRows"/> has a fold of so many terms.</summary>
    protected virtual bool FoldsRows(int terms, bool isContiguous) => false;

    /// <summary>
    /// The fold of rows that stand for the elements along an axis, with the bits that <see cref="Fold{T}"/> has; null if that cannot be had.
    /// </summary>
    /// <param name="terms">The rows, one at least.</param>
    /// <param name="isContiguous">Whether the elements stand side by side in memory: inner is 1.</param>
    protected virtual Node? FoldRows(ReadOnlySpan<Node> terms, bool isContiguous) => null;

    /// <summary>The same fold of other axes.</summary>
    protected abstract ReductionOp Over(int[] axes);

    /// <summary>Folds the middle axis of a row-major [outer, axis, inner].</summary>
    protected abstract void Fold<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination) where T : unmanaged;

    /// <summary>The same where the elements come piece by piece, with the same bits; null if there is no way.</summary>
    protected virtual PiecewiseFold? Pieces<T>(int axis, int inner) where T : unmanaged => null;

    /// <summary>A value of the result's shape stretched to that of the operand.</summary>
    protected Node Stretch(Node value, Node operand) => new Broadcast(operand.Shape, axes).Apply([value]);

    /// <summary>A cotangent of the result, for each element of the operand.</summary>
    protected Masked Stretch(in Masked cotangent, Node operand) =>
        Pending.Through(cotangent, new Broadcast(operand.Shape, axes), adds: false);

    /// <summary>What elements of the operand contribute to a tangent, added up; of none, nothing.</summary>
    protected Masked Add(in Masked contributions) =>
        contributions.IsZero || contributions.Value!.Length == 0 ? default : Pending.Through(contributions, new SumOp(axes), adds: true);

    public sealed override OpLayout Layout(Node node) => new Stages(node.Operand(0).Shape, axes);

    protected sealed override void Evaluate<T>(in Evaluation e)
    {
        var stages = e.Layout<Stages>();
        var data = e.Operand<T>();
        if (stages.All.Length == 0)
        {
            data.CopyTo(e.Result<T>());
            return;
        }

        var scratch = stages.All.Length == 1 ? default : e.Scratch<T>(stages);
        for (var i = 0; i < stages.All.Length; i++)
        {
            var (outer, axis, inner) = stages.All[i];
            var isLast = i == stages.All.Length - 1;
            var folded = isLast ? e.Result<T>() : scratch[..(outer * inner)];
            Divided.Run(new Folds<T>(this, data, axis, inner, folded), outer, (long)axis * inner);
            data = folded;
            scratch = isLast ? default : scratch[folded.Length..];
        }
    }

    private readonly ref struct Folds<T>(ReductionOp op, ReadOnlySpan<T> x, int axis, int inner, Span<T> folded) : IDividedWork where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _x = x;
        private readonly Span<T> _folded = folded;

        public void Run(int first, int end) => op.Fold(
            _x.Slice(first * axis * inner, (end - first) * axis * inner), end - first, axis, inner, _folded.Slice(first * inner, (end - first) * inner));
    }

    /// <summary>The runs of neighbouring axes, the innermost first; what each makes of the array is the next one's operand.</summary>
    private sealed class Stages : OpLayout
    {
        public Stages(Shape shape, int[] axes)
        {
            var all = new List<(int Outer, int Axis, int Inner)>();
            for (var last = axes.Length - 1; last >= 0;)
            {
                var first = last;
                while (first > 0 && axes[first - 1] == axes[first] - 1)
                {
                    first--;
                }

                all.Add(Axes.Split(shape, axes[first], axes[last] + 1));
                shape = Axes.Remove(shape, axes.AsSpan(first, last - first + 1));
                last = first - 1;
            }

            All = [.. all];
            ScratchLength = all.SkipLast(1).Sum(stage => stage.Outer * stage.Inner);
        }

        public (int Outer, int Axis, int Inner)[] All { get; }

        public override int ScratchLength { get; }
    }

    private sealed class OfElements(ReductionOp op) : ITypedAction
    {
        public PiecewiseFold? Found { get; private set; }

        public void Invoke<T>(Node node) where T : unmanaged
        {
            var (_, axis, inner) = Axes.Split(node.Shape, op.ReducedAxes[0], op.ReducedAxes[^1] + 1);
            Found = op.Pieces<T>(axis, inner);
        }
    }
}

/// <summary>What the overloads of a reduction need to know of it.</summary>
internal interface IReduction
{
    /// <summary>The name in messages.</summary>
    static abstract string Operation { get; }

    /// <summary>Whether there is no result for no elements.</summary>
    static abstract bool NeedsElements { get; }

    /// <summary>The op over some axes.</summary>
    static abstract ReductionOp Of(int[] axes);
}

/// <summary>The overloads that every reduction has.</summary>
internal static class Reduction<TOp> where TOp : ReductionOp, IReduction
{
    /// <summary>Over all axes.</summary>
    public static NDArray<T> Call<T>(NDArray<T> x, bool keepDims) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        return Over(x, Axes.All(x.Rank), keepDims);
    }

    /// <summary>Over the axes named.</summary>
    public static NDArray<T> Call<T>(NDArray<T> x, ReadOnlySpan<int> axes, bool keepDims) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        return Over(x, Axes.Normalize(TOp.Operation, axes, x.Rank), keepDims);
    }

    /// <summary>Over axes counted from the front, ascending. Over none, the array itself.</summary>
    public static NDArray<T> Over<T>(NDArray<T> x, int[] axes, bool keepDims) where T : unmanaged
    {
        if (TOp.NeedsElements && Axes.Count(x.Shape, axes) == 0)
        {
            throw Axes.Empty(TOp.Operation, x.Shape, axes);
        }

        var result = axes.Length == 0 ? x : TOp.Of(axes).Apply([x]);
        return (NDArray<T>)(keepDims ? ReshapeOp.To(result, Axes.KeepAsOnes(x.Shape, axes)) : result);
    }
}
