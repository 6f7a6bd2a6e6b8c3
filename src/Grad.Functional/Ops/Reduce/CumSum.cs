using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The running sums along the first axis.</summary>
    /// <inheritdoc cref="CumSum{T}(NDArray{T}, int)"/>
    public static NDArray<T> CumSum<T>(NDArray<T> x) where T : unmanaged, INumber<T> => CumSum(x, 0);

    /// <summary>The running sums along an axis, counted from the end if negative: each element plus all before it.</summary>
    /// <remarks>Each sum adds one term to the one before, in order. Whole numbers wrap. The reverse is the running sum from the end.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static NDArray<T> CumSum<T>(NDArray<T> x, int axis) where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return (NDArray<T>)new CumSumOp(Axes.Normalize("CumSum", axis, x.Rank)).Apply([x]);
    }
}

/// <summary>Running sums, from either end: each is the adjoint of the other. Of truth values, whether any held so far.</summary>
internal sealed class CumSumOp(int axis, bool fromEnd = false) : AlongAxisOp(axis), IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new CumSumOp(0), OperandSpec.Real(-5, 5, [5])) { Accumulates = true },
        new(new CumSumOp(1), OperandSpec.Real(-5, 5, [2, 3, 2])) { Accumulates = true },
        new(new CumSumOp(0, fromEnd: true), OperandSpec.Real(-5, 5, [4, 3])) { Accumulates = true },
        new(new CumSumOp(0), OperandSpec.Real(-5, 5, [0, 3])) { Accumulates = true },
    ];

    public override string Name => "CumSum";

    public override string Attributes => fromEnd ? base.Attributes + " from the end" : base.Attributes;

    public override void Describe(OpKey key)
    {
        base.Describe(key);
        key.Add(fromEnd);
    }

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = Pending.Through(cotangent, new CumSumOp(Axis, !fromEnd), adds: true);

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Pending.Through(tangents[0], this, adds: true);

    protected override AlongAxisOp At(int axis) => new CumSumOp(axis, fromEnd);

    protected override void Run<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination)
    {
        if (typeof(T) != typeof(bool))
        {
            Scan.Sum(x, outer, axis, inner, fromEnd, destination, Name);
            return;
        }

        x.CopyTo(destination);
        var step = fromEnd ? -inner : inner;
        for (var i = 0; i < x.Length; i++)
        {
            var at = fromEnd ? x.Length - 1 - i : i;
            var isFirst = (at / inner % axis) == (fromEnd ? axis - 1 : 0);
            if (!isFirst && !EqualityComparer<T>.Default.Equals(destination[at - step], default))
            {
                destination[at] = destination[at - step];
            }
        }
    }
}
