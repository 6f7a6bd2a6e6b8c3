using Grad.Simd;
using Properties.Support;

namespace Properties.Kernels;

/// <summary>What a function of <see cref="Grad.Simd.SpanMath"/> should give.</summary>
/// <param name="Wide">The function in double-double, for double.</param>
/// <param name="Narrow">The function in double, for float.</param>
public sealed record Reference(Func<DoubleDouble, DoubleDouble> Wide, Func<double, double> Narrow)
{
    /// <summary>For a function whose terms cancel at some of its zeros: their size, in whose units the error is stated where the result is smaller.</summary>
    public Func<double, double> Scale { get; init; } = static _ => 0;

    /// <summary>The functions of one number that approximate.</summary>
    public static IReadOnlyDictionary<string, Reference> Approximate { get; } = new Dictionary<string, Reference>
    {
        ["Exp"] = new(DoubleDouble.Exp, Math.Exp),
        ["ExpM1"] = new(DoubleDouble.ExpM1, ExpM1),
        ["Log"] = new(DoubleDouble.Log, Math.Log),
        ["LogP1"] = new(DoubleDouble.LogP1, LogP1),
        ["Sin"] = new(DoubleDouble.Sin, Math.Sin),
        ["Cos"] = new(DoubleDouble.Cos, Math.Cos),
        ["Tan"] = new(DoubleDouble.Tan, Math.Tan),
        ["Asin"] = new(DoubleDouble.Asin, Math.Asin),
        ["Acos"] = new(DoubleDouble.Acos, Math.Acos),
        ["Atan"] = new(DoubleDouble.Atan, Math.Atan),
        ["Erfc"] = new(DoubleDouble.Erfc, x => DoubleDouble.Erfc(x).Hi),
        ["NormalCdf"] = new(DoubleDouble.NormalCdf, x => DoubleDouble.NormalCdf(x).Hi),
        ["Tanh"] = new(DoubleDouble.Tanh, Math.Tanh),
        ["Sinh"] = new(Default<DoubleDouble>.Sinh, Math.Sinh),
        ["Cosh"] = new(Default<DoubleDouble>.Cosh, Math.Cosh),
        ["Erf"] = new(Default<DoubleDouble>.Erf, x => Default<DoubleDouble>.Erf(x).Hi),
        ["ReciprocalSqrt"] = new(Default<DoubleDouble>.ReciprocalSqrt, x => 1 / Math.Sqrt(x)),
        ["Asinh"] = new(Default<DoubleDouble>.Asinh, x => Default<DoubleDouble>.Asinh(x).Hi),
        ["Acosh"] = new(Default<DoubleDouble>.Acosh, x => Default<DoubleDouble>.Acosh(x).Hi),
        ["Atanh"] = new(Default<DoubleDouble>.Atanh, x => Default<DoubleDouble>.Atanh(x).Hi),
        ["NormalLogCdf"] = new(DoubleDouble.NormalLogCdf, x => DoubleDouble.NormalLogCdf(x).Hi),
        ["ErfInverse"] = new(DoubleDouble.ErfInverse, x => DoubleDouble.ErfInverse(x).Hi),
        ["ErfcInverse"] = new(DoubleDouble.ErfcInverse, x => DoubleDouble.ErfcInverse(x).Hi),
        ["NormalQuantile"] = new(DoubleDouble.NormalQuantile, x => DoubleDouble.NormalQuantile(x).Hi),
        ["LogGamma"] = new(DoubleDouble.LogGamma, x => DoubleDouble.LogGamma(x).Hi) { Scale = x => x <= -0.5 ? 1 - x * Math.Log(1 - x) : 0 },
        ["Digamma"] = new(DoubleDouble.Digamma, x => DoubleDouble.Digamma(x).Hi) { Scale = x => x < 0 ? 1 + Math.Log(1 - x) : 0 },
        ["Trigamma"] = new(x => DoubleDouble.Polygamma(x, 1), x => DoubleDouble.Polygamma(x, 1).Hi),
        ["Exp2"] = new(Default<DoubleDouble>.Exp2, x => Math.Pow(2, x)),
        ["Log2"] = new(Default<DoubleDouble>.Log2, Math.Log2),
        ["Log10"] = new(Default<DoubleDouble>.Log10, Math.Log10),
        ["Cbrt"] = new(Default<DoubleDouble>.Cbrt, Math.Cbrt),
        ["Sigmoid"] = new(Sigmoid, x => 1 / (1 + Math.Exp(-x))),
    };

