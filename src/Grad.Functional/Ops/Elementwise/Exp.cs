using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>e to the x.</summary>
    /// <remarks>Max ULP: float 1.15, double 1.15. Overflows to +∞, underflows through the subnormals to 0. Slope eˣ.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Exp<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<ExpOp>.Call(x);
}

internal readonly struct ExpOp : IUnaryOp
{
    public static string Name => "Exp";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<ExpOp>(-30, 30) with { MaxUlp = (1.15, 1.15) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Exp(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => y;
}
