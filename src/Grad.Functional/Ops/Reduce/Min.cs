using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>
    /// The least of all elements, of rank 0: NaN if any is NaN, and −0 below +0. For that of two arrays see
    /// <see cref="Minimum{T}(NDArray{T}, NDArray{T})"/>.
    /// </summary>
    /// <remarks>
    /// Exact. The gradient goes to the element that is the least; several that are share it evenly, as in JAX and PyTorch's amin. Where
    /// the result is NaN it is 0.
    /// </remarks>
    /// <exception cref="ArgumentException">The array is empty.</exception>
    public static NDArray<T> Min<T>(NDArray<T> x) where T : unmanaged, INumber<T> => Reduction<MinOp>.Call(x, keepDims: false);

    /// <summary>The least of all elements; with <paramref name="keepDims"/> every axis stays, with extent 1.</summary>
    /// <inheritdoc cref="Min{T}(NDArray{T})"/>
    public static NDArray<T> Min<T>(NDArray<T> x, bool keepDims) where T : unmanaged, INumber<T> => Reduction<MinOp>.Call(x, keepDims);

    /// <summary>The least along an axis, counted from the end if negative.</summary>
    /// <inheritdoc cref="Min{T}(NDArray{T})" path="/remarks"/>
    /// <exception cref="ArgumentException">There is no such axis, or it is empty.</exception>
    public static NDArray<T> Min<T>(NDArray<T> x, int axis, bool keepDims = false) where T : unmanaged, INumber<T> =>
        Reduction<MinOp>.Call(x, [axis], keepDims);

    /// <summary>The least along several axes.</summary>
    /// <inheritdoc cref="Min{T}(NDArray{T})" path="/remarks"/>
    /// <exception cref="ArgumentException">There is no such axis, one is named twice, or they hold no elements.</exception>
    public static NDArray<T> Min<T>(NDArray<T> x, ReadOnlySpan<int> axes, bool keepDims = false) where T : unmanaged, INumber<T> =>
        Reduction<MinOp>.Call(x, axes, keepDims);
}

internal sealed class MinOp(int[] axes) : ExtremeOp(axes), IReduction, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new MinOp([0]), OperandSpec.Real(-5, 5, [5])),
        new(new MinOp([1]), OperandSpec.Real(-5, 5, [3, 4])),
        new(new MinOp([0, 2]), OperandSpec.Real(-5, 5, [2, 3, 2])),
    ];

    public static string Operation => "Min";

    public static bool NeedsElements => true;

    public override string Name => Operation;

    public static ReductionOp Of(int[] axes) => new MinOp(axes);

    protected override bool KeepsOne => true;

    protected override ReductionOp Over(int[] axes) => Of(axes);

    protected override PiecewiseFold? Pieces<T>(int axis, int inner) => Simd.Fold.MinPieces<T>(axis, inner);

    protected override void Fold<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination) =>
        Simd.Fold.MinAxis(x, outer, axis, inner, destination, Operation);
}
