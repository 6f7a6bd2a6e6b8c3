using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public sealed partial class NDArray<T>
{
    /// <summary>x + y, elementwise, with broadcasting; whole numbers wrap.</summary>
    /// <remarks>Correctly rounded. Slopes 1 and 1.</remarks>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<T> operator +(NDArray<T> x, NDArray<T> y) => Binary<AddOp>.Call(x, y);

    /// <inheritdoc cref="op_Addition(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator +(NDArray<T> x, T y) => Binary<AddOp>.Call(x, Number(y));

    /// <inheritdoc cref="op_Addition(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator +(T x, NDArray<T> y) => Binary<AddOp>.Call(Number(x), y);

    /// <inheritdoc cref="op_Addition(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator +(NDArray<T> x, int y) => Binary<AddOp>.Call(x, WholeNumber(x, y));

    /// <inheritdoc cref="op_Addition(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator +(int x, NDArray<T> y) => Binary<AddOp>.Call(WholeNumber(y, x), y);
}

internal readonly struct AddOp : IBinaryOp
{
    public static string Name => "Add";

    public static double? NeutralX => -0.0;

    public static double? NeutralY => -0.0;

    public static IEnumerable<OpSample> Samples => [OpSample.Binary<AddOp>(OperandSpec.Real(-20, 20), OperandSpec.Real(-20, 20))];

    public static T Integer<T>(T x, T y) where T : unmanaged, IBinaryInteger<T> => unchecked(x + y);

    /// <summary>x + (−y) = x − y, in either order; x + (−0) = x, which is not so of 0.</summary>
    public static Node? Simplify(Node node, ReadOnlySpan<Node> operands) =>
        Simpler.OperandOf<NegateOp>(operands[1]) is { } y ? Simpler.Of<SubtractOp>(operands[0], y)
        : Simpler.OperandOf<NegateOp>(operands[0]) is { } x ? Simpler.Of<SubtractOp>(operands[1], x)
        : Simpler.Is(operands[1], -0.0) ? Simpler.Fits(operands[0], node)
        : Simpler.Is(operands[0], -0.0) ? Simpler.Fits(operands[1], node)
        : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => x + y;

    public V SlopeX<V>(V x, V y, V z) where V : struct, ILane<V> => V.Constant(1);

    public V SlopeY<V>(V x, V y, V z) where V : struct, ILane<V> => V.Constant(1);
}