    /// <summary>The functions of two numbers that approximate: in double-double for double, in double for float.</summary>
    public static IReadOnlyDictionary<string, (Func<DoubleDouble, DoubleDouble, DoubleDouble> Wide, Func<double, double, double> Narrow)> ApproximateOfTwo { get; } =
        new Dictionary<string, (Func<DoubleDouble, DoubleDouble, DoubleDouble>, Func<double, double, double>)>
        {
            ["Atan2"] = (DoubleDouble.Atan2, (y, x) => DoubleDouble.Atan2(y, x).Hi),
            ["Hypot"] = (DoubleDouble.Hypot, (x, y) => DoubleDouble.Hypot(x, y).Hi),
            ["Pow"] = (DoubleDouble.Pow, Math.Pow),
        };

    /// <summary>The functions of up to three numbers that are correctly rounded, in double.</summary>
    public static IReadOnlyDictionary<string, Func<double, double, double, double>> Exact64 { get; } =
        new Dictionary<string, Func<double, double, double, double>>
        {
            ["Add"] = (x, y, _) => x + y,
            ["Subtract"] = (x, y, _) => x - y,
            ["Multiply"] = (x, y, _) => x * y,
            ["Divide"] = (x, y, _) => x / y,
            ["Negate"] = (x, _, _) => -x,
            ["Abs"] = (x, _, _) => Math.Abs(x),
            ["Sqrt"] = (x, _, _) => Math.Sqrt(x),
            ["Minimum"] = (x, y, _) => Math.Min(x, y),
            ["Maximum"] = (x, y, _) => Math.Max(x, y),
            ["FusedMultiplyAdd"] = Math.FusedMultiplyAdd,
            ["Floor"] = (x, _, _) => Math.Floor(x),
            ["Ceiling"] = (x, _, _) => Math.Ceiling(x),
            ["Round"] = (x, _, _) => Math.Round(x),
            ["Truncate"] = (x, _, _) => Math.Truncate(x),
            ["Remainder"] = (x, y, _) => x % y,
            ["Ieee754Remainder"] = (x, y, _) => Math.IEEERemainder(x, y),
        };

    /// <summary>The same in float.</summary>
    public static IReadOnlyDictionary<string, Func<float, float, float, float>> Exact32 { get; } =
        new Dictionary<string, Func<float, float, float, float>>
        {
            ["Add"] = (x, y, _) => x + y,
            ["Subtract"] = (x, y, _) => x - y,
            ["Multiply"] = (x, y, _) => x * y,
            ["Divide"] = (x, y, _) => x / y,
            ["Negate"] = (x, _, _) => -x,
            ["Abs"] = (x, _, _) => MathF.Abs(x),
            ["Sqrt"] = (x, _, _) => MathF.Sqrt(x),
            ["Minimum"] = (x, y, _) => MathF.Min(x, y),
            ["Maximum"] = (x, y, _) => MathF.Max(x, y),
            ["FusedMultiplyAdd"] = MathF.FusedMultiplyAdd,
            ["Floor"] = (x, _, _) => MathF.Floor(x),
            ["Ceiling"] = (x, _, _) => MathF.Ceiling(x),
            ["Round"] = (x, _, _) => MathF.Round(x),
            ["Truncate"] = (x, _, _) => MathF.Truncate(x),
            ["Remainder"] = (x, y, _) => x % y,
            ["Ieee754Remainder"] = (x, y, _) => MathF.IEEERemainder(x, y),
        };

    private static DoubleDouble Sigmoid(DoubleDouble x) =>
        x.Hi < 0 ? DoubleDouble.Exp(x) / (1 + DoubleDouble.Exp(x)) : 1 / (1 + DoubleDouble.Exp(-x));

    // The quotient undoes the rounding of e^x and of 1 + x: a few ulps of double, nothing to a float.
    private static double ExpM1(double x)
    {
        double power = Math.Exp(x);
        if (power == 1)
            return x;
        return power < 0.1 || power > 10 ? power - 1 : (power - 1) * x / Math.Log(power);
    }

    private static double LogP1(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : double.IsInfinity(sum) || x < -0.9 ? Math.Log(sum) : Math.Log(sum) * x / (sum - 1);
    }

    // What double-double has by the defaults of the lane algebra.
    private static class Default<V>
        where V : struct, ILane<V>
    {
        public static V Exp2(V x) => V.Exp2(x);

        public static V Log2(V x) => V.Log2(x);

        public static V Log10(V x) => V.Log10(x);

        public static V Cbrt(V x) => V.Cbrt(x);

        public static V Sinh(V x) => V.Sinh(x);

        public static V Cosh(V x) => V.Cosh(x);

        public static V Erf(V x) => V.Erf(x);

        public static V ReciprocalSqrt(V x) => V.ReciprocalSqrt(x);

        public static V Asinh(V x) => V.Asinh(x);

        public static V Acosh(V x) => V.Acosh(x);

        public static V Atanh(V x) => V.Atanh(x);
    }
}
