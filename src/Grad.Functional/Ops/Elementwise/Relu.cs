using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>max(x, 0); NaN stays NaN.</summary>
    /// <remarks>Exact. Slope 1 above zero, else 0; 0 at x = 0, as in PyTorch and JAX.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Relu<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<ReluOp>.Call(x);
}

internal readonly struct ReluOp : IUnaryOp
{
    public static string Name => "Relu";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<ReluOp>(-20, 20) with { Kink = x => x[0] }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Max(x, V.Constant(0));

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Select(V.LessThan(V.Constant(0), x), V.Constant(1), V.Constant(0));
}
