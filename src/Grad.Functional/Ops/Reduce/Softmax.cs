using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>eˣ / Σ eˣ along the last axis: weights that add up to 1.</summary>
    /// <inheritdoc cref="Softmax{T}(NDArray{T}, int)"/>
    public static NDArray<T> Softmax<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Softmax(x, -1);

    /// <summary>eˣ / Σ eˣ along an axis, counted from the end if negative: weights that add up to 1.</summary>
    /// <remarks>
    /// Computed from x − max x; the error is a few ulps. An entry of −∞ has weight 0 and slope 0. Rows that are −∞ throughout, or have +∞
    /// or NaN, are NaN, as in PyTorch and JAX. The gradient for a cotangent g is s∘(g − Σ g∘s).
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static NDArray<T> Softmax<T>(NDArray<T> x, int axis) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return (NDArray<T>)new SoftmaxOp(Axes.Normalize("Softmax", axis, x.Rank)).Apply([x]);
    }
}

internal sealed class SoftmaxOp(int axis) : AlongAxisOp(axis), IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new SoftmaxOp(0), OperandSpec.Real(-1.5, 1.5, [4])) { Accumulates = true, IsCurved = true, MaxUlp = (4, 4) },
        new(new SoftmaxOp(0), OperandSpec.Real(-1.5, 1.5, [3, 2])) { Accumulates = true, IsCurved = true, MaxUlp = (4, 4) },
        new(new SoftmaxOp(1), OperandSpec.Real(-1.5, 1.5, [2, 3])) { Accumulates = true, IsCurved = true, MaxUlp = (4, 4) },
    ];

    public override string Name => "Softmax";

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = Rule(node, cotangent);

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Rule(node, tangents[0]);

    protected override AlongAxisOp At(int axis) => new SoftmaxOp(axis);

    protected override void Run<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination) =>
        Simd.Softmax.Run(x, outer, axis, inner, destination, Name);

    // The Jacobian is symmetric.
    private Masked Rule(Node s, in Masked value) => OnRows(value, g =>
    {
        var mean = SumAlong(Binary<MultiplyOp>.Default.Apply(g, s));
        return Binary<MultiplyOp>.Default.Apply(s, Binary<SubtractOp>.Default.Apply(g, mean));
    });
}
