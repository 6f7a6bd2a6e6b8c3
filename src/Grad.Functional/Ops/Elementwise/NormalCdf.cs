using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The distribution function of the standard normal, Φ(x) = 1/√(2π) · ∫₋∞^x e^(−t²/2) dt.</summary>
    /// <remarks>Max ULP: float 2, double 2, in the left tail too, down to the subnormals. Slope φ(x) = e^(−x²/2)/√(2π).</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> NormalCdf<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<NormalCdfOp>.Call(x);
}

internal readonly struct NormalCdfOp : IUnaryOp
{
    public static string Name => "NormalCdf";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<NormalCdfOp>(-10, 8) with { MaxUlp = (2, 2) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.NormalCdf(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.NormalDensity(x);
}
