using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The least whole number that is at least x.</summary>
    /// <remarks>Exact; zeros keep their sign. Slope 0 everywhere, at the steps too, as in PyTorch and JAX.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Ceiling<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<CeilingOp>.Call(x);
}

internal readonly struct CeilingOp : IUnaryOp
{
    public static string Name => "Ceiling";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<CeilingOp>(-20, 20) with { Kink = x => double.SinPi(x[0]) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Ceiling(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Constant(0);
}
