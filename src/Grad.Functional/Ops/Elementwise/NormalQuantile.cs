using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The quantile of the standard normal, the inverse of its distribution function; ∓∞ at 0 and 1, NaN beyond.</summary>
    /// <remarks>
    /// Max ULP: float 3, double 3, down to the least subnormal.
    /// Slope √(2π) · e^(y²/2) of the result y; infinite at 0 and 1, where its own slope is NaN.
    /// </remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> NormalQuantile<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<NormalQuantileOp>.Call(x);
}

internal readonly struct NormalQuantileOp : IUnaryOp
{
    public static string Name => "NormalQuantile";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<NormalQuantileOp>(0.005, 0.995) with { MaxUlp = (3, 3) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.NormalQuantile(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 1 / V.NormalDensity(y);
}
