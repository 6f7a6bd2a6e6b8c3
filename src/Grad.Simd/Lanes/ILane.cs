namespace Grad.Simd;

/// <summary>
/// The algebra of a lane: what a numeric body may say, whatever stands behind it. A body written once over <c>V</c> is the
/// 512-, 256- and 128-bit kernel and the scalar tail when <c>V</c> is a hardware vector, the second opinion on a slope when it is a
/// dual number, the reference when it is double-double, and a piece of graph when it is a graph lane.
/// </summary>
/// <remarks>
/// Bodies are straight-line: no branches on values, <see cref="Select"/> instead. A mask is a lane value too: it is made by the
/// comparisons and only ever consumed by <see cref="And"/>, <see cref="Or"/>, <see cref="Not"/> and <see cref="Select"/>.
/// Constants are given as <see cref="double"/> and rounded once to the element type.
/// </remarks>
/// <typeparam name="V">The lane type itself.</typeparam>
public interface ILane<V> where V : struct, ILane<V>
{
    /// <summary>The constant <paramref name="value"/>, rounded to the element type, in every element.</summary>
    static abstract V Constant(double value);

    /// <summary>Sum.</summary>
    static abstract V operator +(V x, V y);
    /// <summary>Difference.</summary>
    static abstract V operator -(V x, V y);
    /// <summary>Product.</summary>
    static abstract V operator *(V x, V y);
    /// <summary>Quotient.</summary>
    static abstract V operator /(V x, V y);
    /// <summary>Sign flipped, of zeros and NaN too.</summary>
    static abstract V operator -(V x);

    /// <summary>Sum with a constant.</summary>
    static abstract V operator +(V x, double y);
    /// <summary>Difference to a constant.</summary>
    static abstract V operator -(V x, double y);
    /// <summary>Product with a constant.</summary>
    static abstract V operator *(V x, double y);
    /// <summary>Quotient by a constant.</summary>
    static abstract V operator /(V x, double y);
    /// <summary>Sum with a constant.</summary>
    static abstract V operator +(double x, V y);
    /// <summary>Difference from a constant.</summary>
    static abstract V operator -(double x, V y);
    /// <summary>Product with a constant.</summary>
    static abstract V operator *(double x, V y);
    /// <summary>Quotient of a constant.</summary>
    static abstract V operator /(double x, V y);

    /// <summary><c>x·y + z</c>: one rounding where the hardware has a fused multiply-add, two where it has none.</summary>
    static abstract V MultiplyAdd(V x, V y, V z);
    /// <summary><c>x·y + z</c> with a constant addend, rounded as <see cref="MultiplyAdd(V, V, V)"/> is.</summary>
    static virtual V MultiplyAdd(V x, V y, double z) => V.MultiplyAdd(x, y, V.Constant(z));
    /// <summary><c>x·y + z</c> with a constant factor, rounded as <see cref="MultiplyAdd(V, V, V)"/> is.</summary>
    static virtual V MultiplyAdd(V x, double y, V z) => V.MultiplyAdd(x, V.Constant(y), z);
    /// <summary><c>x·y + z</c> with a constant factor and addend, rounded as <see cref="MultiplyAdd(V, V, V)"/> is.</summary>
    static virtual V MultiplyAdd(double x, V y, double z) => V.MultiplyAdd(V.Constant(x), y, V.Constant(z));
    /// <summary><c>c0 + c1·x + c2·x² + c3·x³</c>, given the square, by multiply-adds of two pairs.</summary>
    static virtual V Cubic(V x, V square, double c0, double c1, double c2, double c3) =>
        V.MultiplyAdd(square, V.MultiplyAdd(c3, x, c2), V.MultiplyAdd(c1, x, c0));
    /// <summary>
    /// Four steps of Horner's scheme, <c>(((p·x + k3)·x + k2)·x + k1)·x + k0</c>, by multiply-adds: the k are the c where the key is less than the limit, else the d.
    /// Little is alive at a time, so that four vectors side by side need not leave the registers.
    /// </summary>
    static virtual V Horner(
        V key, double limit, V p, V x, double c3, double c2, double c1, double c0, double d3, double d2, double d1, double d0)
    {
        p = V.MultiplyAdd(V.MultiplyAdd(p, x, V.Below(key, limit, c3, d3)), x, V.Below(key, limit, c2, d2));
        return V.MultiplyAdd(V.MultiplyAdd(p, x, V.Below(key, limit, c1, d1)), x, V.Below(key, limit, c0, d0));
    }
    /// <summary>Four steps of Horner's scheme, <c>(((p·x + c3)·x + c2)·x + c1)·x + c0</c>, by multiply-adds.</summary>
    static virtual V Horner(V p, V x, double c3, double c2, double c1, double c0) =>
        V.MultiplyAdd(V.MultiplyAdd(V.MultiplyAdd(V.MultiplyAdd(p, x, c3), x, c2), x, c1), x, c0);
    /// <summary>
    /// <paramref name="x"/> where the key is less than the limit, else <paramref name="y"/>. Asked again and again, the comparison is done once; its mask stays where
    /// masks are cheapest, which one that is named does not.
    /// </summary>
    static virtual V Below(V key, double limit, V x, V y) => V.Select(V.LessThan(key, V.Constant(limit)), x, y);
    /// <summary>One constant where the key is less than the limit, else the other.</summary>
    static virtual V Below(V key, double limit, double x, double y) => V.Below(key, limit, V.Constant(x), V.Constant(y));
    /// <summary><c>x·y + z</c> with one rounding, always; slow where the hardware has no fused multiply-add.</summary>
    static abstract V FusedMultiplyAdd(V x, V y, V z);

