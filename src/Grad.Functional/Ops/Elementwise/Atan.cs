using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The angle from −π/2 to π/2 whose tangent is x; ±π/2 for ±∞.</summary>
    /// <remarks>Max ULP: float 2, double 2, near zero too. Slope 1 / (1 + x²).</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Atan<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<AtanOp>.Call(x);
}

internal readonly struct AtanOp : IUnaryOp
{
    public static string Name => "Atan";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<AtanOp>(-20, 20) with { MaxUlp = (2, 2) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Atan(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 1 / (1 + (x * x));
}
