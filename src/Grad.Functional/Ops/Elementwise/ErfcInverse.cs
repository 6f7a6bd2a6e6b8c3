using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The inverse of the complementary error function; ±∞ at 0 and 2, NaN beyond.</summary>
    /// <remarks>
    /// Max ULP: float 3, double 3, down to the least subnormal.
    /// Slope −√π/2 · e^(y²) of the result y; infinite at 0 and 2, where its own slope is NaN.
    /// </remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> ErfcInverse<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<ErfcInverseOp>.Call(x);
}

internal readonly struct ErfcInverseOp : IUnaryOp
{
    public static string Name => "ErfcInverse";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<ErfcInverseOp>(0.01, 1.99) with { MaxUlp = (3, 3) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.ErfcInverse(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => -1 / V.ErfDensity(y);
}
