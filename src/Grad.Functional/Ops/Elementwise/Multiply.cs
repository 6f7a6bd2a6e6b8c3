using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public sealed partial class NDArray<T>
{
    /// <summary>x · y, elementwise, with broadcasting; whole numbers wrap.</summary>
    /// <remarks>Correctly rounded. Slopes y and x.</remarks>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<T> operator *(NDArray<T> x, NDArray<T> y) => Binary<MultiplyOp>.Call(x, y);

    /// <inheritdoc cref="op_Multiply(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator *(NDArray<T> x, T y) => Binary<MultiplyOp>.Call(x, Number(y));

    /// <inheritdoc cref="op_Multiply(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator *(T x, NDArray<T> y) => Binary<MultiplyOp>.Call(Number(x), y);

    /// <inheritdoc cref="op_Multiply(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator *(NDArray<T> x, int y) => Binary<MultiplyOp>.Call(x, WholeNumber(x, y));

    /// <inheritdoc cref="op_Multiply(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator *(int x, NDArray<T> y) => Binary<MultiplyOp>.Call(WholeNumber(y, x), y);
}

internal readonly struct MultiplyOp : IBinaryOp
{
    public static string Name => "Multiply";

    public static double? NeutralX => 1;

    public static double? NeutralY => 1;

    public static IEnumerable<OpSample> Samples => [OpSample.Binary<MultiplyOp>(OperandSpec.Real(-20, 20), OperandSpec.Real(-20, 20))];

    public static T Integer<T>(T x, T y) where T : unmanaged, IBinaryInteger<T> => unchecked(x * y);

    /// <summary>
    /// 1·x = x; (−1)·x = −x; (−x)·(−y) = x·y; x·x = x², which has one operand to read; (−x)·y = −(x·y), whose sign sums can take up.
    /// </summary>
    public static Node? Simplify(Node node, ReadOnlySpan<Node> operands)
    {
        var (x, y) = (operands[0], operands[1]);
        return Simpler.OperandOf<NegateOp>(x) is { } minusX && Simpler.OperandOf<NegateOp>(y) is { } minusY ? Simpler.Of<MultiplyOp>(minusX, minusY)
            : Simpler.Is(x, 1) ? Simpler.Fits(y, node)
            : Simpler.Is(y, 1) ? Simpler.Fits(x, node)
            : !node.IsDifferentiable ? null
            : Simpler.Is(x, -1) && Simpler.Fits(y, node) is not null ? Simpler.Of<NegateOp>(y)
            : Simpler.Is(y, -1) && Simpler.Fits(x, node) is not null ? Simpler.Of<NegateOp>(x)
            : ReferenceEquals(x, y) && Simpler.Fits(x, node) is not null ? Simpler.Of<SquareOp>(x)
            : Simpler.OperandOf<NegateOp>(x) is { } minus ? Simpler.Of<NegateOp>(Simpler.Of<MultiplyOp>(minus, y))
            : Simpler.OperandOf<NegateOp>(y) is { } other ? Simpler.Of<NegateOp>(Simpler.Of<MultiplyOp>(x, other))
            : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => x * y;

    public V SlopeX<V>(V x, V y, V z) where V : struct, ILane<V> => y;

    public V SlopeY<V>(V x, V y, V z) where V : struct, ILane<V> => x;
}
