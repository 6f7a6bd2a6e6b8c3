using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public sealed partial class NDArray<T>
{
    /// <summary>x / y, elementwise, with broadcasting; whole numbers truncate, and throw on division by zero.</summary>
    /// <remarks>
    /// Correctly rounded. Slopes 1/y and −x/y², as −(x/y)·(1/y): where 1/y overflows (|y| below 2⁻¹⁰²⁴, float 2⁻¹²⁸: subnormal) both are infinite, and the second
    /// is NaN at x = 0.
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<T> operator /(NDArray<T> x, NDArray<T> y) => Binary<DivideOp>.Call(x, y);

    /// <inheritdoc cref="op_Division(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator /(NDArray<T> x, T y) => Binary<DivideOp>.Call(x, Number(y));

    /// <inheritdoc cref="op_Division(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator /(T x, NDArray<T> y) => Binary<DivideOp>.Call(Number(x), y);

    /// <inheritdoc cref="op_Division(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator /(NDArray<T> x, int y) => Binary<DivideOp>.Call(x, WholeNumber(x, y));

    /// <inheritdoc cref="op_Division(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator /(int x, NDArray<T> y) => Binary<DivideOp>.Call(WholeNumber(y, x), y);
}

internal readonly struct DivideOp : IBinaryOp
{
    public static string Name => "Divide";

    public static double? NeutralY => 1;

    public static IEnumerable<OpSample> Samples => [OpSample.Binary<DivideOp>(OperandSpec.Real(-20, 20), OperandSpec.Real(0.05, 20))];

    public static T Integer<T>(T x, T y) where T : unmanaged, IBinaryInteger<T> => x / y;

    /// <summary>x/1 = x; (−x)/(−y) = x/y.</summary>
    public static Node? Simplify(Node node, ReadOnlySpan<Node> operands) =>
        Simpler.Is(operands[1], 1) ? Simpler.Fits(operands[0], node)
        : Simpler.OperandOf<NegateOp>(operands[0]) is { } x && Simpler.OperandOf<NegateOp>(operands[1]) is { } y ? Simpler.Of<DivideOp>(x, y)
        : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => x / y;

    public V SlopeX<V>(V x, V y, V z) where V : struct, ILane<V> => 1 / y;

    // The reciprocal is that of the other slope: one division for both.
    public V SlopeY<V>(V x, V y, V z) where V : struct, ILane<V> => -(z * (1 / y));
}
