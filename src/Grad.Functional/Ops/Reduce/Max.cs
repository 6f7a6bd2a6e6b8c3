using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>
    /// The greatest of all elements, of rank 0: NaN if any is NaN, and −0 below +0. For that of two arrays see
    /// <see cref="Maximum{T}(NDArray{T}, NDArray{T})"/>.
    /// </summary>
    /// <remarks>
    /// Exact. The gradient goes to the element that is the greatest; several that are share it evenly, as in JAX and PyTorch's amax. Where
    /// the result is NaN it is 0.
    /// </remarks>
    /// <exception cref="ArgumentException">The array is empty.</exception>
    public static NDArray<T> Max<T>(NDArray<T> x) where T : unmanaged, INumber<T> => Reduction<MaxOp>.Call(x, keepDims: false);

    /// <summary>The greatest of all elements; with <paramref name="keepDims"/> every axis stays, with extent 1.</summary>
    /// <inheritdoc cref="Max{T}(NDArray{T})"/>
    public static NDArray<T> Max<T>(NDArray<T> x, bool keepDims) where T : unmanaged, INumber<T> => Reduction<MaxOp>.Call(x, keepDims);

    /// <summary>The greatest along an axis, counted from the end if negative.</summary>
    /// <inheritdoc cref="Max{T}(NDArray{T})" path="/remarks"/>
    /// <exception cref="ArgumentException">There is no such axis, or it is empty.</exception>
    public static NDArray<T> Max<T>(NDArray<T> x, int axis, bool keepDims = false) where T : unmanaged, INumber<T> =>
        Reduction<MaxOp>.Call(x, [axis], keepDims);

    /// <summary>The greatest along several axes.</summary>
    /// <inheritdoc cref="Max{T}(NDArray{T})" path="/remarks"/>
    /// <exception cref="ArgumentException">There is no such axis, one is named twice, or they hold no elements.</exception>
    public static NDArray<T> Max<T>(NDArray<T> x, ReadOnlySpan<int> axes, bool keepDims = false) where T : unmanaged, INumber<T> =>
        Reduction<MaxOp>.Call(x, axes, keepDims);
}

internal sealed class MaxOp(int[] axes) : ExtremeOp(axes), IReduction, IOpDefinition
{
    public static IEnumerable<OpSample> Samples =>
    [
        new(new MaxOp([0]), OperandSpec.Real(-5, 5, [5])),
        new(new MaxOp([1]), OperandSpec.Real(-5, 5, [3, 4])),
        new(new MaxOp([0, 2]), OperandSpec.Real(-5, 5, [2, 3, 2])),
    ];

    public static string Operation => "Max";

    public static bool NeedsElements => true;

    public override string Name => Operation;

    public static ReductionOp Of(int[] axes) => new MaxOp(axes);

    protected override bool KeepsOne => true;

    protected override ReductionOp Over(int[] axes) => Of(axes);

    protected override PiecewiseFold? Pieces<T>(int axis, int inner) => Simd.Fold.MaxPieces<T>(axis, inner);

    protected override void Fold<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination) =>
        Simd.Fold.MaxAxis(x, outer, axis, inner, destination, Operation);
}
