using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>1 / √x, NaN for x below zero; ±∞ at ±0.</summary>
    /// <remarks>Max ULP: float 1.5, double 1.5. Slope −1 / (2x√x); −∞ at x = 0.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> ReciprocalSqrt<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<ReciprocalSqrtOp>.Call(x);
}

internal readonly struct ReciprocalSqrtOp : IUnaryOp
{
    public static string Name => "ReciprocalSqrt";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<ReciprocalSqrtOp>(0.01, 100) with { MaxUlp = (1.5, 1.5) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.ReciprocalSqrt(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => -0.5 * y / x;
}
