using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The Gaussian error linear unit x·Φ(x), Φ the standard normal distribution function.</summary>
    /// <remarks>
    /// Max ULP: float 3.5, double 3.5, in the left tail too; −0 at −∞. Slope Φ(x) + x·φ(x), φ the density. This is the exact form, PyTorch's
    /// default; JAX's default is an approximation by tanh, which differs by up to 5·10⁻⁴.
    /// </remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Gelu<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<GeluOp>.Call(x);
}

internal readonly struct GeluOp : IUnaryOp
{
    public static string Name => "Gelu";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<GeluOp>(-10, 10) with { MaxUlp = (3.5, 3.5) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Gelu(x);

    // The density is zero far out, where the product with an infinite x would be NaN.
    public V Slope<V>(V x, V y) where V : struct, ILane<V> =>
        V.NormalCdf(x) + V.Select(V.LessThan(V.Abs(x), V.Constant(40)), x * V.NormalDensity(x), V.Constant(0));
}
