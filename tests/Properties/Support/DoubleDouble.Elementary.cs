namespace Properties.Support;

// Elementary functions by their own Taylor series after an exact reduction; they share nothing with the kernels under test.
public readonly partial struct DoubleDouble
{
    private const int Terms = 32;

    // Below this magnitude the second term of every odd series, and of exp's and log's, is under the last bit kept.
    private const double Negligible = 1e-36;

    private static readonly DoubleDouble[] InverseFactorial = InverseFactorials();
    private static readonly DoubleDouble[] OddReciprocal = [.. Enumerable.Range(0, 24).Select(k => (DoubleDouble)1 / (2 * k + 1))];

    public static DoubleDouble Exp(DoubleDouble x)
    {
        if (!(Math.Abs(x.Hi) < 800))
            return Math.Exp(x.Hi);
        var (n, r) = ReduceByLn2(x);
        return ScaleB(ExpM1Series(r) + 1, n);
    }

    public static DoubleDouble ExpM1(DoubleDouble x)
    {
        if (Math.Abs(x.Hi) < Negligible)
            return x;
        return Math.Abs(x.Hi) < 0.35 ? ExpM1Series(x) : Exp(x) - 1;
    }

    public static DoubleDouble Log(DoubleDouble x)
    {
        if (!(x.Hi > 0) || double.IsInfinity(x.Hi))
            return Math.Log(x.Hi);
        int n = Math.ILogB(x.Hi);
        var m = ScaleB(x, -n);
        if (m.Hi > 1.4142)
            (n, m) = (n + 1, ScaleB(m, -1));
        var (first, second, rest) = FixedPoint.Ln2Parts;
        return LogOfRatio(m - 1, m + 1) + rest * n + second * n + first * n;
    }

    public static DoubleDouble LogP1(DoubleDouble x)
    {
        if (Math.Abs(x.Hi) < Negligible)
            return x;
        return x.Hi is > -0.29 and < 0.41 ? LogOfRatio(x, x + 2) : Log(x + 1);
    }

    public static DoubleDouble Sin(DoubleDouble x)
    {
        if (!double.IsFinite(x.Hi))
            return double.NaN;
        if (Math.Abs(x.Hi) < Negligible)
            return x;
        var (r, quadrant) = FixedPoint.ReduceByHalfPi(x);
        var magnitude = (quadrant & 1) == 0 ? SinSeries(r) : CosSeries(r);
        return (quadrant & 2) == 0 ? magnitude : -magnitude;
    }

    public static DoubleDouble Cos(DoubleDouble x)
    {
        if (!double.IsFinite(x.Hi))
            return double.NaN;
        var (r, quadrant) = FixedPoint.ReduceByHalfPi(x);
        var magnitude = (quadrant & 1) == 0 ? CosSeries(r) : SinSeries(r);
        return quadrant is 0 or 3 ? magnitude : -magnitude;
    }

    public static DoubleDouble Tanh(DoubleDouble x)
    {
        if (Math.Abs(x.Hi) < Negligible)
            return x;
        if (!(Math.Abs(x.Hi) < 40))
            return Math.Tanh(x.Hi);
        var e = ExpM1(2 * x);
        return e / (e + 2);
    }

    public static DoubleDouble Pow(DoubleDouble x, double exponent)
    {
        double special = Math.Pow(x.Hi, exponent);
        if (!double.IsFinite(special) || special == 0 || exponent == 0 || x.Hi == 0 || !double.IsFinite(exponent))
            return special;
        if (Math.Abs(exponent) <= 64 && exponent == Math.Truncate(exponent))
            return exponent > 0 ? IntegerPower(x, (int)exponent) : IntegerPower(1 / x, -(int)exponent);
        var magnitude = Exp(Log(Abs(x)) * exponent);
        return special < 0 ? -magnitude : magnitude;
    }

    public static DoubleDouble Pow(DoubleDouble x, DoubleDouble y)
    {
        if (y.Lo == 0)
            return Pow(x, y.Hi);
        double special = Math.Pow(x.Hi, y.Hi);
        return !double.IsFinite(special) || special == 0 || x.Hi == 0 ? special : Exp(Log(x) * y);
    }

    private static DoubleDouble IntegerPower(DoubleDouble x, int n)
    {
        DoubleDouble result = 1;
        for (; n > 0; n >>= 1, x *= x)
        {
            if ((n & 1) == 1)
                result *= x;
        }

        return result;
    }

    private static (int N, DoubleDouble R) ReduceByLn2(DoubleDouble x)
    {
        var (first, second, rest) = FixedPoint.Ln2Parts;
        double n = Math.Round(x.Hi / first);
        return ((int)n, x - n * first - n * second - n * rest);
    }

    private static DoubleDouble ExpM1Series(DoubleDouble r)
    {
        var sum = InverseFactorial[28];
        for (int k = 27; k >= 1; k--)
            sum = sum * r + InverseFactorial[k];
        return sum * r;
    }

    private static DoubleDouble SinSeries(DoubleDouble r)
    {
        var square = r * r;
        var sum = InverseFactorial[31];
        for (int k = 29; k >= 1; k -= 2)
            sum = InverseFactorial[k] - sum * square;
        return sum * r;
    }

    private static DoubleDouble CosSeries(DoubleDouble r)
    {
        var square = r * r;
        var sum = InverseFactorial[30];
        for (int k = 28; k >= 0; k -= 2)
            sum = InverseFactorial[k] - sum * square;
        return sum;
    }

    // log((1+z)/(1−z)) = 2·atanh(z) with z = numerator/denominator, |z| at most 0.1716.
    private static DoubleDouble LogOfRatio(DoubleDouble numerator, DoubleDouble denominator)
    {
        var z = numerator / denominator;
        var square = z * z;
        var sum = OddReciprocal[^1];
        for (int k = OddReciprocal.Length - 2; k >= 0; k--)
            sum = sum * square + OddReciprocal[k];
        return 2 * z * sum;
    }

    private static DoubleDouble[] InverseFactorials()
    {
        var inverse = new DoubleDouble[Terms];
        inverse[0] = 1;
        for (int k = 1; k < Terms; k++)
            inverse[k] = inverse[k - 1] / k;
        return inverse;
    }
}
