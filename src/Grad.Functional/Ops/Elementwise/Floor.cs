using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The greatest whole number that is at most x.</summary>
    /// <remarks>Exact; zeros keep their sign. Slope 0 everywhere, at the steps too, as in PyTorch and JAX.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Floor<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<FloorOp>.Call(x);
}

internal readonly struct FloorOp : IUnaryOp
{
    public static string Name => "Floor";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<FloorOp>(-20, 20) with { Kink = x => double.SinPi(x[0]) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Floor(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Constant(0);
}