    /// <summary>The lesser, as IEEE 754-2019 <c>minimum</c>: NaN if either is NaN, and −0 below +0.</summary>
    static abstract V Min(V x, V y);
    /// <summary>The greater, as IEEE 754-2019 <c>maximum</c>: NaN if either is NaN, and −0 below +0.</summary>
    static abstract V Max(V x, V y);
    /// <summary>Sign cleared.</summary>
    static abstract V Abs(V x);
    /// <summary>Square root, correctly rounded.</summary>
    static abstract V Sqrt(V x);
    /// <summary>Rounded toward zero; the sign of zero is kept.</summary>
    static abstract V Truncate(V x);
    /// <summary>The remainder of the truncated division, exact, with the sign of <paramref name="x"/> (C's fmod).</summary>
    static abstract V Remainder(V x, V y);

    /// <summary>Mask of the elements where x is less than y; false for NaN.</summary>
    static abstract V LessThan(V x, V y);
    /// <summary>Mask of the elements where x is at most y; false for NaN.</summary>
    static abstract V LessThanOrEqual(V x, V y);
    /// <summary>Mask of the elements where x equals y; false for NaN, true for −0 and +0.</summary>
    static abstract V Equal(V x, V y);
    /// <summary>Both masks.</summary>
    static abstract V And(V x, V y);
    /// <summary>Either mask.</summary>
    static abstract V Or(V x, V y);
    /// <summary>The mask inverted.</summary>
    static abstract V Not(V x);
    /// <summary><paramref name="x"/> where the mask holds, else <paramref name="y"/>; the other leaves no trace, NaN included.</summary>
    static abstract V Select(V mask, V x, V y);

