using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The hyperbolic tangent.</summary>
    /// <remarks>Max ULP: float 1.7, double 1.7, near zero too. Slope 1 − tanh² x, whose error is relative to 1 for large |x|, as in PyTorch and JAX.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Tanh<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<TanhOp>.Call(x);
}

internal readonly struct TanhOp : IUnaryOp
{
    public static string Name => "Tanh";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<TanhOp>(-15, 15) with { MaxUlp = (1.7, 1.7) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Tanh(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 1 - (y * y);
}
