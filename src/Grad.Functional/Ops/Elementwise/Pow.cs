using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>x to the power of a constant, elementwise; special cases as <see cref="Math.Pow"/> has them.</summary>
    /// <remarks>
    /// Max ULP: float 1, double 1; correctly rounded for the exponents 0, 1, 2, −1 and ½. Slope <c>exponent · x^(exponent − 1)</c>, which is 0 everywhere for exponent 0, at x = 0 too, and
    /// infinite at x = 0 for exponents between 0 and 1.
    /// </remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Pow<T>(NDArray<T> x, T exponent) where T : unmanaged, IFloatingPointIeee754<T> =>
        new Unary<PowOp>(new PowOp(double.CreateChecked(exponent))).On(x);

    /// <summary>x to the power of y, elementwise, with broadcasting; special cases as <see cref="Math.Pow"/> has them.</summary>
    /// <remarks>
    /// Max ULP: float 1, double 1. Slopes <c>y · x^(y − 1)</c> and <c>x^y · ln x</c>. At x = 0 the slope along x is 0 for y = 0 and infinite for
    /// other y below 1; the slope along y is 0 (PyTorch has −∞ for y below 0); the mixed second derivative is 0 both ways.
    /// For negative x the slope along y is NaN, for integral y too, as in PyTorch and JAX: beside such a y the power is no real number.
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<T> Pow<T>(NDArray<T> x, NDArray<T> y) where T : unmanaged, IFloatingPointIeee754<T> => Binary<PowerOp>.Call(x, y);
}

internal readonly struct PowOp(double exponent) : IUnaryOp
{
    public static string Name => "Pow";

    public static IEnumerable<OpSample> Samples =>
    [
        Sample(-20, 20, 0), Sample(-20, 20, 1), Sample(-20, 20, 2), Sample(-20, 20, 3), Sample(0.05, 20, -2), Sample(0, 20, 0.5), Sample(0.01, 20, 2.75),
    ];

    public string Attributes => exponent.ToString(CultureInfo.InvariantCulture);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

internal readonly struct PowerOp : IBinaryOp
{
    public static string Name => "Pow";

    public static IEnumerable<OpSample> Samples =>
        [OpSample.Binary<PowerOp>(OperandSpec.Real(0.01, 20), OperandSpec.Real(-5, 5)) with { MaxUlp = (1, 1) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Pow(x, y);

    public V SlopeX<V>(V x, V y, V z) where V : struct, ILane<V>
    {
        // At x = 0 and y up to 1 the power is infinite or 1, and only the sign of y matters: a constant there, so that the derivative along y
        // is zero.
        var zero = V.Constant(0);
        var isZero = V.Equal(x, zero);
        var sign = V.Select(V.LessThan(y, zero), V.Constant(-1), V.Constant(1));
        var factor = V.Select(V.And(isZero, V.LessThanOrEqual(y, V.Constant(1))), sign, y);
        return V.Select(V.Not(V.And(isZero, V.Equal(y, zero))), factor * V.Pow(x, y - 1), zero);
    }

    public V SlopeY<V>(V x, V y, V z) where V : struct, ILane<V> =>
        V.Select(V.Not(V.Equal(x, V.Constant(0))), z * V.Log(x), V.Constant(0));
}
