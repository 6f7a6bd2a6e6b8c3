using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public sealed partial class NDArray<T>
{
    /// <summary>−x, of zeros and NaN too; whole numbers wrap. Slope −1.</summary>
    public static NDArray<T> operator -(NDArray<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.IsDifferentiable ? Unary<NegateOp>.Call(x) : Binary<SubtractOp>.Call((NDArray<T>)x.Constant(0), x);
    }

    /// <summary>The array itself.</summary>
    public static NDArray<T> operator +(NDArray<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x;
    }
}

internal readonly struct NegateOp : IUnaryOp
{
    public static string Name => "Negate";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<NegateOp>(-20, 20)];

    /// <summary>−(−x) = x.</summary>
    public static Node? Simplify(Node node, ReadOnlySpan<Node> operands) => Simpler.OperandOf<NegateOp>(operands[0]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => -x;

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Constant(-1);
}
