using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The error function, 2/√π · ∫₀ˣ e^(−t²) dt.</summary>
    /// <remarks>Max ULP: float 1.5, double 1.5, near zero too. Slope 2/√π · e^(−x²).</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Erf<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<ErfOp>.Call(x);
}

internal readonly struct ErfOp : IUnaryOp
{
    public static string Name => "Erf";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<ErfOp>(-4, 4) with { MaxUlp = (1.5, 1.5) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Erf(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.ErfDensity(x);
}
