using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The place of the greatest element among all, row-major: the first of several, or that of the first NaN if there is one.</summary>
    /// <remarks>A constant to derivatives.</remarks>
    /// <exception cref="ArgumentException">The array is empty.</exception>
    public static NDArray<int> ArgMax<T>(NDArray<T> x) where T : unmanaged, INumber<T> => ArgExtremeOp.OfAll(x, isMax: true);

    /// <summary>The place of the greatest along an axis: the first of several, or that of the first NaN if there is one.</summary>
    /// <remarks>A constant to derivatives.</remarks>
    /// <exception cref="ArgumentException">There is no such axis, or it is empty.</exception>
    public static NDArray<int> ArgMax<T>(NDArray<T> x, int axis, bool keepDims = false) where T : unmanaged, INumber<T> =>
        ArgExtremeOp.Along(x, axis, isMax: true, keepDims);
}

/// <summary>Where along an axis the greatest or least stands.</summary>
internal sealed class ArgExtremeOp(int axis, bool isMax) : ConstantOp
{
    public override string Name => NameOf(isMax);

    public override string Attributes => FormattableString.Invariant($"axis {axis}");

    public static NDArray<int> OfAll<T>(NDArray<T> x, bool isMax) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Length == 0 ? throw Axes.Empty(NameOf(isMax), x.Shape, Axes.All(x.Rank)) : Of(ReshapeOp.To(x, [x.Length]), 0, isMax);
    }

    public static NDArray<int> Along<T>(NDArray<T> x, int axis, bool isMax, bool keepDims) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] axes = [Axes.Normalize(NameOf(isMax), axis, x.Rank)];
        if (Axes.Count(x.Shape, axes) == 0)
        {
            throw Axes.Empty(NameOf(isMax), x.Shape, axes);
        }

        var places = Of(x, axes[0], isMax);
        return keepDims ? (NDArray<int>)ReshapeOp.To(places, Axes.KeepAsOnes(x.Shape, axes)) : places;
    }

    public override void Describe(OpKey key)
    {
        key.Add(axis);
        key.Add(isMax);
    }

    public override Node Apply(ReadOnlySpan<Node> operands) =>
        NDArray<int>.Record(this, Axes.Remove(operands[0].Shape, [axis]), operands[0]);

    public override void Evaluate(in Evaluation e)
    {
        switch (e.Node.Operand(0))
        {
            case NDArray<double>:
                Evaluate<double>(e);
                break;
            case NDArray<float>:
                Evaluate<float>(e);
                break;
            case NDArray<int>:
                Evaluate<int>(e);
                break;
            case NDArray<long>:
                Evaluate<long>(e);
                break;
            default:
                throw Elementwise.Unsupported(this, e.Node.Operand(0));
        }
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        new ArgExtremeOp(axis + 1, isMax).Apply(operands);

    private static string NameOf(bool isMax) => isMax ? "ArgMax" : "ArgMin";

    private static NDArray<int> Of(Node x, int axis, bool isMax) => (NDArray<int>)new ArgExtremeOp(axis, isMax).Apply([x]);

    private void Evaluate<T>(in Evaluation e) where T : unmanaged
    {
        var (outer, along, inner) = Axes.Split(e.OperandShape(), axis, axis + 1);
        if (isMax)
        {
            Fold.ArgMaxAxis(e.Operand<T>(), outer, along, inner, e.Result<int>(), Name);
        }
        else
        {
            Fold.ArgMinAxis(e.Operand<T>(), outer, along, inner, e.Result<int>(), Name);
        }
    }
}
