using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The angle from 0 to π whose cosine is x; NaN outside [−1, 1].</summary>
    /// <remarks>
    /// Max ULP: float 2, double 2, near 1 too. Slope −1 / √(1 − x²), accurate near ±1 too, where it is −∞, as in PyTorch and JAX.
    /// </remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Acos<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<AcosOp>.Call(x);
}

internal readonly struct AcosOp : IUnaryOp
{
    public static string Name => "Acos";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<AcosOp>(-1, 1) with { MaxUlp = (2, 2) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Acos(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => -1 / V.Sqrt(V.OneMinusSquare(x));
}
