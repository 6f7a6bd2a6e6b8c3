using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The nearest whole number to x, of two the even one.</summary>
    /// <remarks>Exact; zeros keep their sign. Slope 0 everywhere, at the steps too, as in PyTorch and JAX.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Round<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<RoundOp>.Call(x);
}

internal readonly struct RoundOp : IUnaryOp
{
    public static string Name => "Round";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<RoundOp>(-20, 20) with { Kink = x => double.CosPi(x[0]) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Round(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Constant(0);
}
