using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The inverse of the error function; infinite at ±1, NaN beyond.</summary>
    /// <remarks>Max ULP: float 3, double 3, near zero too. Slope √π/2 · e^(y²) of the result y; infinite at ±1, where its own slope is NaN.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> ErfInverse<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<ErfInverseOp>.Call(x);
}

internal readonly struct ErfInverseOp : IUnaryOp
{
    public static string Name => "ErfInverse";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<ErfInverseOp>(-0.99, 0.99) with { MaxUlp = (3, 3) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.ErfInverse(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 1 / V.ErfDensity(y);
}
