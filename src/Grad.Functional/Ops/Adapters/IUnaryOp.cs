using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// An elementwise op of one operand: the function, its slope, and its facts. All of forward, reverse and batching rules, kernels and
/// tests follow from these.
/// </summary>
internal interface IUnaryOp : IUnaryKernel, IOpDefinition
{
    static abstract string Name { get; }

    /// <summary>What distinguishes this instance: its constants, for printing.</summary>
    string Attributes => "";

    /// <summary>dy/dx, from the operand and the result. A select with an exact zero marks a branch not taken.</summary>
    V Slope<V>(V x, V y) where V : struct, ILane<V>;

    /// <inheritdoc cref="Op.Simplify"/>
    static virtual Node? Simplify(Node node, ReadOnlySpan<Node> operands) => null;

    /// <inheritdoc cref="IElementwiseOp.KernelWith"/>
    static virtual PairKernel? KernelWith<T>(Op other) where T : unmanaged => null;
}

/// <summary>An elementwise op of two operands.</summary>
internal interface IBinaryOp : IBinaryKernel, IOpDefinition
{
    static abstract string Name { get; }

    /// <summary>∂z/∂x, from the operands and the result.</summary>
    V SlopeX<V>(V x, V y, V z) where V : struct, ILane<V>;

    /// <summary>∂z/∂y, from the operands and the result.</summary>
    V SlopeY<V>(V x, V y, V z) where V : struct, ILane<V>;

    /// <inheritdoc cref="Op.Simplify"/>
    static virtual Node? Simplify(Node node, ReadOnlySpan<Node> operands) => null;

    /// <summary>The number that, in the first place, leaves any other as it is, to the bit; null if there is none.</summary>
    static virtual double? NeutralX => null;

    /// <summary>The number that, in the second place, leaves any other as it is, to the bit; null if there is none.</summary>
    static virtual double? NeutralY => null;

    /// <summary>The function on whole numbers, if it has a meaning there; it wraps.</summary>
    static virtual T Integer<T>(T x, T y) where T : unmanaged, System.Numerics.IBinaryInteger<T> =>
        throw new NotSupportedException("This op has no meaning for whole numbers. Cast to double or float first.");
}