    /// <summary>e to the x.</summary>
    static abstract V Exp(V x);
    /// <summary>e to the x, less one; full relative accuracy near zero.</summary>
    static abstract V ExpM1(V x);
    /// <summary>Natural logarithm.</summary>
    static abstract V Log(V x);
    /// <summary>Natural logarithm of one plus x; full relative accuracy near zero.</summary>
    static abstract V LogP1(V x);
    /// <summary>Sine of x radians, any size of x.</summary>
    static abstract V Sin(V x);
    /// <summary>Cosine of x radians, any size of x.</summary>
    static abstract V Cos(V x);
    /// <summary>Tangent of x radians, any size of x.</summary>
    static abstract V Tan(V x);
    /// <summary>Inverse sine, from −π/2 to π/2; NaN outside [−1, 1].</summary>
    static abstract V Asin(V x);
    /// <summary>Inverse cosine, from 0 to π; NaN outside [−1, 1].</summary>
    static abstract V Acos(V x);
    /// <summary>Inverse tangent, from −π/2 to π/2.</summary>
    static abstract V Atan(V x);
    /// <summary>The angle of the point (x, y), from −π to π; special cases as <see cref="System.Math.Atan2"/>.</summary>
    static abstract V Atan2(V y, V x);
    /// <summary>√(x² + y²), without overflow and underflow on the way; infinite if either is, beside NaN too.</summary>
    static abstract V Hypot(V x, V y);
    /// <summary>1 − x² with full relative accuracy near ±1.</summary>
    static virtual V OneMinusSquare(V x) => (1 - x) * (1 + x);
    /// <summary>Complementary error function; full relative accuracy in its right tail.</summary>
    static abstract V Erfc(V x);
    /// <summary>Error function; full relative accuracy near zero.</summary>
    static virtual V Erf(V x)
    {
        // Where the tail would cancel, the first terms of the series.
        var a = V.Abs(x);
        var square = a * a;
        var factor = 1 - square / 3 + square * square / 10;
        var near = V.MultiplyAdd(a, 1.1283791670955126, a * 1.533545961316588e-17) * factor;
        var y = V.Select(V.LessThan(a, V.Constant(1e-5)), near, 1 - V.Erfc(a));
        return V.Select(V.Equal(x, V.Constant(0)), 1.1283791670955126 * x, V.Select(V.LessThan(x, V.Constant(0)), -y, y));
    }
    /// <summary>1/√x.</summary>
    static virtual V ReciprocalSqrt(V x) => 1 / V.Sqrt(x);
    /// <summary>Distribution function of the standard normal; full relative accuracy in its left tail.</summary>
    static abstract V NormalCdf(V x);
    /// <summary>Density of the standard normal, e to the −x²/2 over √(2π).</summary>
    static virtual V NormalDensity(V x) => 0.3989422804014327 * V.Exp(-0.5 * (x * x));
    /// <summary>The slope of the error function, 2/√π times e to the −x².</summary>
    static virtual V ErfDensity(V x) => 1.1283791670955126 * V.Exp(-(x * x));
    /// <summary>x times <see cref="NormalCdf"/>; −0 at −∞.</summary>
    static virtual V Gelu(V x) => V.Max(x, V.Constant(-40)) * V.NormalCdf(x);
    /// <summary>x/(x² + y²), the real part of 1/(x + iy); 0 at the origin.</summary>
    static virtual V ReciprocalReal(V x, V y)
    {
        var length = V.Hypot(x, y);
        return V.Select(V.Equal(length, V.Constant(0)), V.Constant(0), x / length / length);
    }
    /// <summary>Hyperbolic tangent; full relative accuracy near zero.</summary>
    static abstract V Tanh(V x);
    /// <summary>1 / (1 + e to the −x), by a form in which neither tail overflows or loses its relative accuracy.</summary>
    static virtual V Sigmoid(V x)
    {
        var negative = V.LessThan(x, V.Constant(0));
        var e = V.Exp(V.Select(negative, x, -x));
        return V.Select(negative, e, V.Constant(1)) / (1 + e);
    }
    /// <summary>x to the power of a constant, special cases as <see cref="System.Math.Pow"/>.</summary>
    static abstract V Pow(V x, double exponent);
    /// <summary>x to the power of y, special cases as <see cref="System.Math.Pow"/>.</summary>
    static abstract V Pow(V x, V y);

    // The constants of the defaults are in two parts, for lanes of more than double precision.

