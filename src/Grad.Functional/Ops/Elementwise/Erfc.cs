using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The complementary error function, 2/√π · ∫ₓ^∞ e^(−t²) dt.</summary>
    /// <remarks>Max ULP: float 2, double 2, in the right tail too, down to the subnormals. Slope −2/√π · e^(−x²).</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Erfc<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<ErfcOp>.Call(x);
}

internal readonly struct ErfcOp : IUnaryOp
{
    public static string Name => "Erfc";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<ErfcOp>(-5, 8) with { MaxUlp = (2, 2) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Erfc(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => -V.ErfDensity(x);
}
