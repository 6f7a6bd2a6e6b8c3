using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>x rounded toward zero.</summary>
    /// <remarks>Exact. Slope 0 everywhere, at the steps too, as in PyTorch and JAX.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Truncate<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<TruncateOp>.Call(x);
}

internal readonly struct TruncateOp : IUnaryOp
{
    public static string Name => "Truncate";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<TruncateOp>(-20, 20) with { Kink = x => double.SinPi(x[0]) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Truncate(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Constant(0);
}
