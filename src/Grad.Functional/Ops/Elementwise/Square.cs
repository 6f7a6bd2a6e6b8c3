using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>x².</summary>
    /// <remarks>Correctly rounded. Slope 2x.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Square<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<SquareOp>.Call(x);
}

internal readonly struct SquareOp : IUnaryOp
{
    public static string Name => "Square";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<SquareOp>(-20, 20)];

    /// <summary>(−x)² = |x|² = x².</summary>
    public static Node? Simplify(Node node, ReadOnlySpan<Node> operands) =>
        (Simpler.OperandOf<NegateOp>(operands[0]) ?? Simpler.OperandOf<AbsOp>(operands[0])) is { } x ? Simpler.Of<SquareOp>(x) : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => x * x;

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 2 * x;
}
