using System.Globalization;
using Grad.Simd;

namespace Properties.Support;

/// <summary>
/// A value and its derivative along one direction, in double, by the textbook rule of each primitive: the second opinion on slopes.
/// At ties Min and Max split evenly, |x| has slope 0 at 0, Select keeps nothing of the part not taken. A zero tangent stays zero
/// whatever it meets, so that constants and dead branches never turn an infinite slope into NaN.
/// </summary>
public readonly record struct Dual(double Primal, double Tangent) : ILane<Dual>
{
    public static Dual Constant(double value) => new(value, 0);

    /// <summary>The independent variable: tangent one.</summary>
    public static Dual Variable(double value) => new(value, 1);

    public static implicit operator Dual(double value) => Constant(value);

    public static Dual operator +(Dual x, Dual y) => new(x.Primal + y.Primal, x.Tangent + y.Tangent);

    public static Dual operator -(Dual x, Dual y) => new(x.Primal - y.Primal, x.Tangent - y.Tangent);

    public static Dual operator *(Dual x, Dual y) => Binary(x, y, x.Primal * y.Primal, y.Primal, x.Primal);

    public static Dual operator /(Dual x, Dual y)
    {
        double quotient = x.Primal / y.Primal;
        return Binary(x, y, quotient, 1 / y.Primal, -quotient / y.Primal);
    }

    public static Dual operator -(Dual x) => new(-x.Primal, -x.Tangent);

    public static Dual operator +(Dual x, double y) => x + Constant(y);

    public static Dual operator -(Dual x, double y) => x - Constant(y);

    public static Dual operator *(Dual x, double y) => x * Constant(y);

    public static Dual operator /(Dual x, double y) => x / Constant(y);

    public static Dual operator +(double x, Dual y) => Constant(x) + y;

    public static Dual operator -(double x, Dual y) => Constant(x) - y;

    public static Dual operator *(double x, Dual y) => Constant(x) * y;

    public static Dual operator /(double x, Dual y) => Constant(x) / y;

    public static Dual MultiplyAdd(Dual x, Dual y, Dual z) => FusedMultiplyAdd(x, y, z);

    public static Dual FusedMultiplyAdd(Dual x, Dual y, Dual z)
    {
        double primal = Math.FusedMultiplyAdd(x.Primal, y.Primal, z.Primal);
        return new(primal, (x * y).Tangent + z.Tangent);
    }

    public static Dual Min(Dual x, Dual y) => Pick(x, y, Math.Min(x.Primal, y.Primal), x.Primal < y.Primal);

    public static Dual Max(Dual x, Dual y) => Pick(x, y, Math.Max(x.Primal, y.Primal), x.Primal > y.Primal);

    public static Dual Abs(Dual x) => Unary(x, Math.Abs(x.Primal), double.IsNaN(x.Primal) ? double.NaN : Math.Sign(x.Primal));

    public static Dual Sqrt(Dual x)
    {
        double root = Math.Sqrt(x.Primal);
        // At −0 too the slope is the limit from inside the domain.
        return Unary(x, root, 0.5 / Math.Abs(root));
    }

    public static Dual Truncate(Dual x) => Constant(Math.Truncate(x.Primal));

    public static Dual Remainder(Dual x, Dual y) =>
        Binary(x, y, x.Primal % y.Primal, 1, -Math.Truncate(x.Primal / y.Primal));

    public static Dual LessThan(Dual x, Dual y) => Mask(x.Primal < y.Primal);

    public static Dual LessThanOrEqual(Dual x, Dual y) => Mask(x.Primal <= y.Primal);

    public static Dual Equal(Dual x, Dual y) => Mask(x.Primal == y.Primal);

    public static Dual And(Dual x, Dual y) => Mask(Holds(x) && Holds(y));

    public static Dual Or(Dual x, Dual y) => Mask(Holds(x) || Holds(y));

    public static Dual Not(Dual x) => Mask(!Holds(x));

    public static Dual Select(Dual mask, Dual x, Dual y) => Holds(mask) ? x : y;

    public static Dual Exp(Dual x) => Unary(x, Math.Exp(x.Primal), Math.Exp(x.Primal));

    // The framework's ExpM1 and LogP1 cancel near zero.
    public static Dual ExpM1(Dual x) => Unary(x, (double)DoubleDouble.ExpM1(x.Primal), Math.Exp(x.Primal));

    public static Dual Log(Dual x) => Unary(x, Math.Log(x.Primal), x.Primal < 0 ? double.NaN : 1 / Math.Abs(x.Primal));

    public static Dual LogP1(Dual x) => Unary(x, (double)DoubleDouble.LogP1(x.Primal), x.Primal < -1 ? double.NaN : 1 / (1 + x.Primal));

    public static Dual Sin(Dual x) => Unary(x, Math.Sin(x.Primal), Math.Cos(x.Primal));

    public static Dual Cos(Dual x) => Unary(x, Math.Cos(x.Primal), -Math.Sin(x.Primal));

    public static Dual Tan(Dual x)
    {
        double secant = 1 / Math.Cos(x.Primal);
        return Unary(x, Math.Tan(x.Primal), secant * secant);
    }

    public static Dual Asin(Dual x) => Unary(x, Math.Asin(x.Primal), 1 / Math.Sqrt((1 - x.Primal) * (1 + x.Primal)));

    public static Dual Acos(Dual x) => Unary(x, Math.Acos(x.Primal), -1 / Math.Sqrt((1 - x.Primal) * (1 + x.Primal)));

    public static Dual Atan(Dual x) => Unary(x, Math.Atan(x.Primal), 1 / (1 + x.Primal * x.Primal));

    public static Dual Atan2(Dual y, Dual x)
    {
        double length = double.Hypot(x.Primal, y.Primal);
        return Binary(y, x, Math.Atan2(y.Primal, x.Primal), x.Primal / length / length, -y.Primal / length / length);
    }

    public static Dual Hypot(Dual x, Dual y)
    {
        double length = double.Hypot(x.Primal, y.Primal);
        return Binary(x, y, length, x.Primal / length, y.Primal / length);
    }

    public static Dual Erfc(Dual x) =>
        Unary(x, (double)DoubleDouble.Erfc(x.Primal), -2 / Math.Sqrt(Math.PI) * Math.Exp(-x.Primal * x.Primal));

    public static Dual NormalCdf(Dual x) =>
        Unary(x, (double)DoubleDouble.NormalCdf(x.Primal), Math.Exp(-x.Primal * x.Primal / 2) / Math.Sqrt(2 * Math.PI));

    public static Dual Tanh(Dual x)
    {
        double reciprocal = 1 / Math.Cosh(x.Primal);
        return Unary(x, Math.Tanh(x.Primal), reciprocal * reciprocal);
    }

    public static Dual NormalLogCdf(Dual x) =>
        Unary(x, (double)DoubleDouble.NormalLogCdf(x.Primal), (double)DoubleDouble.InverseMillsRatio(x.Primal));

    public static Dual InverseMillsRatio(Dual x)
    {
        var slope = DoubleDouble.InverseMillsRatio(x.Primal);
        return Unary(x, (double)slope, (double)(-slope * (x.Primal + slope)));
    }

    public static Dual ErfInverse(Dual x)
    {
        double y = (double)DoubleDouble.ErfInverse(x.Primal);
        return Unary(x, y, Math.Sqrt(Math.PI) / 2 * Math.Exp(y * y));
    }

    public static Dual ErfcInverse(Dual x)
    {
        double y = (double)DoubleDouble.ErfcInverse(x.Primal);
        return Unary(x, y, -Math.Sqrt(Math.PI) / 2 * Math.Exp(y * y));
    }

    public static Dual NormalQuantile(Dual x)
    {
        double y = (double)DoubleDouble.NormalQuantile(x.Primal);
        return Unary(x, y, Math.Sqrt(2 * Math.PI) * Math.Exp(y * y / 2));
    }

    public static Dual LogGamma(Dual x) => Unary(x, (double)DoubleDouble.LogGamma(x.Primal), (double)DoubleDouble.Digamma(x.Primal));

    public static Dual Digamma(Dual x) => Unary(x, (double)DoubleDouble.Digamma(x.Primal), (double)DoubleDouble.Polygamma(x.Primal, 1));

    public static Dual Polygamma(Dual x, int order) =>
        Unary(x, (double)DoubleDouble.Polygamma(x.Primal, order), (double)DoubleDouble.Polygamma(x.Primal, order + 1));

    public static Dual Pow(Dual x, double exponent) =>
        Unary(x, Math.Pow(x.Primal, exponent), exponent == 0 ? 0 : exponent * Math.Pow(x.Primal, exponent - 1));

    public static Dual Pow(Dual x, Dual y)
    {
        double power = Math.Pow(x.Primal, y.Primal);
        return Binary(x, y, power, y.Primal == 0 ? 0 : y.Primal * Math.Pow(x.Primal, y.Primal - 1), power * Math.Log(x.Primal));
    }

    /// <summary>Whether a mask made by the comparisons holds.</summary>
    public static bool Holds(Dual mask) => BitConverter.DoubleToInt64Bits(mask.Primal) != 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Primal:R} + {Tangent:R}ε");

    private static Dual Mask(bool holds) => Constant(BitConverter.Int64BitsToDouble(holds ? -1L : 0L));

    private static Dual Pick(Dual x, Dual y, double primal, bool first)
    {
        if (double.IsNaN(primal))
            return Binary(x, y, primal, double.NaN, double.NaN);
        if (x.Primal == y.Primal)
            return Binary(x, y, primal, 0.5, 0.5);
        return new(primal, first ? x.Tangent : y.Tangent);
    }

    private static Dual Unary(Dual x, double primal, double slope) => new(primal, Chain(slope, x.Tangent));

    private static Dual Binary(Dual x, Dual y, double primal, double xSlope, double ySlope) =>
        new(primal, Chain(xSlope, x.Tangent) + Chain(ySlope, y.Tangent));

    private static double Chain(double slope, double tangent) => tangent == 0 ? 0 : slope * tangent;
}
