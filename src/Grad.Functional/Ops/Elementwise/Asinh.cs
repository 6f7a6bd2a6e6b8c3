using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The inverse hyperbolic sine, accurate near zero.</summary>
    /// <remarks>Max ULP: float 2, double 2. Slope 1 / √(1 + x²).</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Asinh<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<AsinhOp>.Call(x);
}

internal readonly struct AsinhOp : IUnaryOp
{
    public static string Name => "Asinh";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<AsinhOp>(-30, 30) with { MaxUlp = (2, 2) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Asinh(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 1 / V.Hypot(x, V.Constant(1));
}
