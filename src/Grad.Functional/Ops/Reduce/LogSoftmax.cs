using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>x − log Σ eˣ along the last axis: the logarithm of the softmax.</summary>
    /// <inheritdoc cref="LogSoftmax{T}(NDArray{T}, int)"/>
    public static NDArray<T> LogSoftmax<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => LogSoftmax(x, -1);

    /// <summary>x − log Σ eˣ along an axis, counted from the end if negative: the logarithm of the softmax.</summary>
    /// <remarks>
    /// Accurate where the softmax itself would be near 1 or 0: the error is a few ulps of the larger of x − max x and the result. An entry
    /// of −∞ stays −∞ and takes no weight. Rows that are −∞ throughout, or have +∞ or NaN, have no finite result, as in PyTorch and JAX.
    /// The gradient for a cotangent g is g − s·Σ g, s the softmax.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static NDArray<T> LogSoftmax<T>(NDArray<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return (NDArray<T>)new LogSoftmaxOp(Axes.Normalize("LogSoftmax", axis, x.Rank)).Apply([x]);
    }
}

internal sealed class LogSoftmaxOp(int axis) : AlongAxisOp(axis), IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new LogSoftmaxOp(0), OperandSpec.Real(-1.5, 1.5, [4])) { Accumulates = true, IsCurved = true, MaxUlp = (4, 4) },
        new(new LogSoftmaxOp(0), OperandSpec.Real(-1.5, 1.5, [3, 2])) { Accumulates = true, IsCurved = true, MaxUlp = (4, 4) },
        new(new LogSoftmaxOp(1), OperandSpec.Real(-1.5, 1.5, [2, 3])) { Accumulates = true, IsCurved = true, MaxUlp = (4, 4) },
    ];

    public override string Name => "LogSoftmax";

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = OnRows(cotangent, g => Less(g, Binary<MultiplyOp>.Default.Apply(Weights(node), SumAlong(g))));

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) =>
        OnRows(tangents[0], t => Less(t, SumAlong(Binary<MultiplyOp>.Default.Apply(Weights(node), t))));

    protected override AlongAxisOp At(int axis) => new LogSoftmaxOp(axis);

    protected override void Run<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination) =>
        Simd.Softmax.RunLog(x, outer, axis, inner, destination, Name);

    private static Node Weights(Node node) => Unary<ExpOp>.Default.Apply([node]);

    private static Node Less(Node x, Node y) => Binary<SubtractOp>.Default.Apply(x, y);
}
