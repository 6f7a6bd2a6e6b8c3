using Grad.Simd;
using Properties.Support;

namespace Properties.Laws;

/// <summary>
/// A dual number that knows how wrong it may be: value and derivative in double, and for each a first-order bound of the error that a
/// computation of the unit roundoff <see cref="Unit"/> has made by then. Where a tolerance is needed, it is the bound, not a guess.
/// </summary>
/// <remarks>
/// Running error analysis (Higham, section 3.3). Transcendental primitives are taken to err by at most three units in the last place.
/// </remarks>
internal readonly record struct RunningError(double Primal, double PrimalError, double Tangent, double TangentError, double Unit)
    : ILane<RunningError>
{
    private const int Ulps = 3;

    /// <summary>An exact operand, in a computation of the given unit roundoff, with the given derivative.</summary>
    public static RunningError Operand(double value, double tangent, double unit) => new(value, 0, tangent, 0, unit);

    public static RunningError Constant(double value) => new(value, 0, 0, 0, 0);

    // In a computation in float, a constant that no float holds is rounded once.
    private static RunningError Constant(double value, double unit) =>
        new(value, unit > Rounding.Unit<double>() && (float)value != value ? unit * Math.Abs(value) : 0, 0, 0, 0);

    public static RunningError operator +(RunningError x, RunningError y) =>
        Binary(x, y, x.Primal + y.Primal, x.PrimalError + y.PrimalError, (1, 0), (1, 0));

    public static RunningError operator -(RunningError x, RunningError y) => x + -y;

    public static RunningError operator *(RunningError x, RunningError y) => Binary(
        x,
        y,
        x.Primal * y.Primal,
        Times(Math.Abs(x.Primal), y.PrimalError) + Times(Math.Abs(y.Primal), x.PrimalError) + (x.PrimalError * y.PrimalError),
        (y.Primal, y.PrimalError),
        (x.Primal, x.PrimalError));

    public static RunningError operator /(RunningError x, RunningError y)
    {
        double unit = Math.Max(x.Unit, y.Unit), inverse = 1 / Math.Abs(y.Primal), quotient = x.Primal / y.Primal;
        double error = (x.PrimalError + Times(Math.Abs(quotient), y.PrimalError)) * inverse;
        double inverseError = inverse * ((y.PrimalError * inverse) + (2 * unit));
        return Binary(
            x,
            y,
            quotient,
            error,
            (1 / y.Primal, inverseError),
            (-quotient / y.Primal, (error * inverse) + (Math.Abs(quotient) * inverseError) + (2 * unit * Math.Abs(quotient) * inverse)));
    }

    public static RunningError operator -(RunningError x) => x with { Primal = -x.Primal, Tangent = -x.Tangent };

    public static RunningError operator +(RunningError x, double y) => x + Constant(y);

    public static RunningError operator -(RunningError x, double y) => x - Constant(y);

    public static RunningError operator *(RunningError x, double y) => x * Constant(y, x.Unit);

    public static RunningError operator /(RunningError x, double y) => x / Constant(y);

    public static RunningError operator +(double x, RunningError y) => Constant(x) + y;

    public static RunningError operator -(double x, RunningError y) => Constant(x) - y;

    public static RunningError operator *(double x, RunningError y) => Constant(x, y.Unit) * y;

    public static RunningError operator /(double x, RunningError y) => Constant(x) / y;

    public static RunningError MultiplyAdd(RunningError x, RunningError y, RunningError z) => (x * y) + z;

    public static RunningError FusedMultiplyAdd(RunningError x, RunningError y, RunningError z) => (x * y) + z;

    public static RunningError Min(RunningError x, RunningError y) => Pick(x, y, x.Primal < y.Primal);

    public static RunningError Max(RunningError x, RunningError y) => Pick(x, y, x.Primal > y.Primal);

    public static RunningError Abs(RunningError x) => x.Primal == 0 ? x with { Tangent = 0 } : x.Primal < 0 ? -x : x;

    public static RunningError Sqrt(RunningError x)
    {
        double root = Math.Sqrt(x.Primal);
        return Unary(x, root, 0.5 / root, -0.25 / (root * x.Primal));
    }

    public static RunningError Truncate(RunningError x) => Constant(Math.Truncate(x.Primal)) with { Unit = x.Unit };

    public static RunningError Remainder(RunningError x, RunningError y)
    {
        double steps = Math.Truncate(x.Primal / y.Primal);
        return Binary(x, y, x.Primal % y.Primal, x.PrimalError + (Math.Abs(steps) * y.PrimalError), (1, 0), (-steps, 0));
    }

    public static RunningError LessThan(RunningError x, RunningError y) => Mask(x.Primal < y.Primal);

    public static RunningError LessThanOrEqual(RunningError x, RunningError y) => Mask(x.Primal <= y.Primal);

    public static RunningError Equal(RunningError x, RunningError y) => Mask(x.Primal == y.Primal);

    public static RunningError And(RunningError x, RunningError y) => Mask(Holds(x) && Holds(y));

    public static RunningError Or(RunningError x, RunningError y) => Mask(Holds(x) || Holds(y));

    public static RunningError Not(RunningError x) => Mask(!Holds(x));

    public static RunningError Select(RunningError mask, RunningError x, RunningError y) => Holds(mask) ? x : y;

    public static RunningError Exp(RunningError x) => Math.Exp(x.Primal) is var y ? Unary(x, y, y, y) : default;

    public static RunningError ExpM1(RunningError x) =>
        Math.Exp(x.Primal) is var slope ? Unary(x, (double)DoubleDouble.ExpM1(x.Primal), slope, slope) : default;

    public static RunningError Log(RunningError x) => Unary(x, Math.Log(x.Primal), 1 / x.Primal, -1 / (x.Primal * x.Primal));

    public static RunningError LogP1(RunningError x)
    {
        double slope = 1 / (1 + x.Primal);
        return Unary(x, (double)DoubleDouble.LogP1(x.Primal), slope, -slope * slope);
    }

    public static RunningError Sin(RunningError x)
    {
        var (sine, cosine) = Math.SinCos(x.Primal);
        return Unary(x, sine, cosine, -sine);
    }

    public static RunningError Cos(RunningError x)
    {
        var (sine, cosine) = Math.SinCos(x.Primal);
        return Unary(x, cosine, -sine, -cosine);
    }

    public static RunningError Tan(RunningError x)
    {
        double y = Math.Tan(x.Primal), slope = 1 + (y * y);
        return Unary(x, y, slope, 2 * y * slope);
    }

    public static RunningError Asin(RunningError x)
    {
        double square = (1 - x.Primal) * (1 + x.Primal), slope = 1 / Math.Sqrt(square);
        return Unary(x, Math.Asin(x.Primal), slope, x.Primal * slope / square);
    }

    public static RunningError Acos(RunningError x)
    {
        double square = (1 - x.Primal) * (1 + x.Primal), slope = -1 / Math.Sqrt(square);
        return Unary(x, Math.Acos(x.Primal), slope, x.Primal * slope / square);
    }

    public static RunningError Atan(RunningError x)
    {
        double slope = 1 / (1 + (x.Primal * x.Primal));
        return Unary(x, Math.Atan(x.Primal), slope, -2 * x.Primal * slope * slope);
    }

    public static RunningError Atan2(RunningError y, RunningError x)
    {
        double length = double.Hypot(x.Primal, y.Primal), unit = Math.Max(x.Unit, y.Unit);
        double slopeY = x.Primal / length / length, slopeX = -y.Primal / length / length;
        double spread = 2 * (x.PrimalError + y.PrimalError) / length / length;
        double angle = Math.Atan2(y.Primal, x.Primal);
        double error = Times(Math.Abs(slopeY), y.PrimalError) + Times(Math.Abs(slopeX), x.PrimalError) + (2 * Ulps * unit * Math.Abs(angle));
        return Binary(
            y,
            x,
            angle,
            error,
            (slopeY, spread + (2 * Ulps * unit * Math.Abs(slopeY))),
            (slopeX, spread + (2 * Ulps * unit * Math.Abs(slopeX))));
    }

    public static RunningError Hypot(RunningError x, RunningError y)
    {
        double length = double.Hypot(x.Primal, y.Primal), unit = Math.Max(x.Unit, y.Unit);
        double slopeX = x.Primal / length, slopeY = y.Primal / length;
        double spread = 2 * (x.PrimalError + y.PrimalError) / length;
        double error = Times(Math.Abs(slopeX), x.PrimalError) + Times(Math.Abs(slopeY), y.PrimalError) + (2 * Ulps * unit * length);
        return Binary(
            x,
            y,
            length,
            error,
            (slopeX, spread + (2 * Ulps * unit * Math.Abs(slopeX))),
            (slopeY, spread + (2 * Ulps * unit * Math.Abs(slopeY))));
    }

    public static RunningError Erfc(RunningError x)
    {
        double slope = -2 / Math.Sqrt(Math.PI) * Math.Exp(-x.Primal * x.Primal);
        return Unary(x, (double)DoubleDouble.Erfc(x.Primal), slope, -2 * x.Primal * slope);
    }

    public static RunningError NormalCdf(RunningError x)
    {
        double slope = Math.Exp(-x.Primal * x.Primal / 2) / Math.Sqrt(2 * Math.PI);
        return Unary(x, (double)DoubleDouble.NormalCdf(x.Primal), slope, -x.Primal * slope);
    }

    public static RunningError Tanh(RunningError x)
    {
        double y = Math.Tanh(x.Primal), secant = 1 / Math.Cosh(x.Primal);
        return Unary(x, y, secant * secant, -2 * y * secant * secant);
    }

    public static RunningError NormalLogCdf(RunningError x)
    {
        double slope = (double)DoubleDouble.InverseMillsRatio(x.Primal);
        return Unary(x, (double)DoubleDouble.NormalLogCdf(x.Primal), slope, -slope * (x.Primal + slope));
    }

    public static RunningError InverseMillsRatio(RunningError x)
    {
        var y = DoubleDouble.InverseMillsRatio(x.Primal);
        var slope = -y * (x.Primal + y);
        return Unary(x, (double)y, (double)slope, (double)-(slope * (x.Primal + y) + y * (1 + slope)), ulps: Ulps + 1);
    }

    public static RunningError ErfInverse(RunningError x)
    {
        double y = (double)DoubleDouble.ErfInverse(x.Primal), slope = Math.Sqrt(Math.PI) / 2 * Math.Exp(y * y);
        return Unary(x, y, slope, 2 * y * slope * slope);
    }

    public static RunningError ErfcInverse(RunningError x)
    {
        double y = (double)DoubleDouble.ErfcInverse(x.Primal), slope = -Math.Sqrt(Math.PI) / 2 * Math.Exp(y * y);
        return Unary(x, y, slope, 2 * y * slope * slope);
    }

    public static RunningError NormalQuantile(RunningError x)
    {
        double y = (double)DoubleDouble.NormalQuantile(x.Primal), slope = Math.Sqrt(2 * Math.PI) * Math.Exp(y * y / 2);
        return Unary(x, y, slope, y * slope * slope);
    }

    public static RunningError LogGamma(RunningError x) =>
        Unary(x, (double)DoubleDouble.LogGamma(x.Primal), (double)DoubleDouble.Digamma(x.Primal), (double)DoubleDouble.Polygamma(x.Primal, 1));

    public static RunningError Digamma(RunningError x) =>
        Unary(x, (double)DoubleDouble.Digamma(x.Primal), (double)DoubleDouble.Polygamma(x.Primal, 1), (double)DoubleDouble.Polygamma(x.Primal, 2));

    public static RunningError Polygamma(RunningError x, int order) => Unary(
        x,
        (double)DoubleDouble.Polygamma(x.Primal, order),
        (double)DoubleDouble.Polygamma(x.Primal, order + 1),
        (double)DoubleDouble.Polygamma(x.Primal, order + 2),
        ulps: Ulps + order);

    public static RunningError Pow(RunningError x, double exponent) => Unary(
        x,
        Math.Pow(x.Primal, exponent),
        exponent == 0 ? 0 : exponent * Math.Pow(x.Primal, exponent - 1),
        exponent is 0 or 1 ? 0 : exponent * (exponent - 1) * Math.Pow(x.Primal, exponent - 2));

    public static RunningError Pow(RunningError x, RunningError y)
    {
        double unit = Math.Max(x.Unit, y.Unit), relative = 2 * Ulps * unit;
        double power = Math.Pow(x.Primal, y.Primal), log = Math.Log(x.Primal), ratio = power / x.Primal;
        double slopeX = y.Primal * ratio, slopeY = power * log, mixed = ratio * (1 + (y.Primal * log));
        return Binary(
            x,
            y,
            power,
            Times(Math.Abs(slopeX), x.PrimalError) + Times(Math.Abs(slopeY), y.PrimalError) + (relative * Math.Abs(power)),
            (slopeX, Times(Math.Abs((y.Primal - 1) * slopeX / x.Primal), x.PrimalError) + Times(Math.Abs(mixed), y.PrimalError) + (relative * Math.Abs(slopeX))),
            (slopeY, Times(Math.Abs(mixed), x.PrimalError) + Times(Math.Abs(slopeY * log), y.PrimalError) + (relative * Math.Abs(slopeY))));
    }

    private static bool Holds(RunningError mask) => mask.Primal != 0;

    private static RunningError Mask(bool holds) => Constant(holds ? 1 : 0);

    private static RunningError Pick(RunningError x, RunningError y, bool first) =>
        x.Primal != y.Primal ? (first ? x : y) : new(
            x.Primal,
            Math.Max(x.PrimalError, y.PrimalError),
            (x.Tangent + y.Tangent) / 2,
            (x.TangentError + y.TangentError) / 2,
            Math.Max(x.Unit, y.Unit));

    private static RunningError Unary(RunningError x, double primal, double slope, double curvature, int ulps = Ulps)
    {
        double relative = 2 * ulps * x.Unit;
        double slopeError = Times(Math.Abs(curvature), x.PrimalError) + (relative * Math.Abs(slope));
        return new(
            primal,
            Times(Math.Abs(slope), x.PrimalError) + (relative * Math.Abs(primal)) + Underflow(x.Unit),
            Times(slope, x.Tangent),
            Chain(x, slope, slopeError) + (x.Unit * Math.Abs(Times(slope, x.Tangent))) + Underflow(x.Unit),
            x.Unit);
    }

    private static RunningError Binary(
        RunningError x,
        RunningError y,
        double primal,
        double error,
        (double Value, double Error) slopeX,
        (double Value, double Error) slopeY)
    {
        double unit = Math.Max(x.Unit, y.Unit);
        double fromX = Times(slopeX.Value, x.Tangent), fromY = Times(slopeY.Value, y.Tangent);
        return new(
            primal,
            error + (unit * Math.Abs(primal)) + Underflow(unit),
            fromX + fromY,
            Chain(x, slopeX.Value, slopeX.Error) + Chain(y, slopeY.Value, slopeY.Error)
                + (unit * (Math.Abs(fromX) + Math.Abs(fromY) + Math.Abs(fromX + fromY))) + Underflow(unit),
            unit);
    }

    private static double Chain(RunningError x, double slope, double slopeError) =>
        Times(Math.Abs(slope), x.TangentError) + Times(slopeError, Math.Abs(x.Tangent)) + Times(slopeError, x.TangentError);

    // A derivative or an error that is zero stays so past an infinite slope.
    private static double Times(double slope, double x) => x == 0 ? 0 : slope * x;

    private static double Underflow(double unit) => unit > Rounding.Unit<double>() ? float.Epsilon : double.Epsilon;
}
