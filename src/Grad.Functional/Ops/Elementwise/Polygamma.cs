using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The derivative of <see cref="Digamma"/> of an order, which is itself for order 0 and trigamma for order 1.</summary>
    /// <remarks>
    /// Max ULP: float 4, double 4 for order 1, 1.5 more for each order beyond; for negative x and even orders in units of the larger of the result
    /// and the factorial of the order. Slope the polygamma function of the next order. At the poles, 0 and the negative integers, +∞ for odd orders; for even ones ∓∞
    /// at ±0 and NaN at negative integers.
    /// </remarks>
    /// <param name="order">The order, from 0 to 170.</param>
    /// <param name="x">The arguments.</param>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative or above 170.</exception>
    public static NDArray<T> Polygamma<T>(int order, NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (order is < 0 or > PolygammaOp.MaxOrder)
        {
            throw new ArgumentOutOfRangeException(
                nameof(order), order, $"Polygamma needs an order from 0 to {PolygammaOp.MaxOrder}, but got {order}. The factorial of a greater one overflows.");
        }

        return order == 0 ? Digamma(x) : new Unary<PolygammaOp>(new PolygammaOp(order)).On(x);
    }
}

internal readonly struct PolygammaOp(int order) : IUnaryOp
{
    /// <summary>The greatest order that there is.</summary>
    public const int MaxOrder = 170;

    public static string Name => "Polygamma";

    public static IEnumerable<OpSample> Samples => [Sample(1), Sample(2), Sample(3), Sample(6)];

    public string Attributes => order.ToString(CultureInfo.InvariantCulture);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Polygamma(x, order);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Polygamma(x, order + 1);

    private static OpSample Sample(int order) => OpSample.Unary(0.5, 20, new PolygammaOp(order)) with
    {
        MaxUlp = (2.5 + 1.5 * order, 2.5 + 1.5 * order),
        Scale = x => x[0] < 0 && order % 2 == 0 ? Enumerable.Range(1, order).Aggregate(1.0, (product, k) => product * k) : 0,
    };
}
