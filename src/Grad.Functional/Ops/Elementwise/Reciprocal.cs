using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>1 / x.</summary>
    /// <remarks>Correctly rounded; ±∞ at ±0. Slope −1/x².</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Reciprocal<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<ReciprocalOp>.Call(x);
}

internal readonly struct ReciprocalOp : IUnaryOp
{
    public static string Name => "Reciprocal";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<ReciprocalOp>(0.01, 100)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => 1 / x;

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => -(y * y);
}
