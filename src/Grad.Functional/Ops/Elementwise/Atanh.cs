using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The inverse hyperbolic tangent, accurate near zero; ±∞ at ±1, NaN beyond.</summary>
    /// <remarks>Max ULP: float 2, double 2. Slope 1 / (1 − x²).</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Atanh<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<AtanhOp>.Call(x);
}

internal readonly struct AtanhOp : IUnaryOp
{
    public static string Name => "Atanh";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<AtanhOp>(-1, 1) with { MaxUlp = (2, 2) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Atanh(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 1 / V.OneMinusSquare(x);
}
