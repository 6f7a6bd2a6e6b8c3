using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public sealed partial class NDArray<T>
{
    /// <summary>x − y, elementwise, with broadcasting; whole numbers wrap.</summary>
    /// <remarks>Correctly rounded. Slopes 1 and −1.</remarks>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<T> operator -(NDArray<T> x, NDArray<T> y) => Binary<SubtractOp>.Call(x, y);

    /// <inheritdoc cref="op_Subtraction(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator -(NDArray<T> x, T y) => Binary<SubtractOp>.Call(x, Number(y));

    /// <inheritdoc cref="op_Subtraction(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator -(T x, NDArray<T> y) => Binary<SubtractOp>.Call(Number(x), y);

    /// <inheritdoc cref="op_Subtraction(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator -(NDArray<T> x, int y) => Binary<SubtractOp>.Call(x, WholeNumber(x, y));

    /// <inheritdoc cref="op_Subtraction(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator -(int x, NDArray<T> y) => Binary<SubtractOp>.Call(WholeNumber(y, x), y);
}

internal readonly struct SubtractOp : IBinaryOp
{
    public static string Name => "Subtract";

    public static double? NeutralY => 0;

    public static IEnumerable<OpSample> Samples => [OpSample.Binary<SubtractOp>(OperandSpec.Real(-20, 20), OperandSpec.Real(-20, 20))];

    public static T Integer<T>(T x, T y) where T : unmanaged, IBinaryInteger<T> => unchecked(x - y);

    /// <summary>x − (−y) = x + y; x − 0 = x.</summary>
    public static Node? Simplify(Node node, ReadOnlySpan<Node> operands) =>
        Simpler.OperandOf<NegateOp>(operands[1]) is { } y ? Simpler.Of<AddOp>(operands[0], y)
        : Simpler.Is(operands[1], 0) ? Simpler.Fits(operands[0], node)
        : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => x - y;

    public V SlopeX<V>(V x, V y, V z) where V : struct, ILane<V> => V.Constant(1);

    public V SlopeY<V>(V x, V y, V z) where V : struct, ILane<V> => V.Constant(-1);
}
