using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The inverse hyperbolic cosine, accurate near one; NaN for x below one.</summary>
    /// <remarks>Max ULP: float 2, double 2. Slope 1 / √(x² − 1); +∞ at x = 1.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Acosh<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<AcoshOp>.Call(x);
}

internal readonly struct AcoshOp : IUnaryOp
{
    public static string Name => "Acosh";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<AcoshOp>(1, 30) with { MaxUlp = (2.3, 2.3) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Acosh(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 1 / (V.Sqrt(x - 1) * V.Sqrt(x + 1));
}
