using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>ln(1 + x), accurate near zero; −∞ at −1, NaN below.</summary>
    /// <remarks>Max ULP: float 1, double 1, near zero too. Slope 1 / (1 + x).</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> LogP1<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<LogP1Op>.Call(x);
}

internal readonly struct LogP1Op : IUnaryOp
{
    public static string Name => "LogP1";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<LogP1Op>(-1, 1e6) with { MaxUlp = (1.1, 1.1) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.LogP1(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 1 / (x + 1);
}
