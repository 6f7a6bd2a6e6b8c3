namespace Properties.Support;

// Inverses of the error function by Halley's steps from an estimate within some hundredths: each cubes the error.
public readonly partial struct DoubleDouble
{
    private const int InverseSteps = 4;

    public static DoubleDouble ErfInverse(DoubleDouble x)
    {
        var share = Abs(x);
        if (!(share.Hi < 1) || share.Hi < 1e-150)
            return share.Hi < 1 ? x / (2 * InverseSqrtPi) : share.Hi == 1 ? x / 0.0 : double.NaN;
        if (share.Hi >= 0.5)
            return x.Hi < 0 ? -ErfcInverse(1 - share) : ErfcInverse(1 - share);
        DoubleDouble y = 0.89 * x + 0.23 * x * x * x;
        for (int k = 0; k < InverseSteps; k++)
        {
            var step = (ErfSeries(y) - x) / ErfDensity(y);
            y -= step / (1 + y * step);
        }

        return y;
    }

    public static DoubleDouble ErfcInverse(DoubleDouble x)
    {
        if (!(x.Hi is > 0 and < 2))
            return x.Hi == 0 ? double.PositiveInfinity : x.Hi == 2 ? double.NegativeInfinity : double.NaN;
        if (x.Hi > 1.5)
            return -ErfcInverse(2 - x);
        if (x.Hi > 0.5)
            return ErfInverse(1 - x);
        var log = Log(x);
        double w = -(double)log - Math.Log(2 - x.Hi), s = Math.Sqrt(w);
        DoubleDouble y = s < 2 ? 0.89 * s + 0.012 * s * w : s - (Math.Log(s) - 0.12) / (2 * s);
        for (int k = 0; k < InverseSteps; k++)
        {
            // The logarithm of the tail, and its rate of descent.
            bool isFar = y.Hi >= 2;
            var tail = isFar ? 1 : 1 - ErfSeries(y);
            var denominator = isFar ? ErfcDenominator(y) : 0;
            var excess = isFar ? Log(InverseSqrtPi / denominator) - y * y - log : Log(tail) - log;
            var rate = isFar ? 2 * denominator : ErfDensity(y) / tail;
            var step = excess / rate;
            y += step / (1 + step * (rate - 2 * y) / 2);
        }

        return y;
    }

    public static DoubleDouble NormalQuantile(DoubleDouble x) =>
        x.Hi < 0.5 ? -Sqrt(2) * ErfcInverse(2 * x) : Sqrt(2) * ErfcInverse(2 * (1 - x));
}
