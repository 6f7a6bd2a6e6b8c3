using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>eˣ − 1, accurate near zero.</summary>
    /// <remarks>Max ULP: float 1.3, double 1.7, near zero too. Slope eˣ, to full relative accuracy.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> ExpM1<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<ExpM1Op>.Call(x);
}

internal readonly struct ExpM1Op : IUnaryOp
{
    public static string Name => "ExpM1";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<ExpM1Op>(-30, 30) with { MaxUlp = (1.3, 1.7) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.ExpM1(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Exp(x);
}
