using Grad.Simd;

namespace Grad.Functional;

/// <summary>A lane that computes nothing but notes what a body asks of it in <see cref="ArithmeticBody.Current"/>.</summary>
internal readonly struct ArithmeticLane : ILane<ArithmeticLane>
{
    private ArithmeticLane(int place) => Place = place;

    /// <summary>What it is, among what terms can read.</summary>
    public int Place { get; }

    private static ArithmeticBody To => ArithmeticBody.Current!;

    /// <summary>The lane of a place.</summary>
    public static ArithmeticLane At(int place) => new(place);

    public static ArithmeticLane Constant(double value) => new(To.Constant(value));

    public static ArithmeticLane operator +(ArithmeticLane x, ArithmeticLane y) => Of(ArithmeticCode.Add, x, y);

    public static ArithmeticLane operator -(ArithmeticLane x, ArithmeticLane y) => Of(ArithmeticCode.Subtract, x, y);

    public static ArithmeticLane operator *(ArithmeticLane x, ArithmeticLane y) => Of(ArithmeticCode.Multiply, x, y);

    public static ArithmeticLane operator /(ArithmeticLane x, ArithmeticLane y) => Of(ArithmeticCode.Divide, x, y);

    public static ArithmeticLane operator -(ArithmeticLane x) => new(To.Make(ArithmeticCode.Negate, x.Place));

    public static ArithmeticLane operator +(ArithmeticLane x, double y) => x + Constant(y);

    public static ArithmeticLane operator -(ArithmeticLane x, double y) => x - Constant(y);

    public static ArithmeticLane operator *(ArithmeticLane x, double y) => x * Constant(y);

    public static ArithmeticLane operator /(ArithmeticLane x, double y) => x / Constant(y);

    public static ArithmeticLane operator +(double x, ArithmeticLane y) => Constant(x) + y;

    public static ArithmeticLane operator -(double x, ArithmeticLane y) => Constant(x) - y;

    public static ArithmeticLane operator *(double x, ArithmeticLane y) => Constant(x) * y;

    public static ArithmeticLane operator /(double x, ArithmeticLane y) => Constant(x) / y;

    public static ArithmeticLane MultiplyAdd(ArithmeticLane x, ArithmeticLane y, ArithmeticLane z) =>
        new(To.Make(ArithmeticCode.MultiplyAdd, x.Place, y.Place, z.Place));

    public static ArithmeticLane Min(ArithmeticLane x, ArithmeticLane y) => Of(ArithmeticCode.Min, x, y);

    public static ArithmeticLane Max(ArithmeticLane x, ArithmeticLane y) => Of(ArithmeticCode.Max, x, y);

    public static ArithmeticLane Abs(ArithmeticLane x) => new(To.Make(ArithmeticCode.Abs, x.Place));

    public static ArithmeticLane Sqrt(ArithmeticLane x) => new(To.Make(ArithmeticCode.Sqrt, x.Place));

    // All else is a body of its own on hardware.
    public static ArithmeticLane FusedMultiplyAdd(ArithmeticLane x, ArithmeticLane y, ArithmeticLane z) => Other();

    public static ArithmeticLane Truncate(ArithmeticLane x) => Other();

    public static ArithmeticLane Remainder(ArithmeticLane x, ArithmeticLane y) => Other();

    public static ArithmeticLane LessThan(ArithmeticLane x, ArithmeticLane y) => Other();

    public static ArithmeticLane LessThanOrEqual(ArithmeticLane x, ArithmeticLane y) => Other();

    public static ArithmeticLane Equal(ArithmeticLane x, ArithmeticLane y) => Other();

    public static ArithmeticLane And(ArithmeticLane x, ArithmeticLane y) => Other();

    public static ArithmeticLane Or(ArithmeticLane x, ArithmeticLane y) => Other();

    public static ArithmeticLane Not(ArithmeticLane x) => Other();

    public static ArithmeticLane Select(ArithmeticLane mask, ArithmeticLane x, ArithmeticLane y) => Other();

    public static ArithmeticLane Exp(ArithmeticLane x) => Other();

    public static ArithmeticLane ExpM1(ArithmeticLane x) => Other();

    public static ArithmeticLane Log(ArithmeticLane x) => Other();

    public static ArithmeticLane LogP1(ArithmeticLane x) => Other();

    public static ArithmeticLane Sin(ArithmeticLane x) => Other();

    public static ArithmeticLane Cos(ArithmeticLane x) => Other();

    public static ArithmeticLane Tan(ArithmeticLane x) => Other();

    public static ArithmeticLane Asin(ArithmeticLane x) => Other();

    public static ArithmeticLane Acos(ArithmeticLane x) => Other();

    public static ArithmeticLane Atan(ArithmeticLane x) => Other();

    public static ArithmeticLane Atan2(ArithmeticLane y, ArithmeticLane x) => Other();

    public static ArithmeticLane Hypot(ArithmeticLane x, ArithmeticLane y) => Other();

    public static ArithmeticLane OneMinusSquare(ArithmeticLane x) => Other();

    public static ArithmeticLane Erfc(ArithmeticLane x) => Other();

    public static ArithmeticLane Erf(ArithmeticLane x) => Other();

    public static ArithmeticLane ReciprocalSqrt(ArithmeticLane x) => Other();

    public static ArithmeticLane NormalCdf(ArithmeticLane x) => Other();

    public static ArithmeticLane NormalDensity(ArithmeticLane x) => Other();

    public static ArithmeticLane ErfDensity(ArithmeticLane x) => Other();

    public static ArithmeticLane Gelu(ArithmeticLane x) => Other();

    public static ArithmeticLane ReciprocalReal(ArithmeticLane x, ArithmeticLane y) => Other();

    public static ArithmeticLane LogGamma(ArithmeticLane x) => Other();

    public static ArithmeticLane Digamma(ArithmeticLane x) => Other();

    public static ArithmeticLane Polygamma(ArithmeticLane x, int order) => Other();

    public static ArithmeticLane NormalLogCdf(ArithmeticLane x) => Other();

    public static ArithmeticLane InverseMillsRatio(ArithmeticLane x) => Other();

    public static ArithmeticLane ErfInverse(ArithmeticLane x) => Other();

    public static ArithmeticLane ErfcInverse(ArithmeticLane x) => Other();

    public static ArithmeticLane NormalQuantile(ArithmeticLane x) => Other();

    public static ArithmeticLane Tanh(ArithmeticLane x) => Other();

    public static ArithmeticLane Sigmoid(ArithmeticLane x) => Other();

    public static ArithmeticLane Pow(ArithmeticLane x, double exponent) => Other();

    public static ArithmeticLane Pow(ArithmeticLane x, ArithmeticLane y) => Other();

    public static ArithmeticLane Exp2(ArithmeticLane x) => Other();

    public static ArithmeticLane Log2(ArithmeticLane x) => Other();

    public static ArithmeticLane Log10(ArithmeticLane x) => Other();

    public static ArithmeticLane Cbrt(ArithmeticLane x) => Other();

    public static ArithmeticLane Sinh(ArithmeticLane x) => Other();

    public static ArithmeticLane Asinh(ArithmeticLane x) => Other();

    public static ArithmeticLane Acosh(ArithmeticLane x) => Other();

    public static ArithmeticLane Atanh(ArithmeticLane x) => Other();

    public static ArithmeticLane Cosh(ArithmeticLane x) => Other();

    private static ArithmeticLane Of(ArithmeticCode code, ArithmeticLane x, ArithmeticLane y) => new(To.Make(code, x.Place, y.Place));

    private static ArithmeticLane Other() => new(To.GiveUp());
}
