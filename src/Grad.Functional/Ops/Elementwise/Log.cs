using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The natural logarithm; −∞ at 0, NaN below.</summary>
    /// <remarks>Max ULP: float 1, double 1. Slope 1/x.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Log<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<LogOp>.Call(x);
}

internal readonly struct LogOp : IUnaryOp
{
    public static string Name => "Log";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<LogOp>(0, 1e6) with { MaxUlp = (1, 1) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Log(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 1 / x;
}