    /// <summary>2 to the x.</summary>
    static virtual V Exp2(V x) => V.Exp(V.MultiplyAdd(x, 0.6931471805599453, x * 2.3190468138462996e-17));
    /// <summary>Logarithm to base 2.</summary>
    static virtual V Log2(V x)
    {
        var log = V.Log(x);
        return V.MultiplyAdd(log, 1.4426950408889634, log * 2.0355273740931033e-17);
    }
    /// <summary>Logarithm to base 10.</summary>
    static virtual V Log10(V x)
    {
        var log = V.Log(x);
        return V.MultiplyAdd(log, 0.4342944819032518, log * 1.098319650216765e-17);
    }
    /// <summary>Cube root, of negative numbers too; zeros keep their sign.</summary>
    static virtual V Cbrt(V x)
    {
        var zero = V.Constant(0);
        var root = V.Exp(V.Log(V.Abs(x)) / 3);
        return V.Select(V.And(V.LessThan(zero, root), V.LessThan(root, V.Constant(double.PositiveInfinity))),
            V.Select(V.LessThan(x, zero), -root, root), x);
    }
    /// <summary>Hyperbolic sine; full relative accuracy near zero, no overflow before the result's.</summary>
    static virtual V Sinh(V x)
    {
        var (growing, falling) = (V.Exp(0.5 * x), V.Exp(-0.5 * x));
        var large = 0.5 * growing * growing - 0.5 * falling * falling;
        var y = V.Select(V.LessThan(V.Abs(x), V.Constant(20)), 0.5 * (V.ExpM1(x) - V.ExpM1(-x)), large);
        return V.Select(V.Equal(x, V.Constant(0)), x, y);
    }
    /// <summary>Inverse hyperbolic sine; full relative accuracy near zero.</summary>
    static virtual V Asinh(V x)
    {
        var a = V.Abs(x);
        var limited = V.Min(a, V.Constant(1e20));
        var square = limited * limited;
        var far = V.Log(a) + 2.3190468138462996e-17 + 0.6931471805599453;
        var y = V.Select(V.LessThan(a, V.Constant(1e19)), V.LogP1(limited + square / (1 + V.Sqrt(square + 1))), far);
        return V.Select(V.Equal(x, V.Constant(0)), x, V.Select(V.LessThan(x, V.Constant(0)), -y, y));
    }
    /// <summary>Inverse hyperbolic cosine, NaN below 1; full relative accuracy near 1.</summary>
    static virtual V Acosh(V x)
    {
        var t = V.Min(x, V.Constant(1e20)) - 1;
        var far = V.Log(x) + 2.3190468138462996e-17 + 0.6931471805599453;
        return V.Select(V.LessThan(V.Constant(1e19), x), far, V.LogP1(t + V.Sqrt(t) * V.Sqrt(t + 2)));
    }
    /// <summary>Inverse hyperbolic tangent, infinite at ±1 and NaN beyond; full relative accuracy near zero.</summary>
    static virtual V Atanh(V x)
    {
        var a = V.Abs(x);
        var y = 0.5 * V.LogP1(2 * a / (1 - a));
        return V.Select(V.Equal(x, V.Constant(0)), x, V.Select(V.LessThan(x, V.Constant(0)), -y, y));
    }
    /// <summary>Hyperbolic cosine; no overflow before the result's.</summary>
    static virtual V Cosh(V x)
    {
        var (growing, falling) = (V.Exp(0.5 * x), V.Exp(-0.5 * x));
        return 0.5 * growing * growing + 0.5 * falling * falling;
    }
    /// <summary>Logarithm of the magnitude of the gamma function; infinite at 0 and at negative integers.</summary>
    static abstract V LogGamma(V x);
    /// <summary>The logarithmic derivative of the gamma function; ∓∞ at ±0, NaN at negative integers.</summary>
    static abstract V Digamma(V x);
    /// <summary>The derivative of <see cref="Digamma"/> of an order from 1 on.</summary>
    static abstract V Polygamma(V x, int order);
    /// <summary>Logarithm of the distribution function of the standard normal; full relative accuracy in both tails.</summary>
    static abstract V NormalLogCdf(V x);
    /// <summary>The slope of <see cref="NormalLogCdf"/>, density over distribution function; about −x far left of zero.</summary>
    static abstract V InverseMillsRatio(V x);
    /// <summary>Inverse of the error function, infinite at ±1 and NaN beyond; full relative accuracy near zero.</summary>
    static abstract V ErfInverse(V x);
    /// <summary>Inverse of the complementary error function, ±∞ at 0 and 2 and NaN beyond; accurate for every tail.</summary>
    static abstract V ErfcInverse(V x);
    /// <summary>Inverse of the distribution function of the standard normal, ∓∞ at 0 and 1 and NaN beyond; accurate for every left tail.</summary>
    static abstract V NormalQuantile(V x);
    /// <summary>The greatest integer that is at most x; the sign of zero is kept.</summary>
    static virtual V Floor(V x)
    {
        var whole = V.Truncate(x);
        return whole - V.Select(V.LessThan(x, whole), V.Constant(1), V.Constant(0));
    }
    /// <summary>The least integer that is at least x; the sign of zero is kept, and −0 above −1.</summary>
    static virtual V Ceiling(V x) => -V.Floor(-x);
    /// <summary>The nearest integer, of two the even one; the sign of zero is kept.</summary>
    static virtual V Round(V x)
    {
        var whole = V.Truncate(x);
        var part = V.Abs(x - whole);
        var half = V.Constant(0.5);
        var isOdd = V.Not(V.Equal(2 * V.Truncate(0.5 * whole), whole));
        var away = V.Or(V.LessThan(half, part), V.And(V.Equal(half, part), isOdd));
        return V.Select(away, whole + V.Select(V.LessThan(x, V.Constant(0)), V.Constant(-1), V.Constant(1)), whole);
    }
}
