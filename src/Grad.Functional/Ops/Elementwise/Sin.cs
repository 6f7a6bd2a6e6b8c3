using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The sine of x radians; NaN for ±∞.</summary>
    /// <remarks>Max ULP: float 1.7, double 2, for arguments of any size. Slope cos x.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Sin<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<SinOp>.Call(x);
}

internal readonly struct SinOp : IUnaryOp
{
    public static string Name => "Sin";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<SinOp>(-30, 30) with { MaxUlp = (1.7, 2) }];

    public static PairKernel? KernelWith<T>(Op other) where T : unmanaged => other is Unary<CosOp> ? new PairKernel<SinCosPair, T>() : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Sin(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Cos(x);
}
