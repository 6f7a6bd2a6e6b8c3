using System.Globalization;
using System.Numerics;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>x to the power of a constant, elementwise; special cases as <see cref="Math.Pow"/> has them.</summary>
    /// <remarks>
    /// Max ULP: float 1, double 1. Slope <c>exponent · x^(exponent − 1)</c>, which is 0 everywhere for exponent 0, at x = 0 too, and
    /// infinite at x = 0 for exponents between 0 and 1.
    /// </remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Pow<T>(NDArray<T> x, T exponent) where T : unmanaged, IFloatingPointIeee754<T> =>
        new Unary<PowOp>(new PowOp(double.CreateChecked(exponent))).On(x);
}

internal readonly struct PowOp(double exponent) : IUnaryOp
{
    public static string Name => "Pow";

    public static IEnumerable<OpSample> Samples =>
    [
        Sample(-20, 20, 0), Sample(-20, 20, 1), Sample(-20, 20, 2), Sample(-20, 20, 3), Sample(0.05, 20, -2), Sample(0, 20, 0.5), Sample(0.01, 20, 2.75),
    ];

    public string Attributes => exponent.ToString(CultureInfo.InvariantCulture);

    public V Eval<V>(V x) where V : struct, ILane<V> => V.Pow(x, exponent);

    // The exponent is part of the op, so the rule may look at it.
    public V Slope<V>(V x, V y) where V : struct, ILane<V> => exponent switch
    {
        0 => V.Constant(0),
        1 => V.Constant(1),
        2 => 2 * x,
        _ => exponent * V.Pow(x, exponent - 1),
    };

    private static OpSample Sample(double low, double high, double exponent) =>
        OpSample.Unary(low, high, new PowOp(exponent)) with { MaxUlp = (1, 1) };
}
