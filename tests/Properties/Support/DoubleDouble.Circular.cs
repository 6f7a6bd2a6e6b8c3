namespace Properties.Support;

// Inverse circular functions by one Newton step in the tangent, the normal tail by its series and its continued fraction.
public readonly partial struct DoubleDouble
{
    private static readonly DoubleDouble InverseSqrtPi = 1 / Sqrt(2 * FixedPoint.HalfPiRounded);

    public static DoubleDouble Tan(DoubleDouble x)
    {
        if (!double.IsFinite(x.Hi))
            return double.NaN;
        if (Math.Abs(x.Hi) < Negligible)
            return x;
        var (r, quadrant) = FixedPoint.ReduceByHalfPi(x);
        return (quadrant & 1) == 0 ? SinSeries(r) / CosSeries(r) : -(CosSeries(r) / SinSeries(r));
    }

    public static DoubleDouble Asin(DoubleDouble x) => Atan2(x, Sqrt((1 - x) * (1 + x)));

    public static DoubleDouble Acos(DoubleDouble x) => Atan2(Sqrt((1 - x) * (1 + x)), x);

    public static DoubleDouble Atan(DoubleDouble x) => Atan2(x, 1);

    public static DoubleDouble Atan2(DoubleDouble y, DoubleDouble x)
    {
        if (double.IsNaN(x.Hi) || double.IsNaN(y.Hi))
            return double.NaN;
        DoubleDouble width = Abs(x), height = Abs(y);
        bool steep = width < height;
        var (lesser, greater) = steep ? (width, height) : (height, width);
        DoubleDouble ratio = greater.Hi == 0 ? 0 : lesser.Hi == greater.Hi && lesser.Lo == greater.Lo ? 1 : lesser / greater;
        var angle = steep ? FixedPoint.HalfPiRounded - AtanOfRatio(ratio) : AtanOfRatio(ratio);
        if (double.IsNegative(x.Hi))
            angle = 2 * FixedPoint.HalfPiRounded - angle;
        return double.IsNegative(y.Hi) ? -angle : angle;
    }

    public static DoubleDouble Hypot(DoubleDouble x, DoubleDouble y)
    {
        double length = double.Hypot(x.Hi, y.Hi);
        if (length == 0 || double.IsNaN(length) || double.IsInfinity(x.Hi) || double.IsInfinity(y.Hi))
            return length;
        int scale = Math.ILogB(Math.Max(Math.Abs(x.Hi), Math.Abs(y.Hi)));
        x = ScaleB(x, -scale);
        y = ScaleB(y, -scale);
        return ScaleB(Sqrt(x * x + y * y), scale);
    }

    public static DoubleDouble ReciprocalReal(DoubleDouble x, DoubleDouble y)
    {
        double length = double.Hypot(x.Hi, y.Hi);
        if (length == 0)
            return 0;
        if (double.IsNaN(x.Hi) || double.IsNaN(y.Hi))
            return double.NaN;
        if (double.IsInfinity(x.Hi) || double.IsInfinity(y.Hi))
            return x.Hi / double.PositiveInfinity;
        if (x.Hi == 0)
            return x;
        int scale = Math.ILogB(Math.Max(Math.Abs(x.Hi), Math.Abs(y.Hi))), own = Math.ILogB(x.Hi);
        DoubleDouble width = ScaleB(x, -scale), height = ScaleB(y, -scale);
        var quotient = ScaleB(ScaleB(x, -own) / (width * width + height * height), own - 2 * scale);
        return quotient.Hi == 0 ? Math.CopySign(0.0, x.Hi) : quotient;
    }

    public static DoubleDouble Erfc(DoubleDouble x)
    {
        if (!(Math.Abs(x.Hi) < 30))
            return double.IsNaN(x.Hi) ? x : x.Hi > 0 ? 0 : 2;
        return x.Hi < 2 ? 1 - ErfSeries(x) : ErfcFraction(x, 1);
    }

    public static DoubleDouble NormalCdf(DoubleDouble x)
    {
        if (!(Math.Abs(x.Hi) < 42))
            return double.IsNaN(x.Hi) ? x : x.Hi > 0 ? 1 : 0;
        var z = -x / Sqrt(2);
        return z.Hi < 2 ? (1 - ErfSeries(z)) / 2 : ErfcFraction(z, 0.5);
    }

    public static DoubleDouble NormalDensity(DoubleDouble x) => Exp(-(x * x) / 2) * InverseSqrtPi / Sqrt(2);

    public static DoubleDouble ErfDensity(DoubleDouble x) => 2 * InverseSqrtPi * Exp(-(x * x));

    public static DoubleDouble Gelu(DoubleDouble x)
    {
        if (!(Math.Abs(x.Hi) < 42))
            return x.Hi < 0 ? -0.0 : x;
        var z = -x / Sqrt(2);
        if (z.Hi < 2)
            return x * NormalCdf(x);
        var tail = ErfcFraction(z, x / 2);
        return tail.Hi == 0 ? -0.0 : tail;
    }

    public static DoubleDouble NormalLogCdf(DoubleDouble x)
    {
        var z = -x / Sqrt(2);
        if (double.IsInfinity(x.Hi))
            return x.Hi > 0 ? -0.0 : x;
        if (z.Hi >= 2)
            return Log(InverseSqrtPi / 2 / ErfcDenominator(z)) - x * (x / 2);
        if (x.Hi > 42)
            return -0.0;
        var tail = NormalCdf(-x);
        return x.Hi <= 0 ? Log(NormalCdf(x)) : tail.Hi < 1e-280 ? -tail : LogP1(-tail);
    }

    public static DoubleDouble InverseMillsRatio(DoubleDouble x)
    {
        var z = -x / Sqrt(2);
        return double.IsInfinity(x.Hi) ? (x.Hi > 0 ? 0 : double.PositiveInfinity)
            : z.Hi >= 2 ? Sqrt(2) * ErfcDenominator(z) : NormalDensity(x) / NormalCdf(x);
    }

    // One Newton step from the double: what is left of its tangent is below 2⁻⁵², so that its cube is nothing.
    private static DoubleDouble AtanOfRatio(DoubleDouble ratio)
    {
        if (ratio.Hi < Negligible)
            return ratio;
        double angle = Math.Atan(ratio.Hi);
        var tangent = Tan(angle);
        return angle + (ratio - tangent) / (1 + ratio * tangent);
    }

    // erf x = 2/√π·e^(−x²)·Σ 2ᵏ·x^(2k+1)/(2k+1)!!: every term has the sign of x.
    private static DoubleDouble ErfSeries(DoubleDouble x)
    {
        if (x.Hi < -6.1)
            return -1 + ErfcFraction(-x, 1);
        var square = x * x;
        DoubleDouble term = x, sum = x;
        for (int k = 1; Math.Abs(term.Hi) > Math.Abs(sum.Hi) * 1e-34; k++)
        {
            term = term * square * 2 / (2 * k + 1);
            sum += term;
        }

        return 2 * InverseSqrtPi * Exp(-square) * sum;
    }

    // factor·erfc x, erfc x = e^(−x²)/√π/(x + ½/(x + 1/(x + 3/2/(x + …)))), scaled last, so that only the result underflows.
    private static DoubleDouble ErfcFraction(DoubleDouble x, DoubleDouble factor)
    {
        var denominator = ErfcDenominator(x);
        var (exponent, r) = ReduceByLn2(-(x * x));
        return ScaleB((ExpM1Series(r) + 1) * InverseSqrtPi * factor / denominator, exponent);
    }

    // x + ½/(x + 1/(x + 3/2/(x + …)))
    private static DoubleDouble ErfcDenominator(DoubleDouble x)
    {
        var denominator = x;
        for (int k = 40 + (int)(1200 / (x.Hi * x.Hi)); k >= 1; k--)
            denominator = x + k / (2 * denominator);
        return denominator;
    }
}
