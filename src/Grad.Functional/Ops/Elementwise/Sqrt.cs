using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>√x, NaN for x below zero.</summary>
    /// <remarks>Correctly rounded. Slope 1 / (2√x); +∞ at x = 0, as in PyTorch and JAX.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Sqrt<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<SqrtOp>.Call(x);
}

internal readonly struct SqrtOp : IUnaryOp
{
    public static string Name => "Sqrt";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<SqrtOp>(0, 1e6)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Sqrt(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 0.5 / y;
}
